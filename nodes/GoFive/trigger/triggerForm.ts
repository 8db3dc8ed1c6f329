import type { INodeProperties } from 'n8n-workflow';
import { addShowConditions, toProperties } from '../operation/fields/fieldRecord';
import { buildOptionsProperty } from '../operation/fields/nodeOptions';
import { notice } from '../operation/fields/notice';
import { options } from '../operation/fields/options';
import { describeUnconfirmedTrigger, TRIGGER_NOTICE } from '../operation/pathEvidence';
import type { Fields, NodeOptionName } from '../operation/field';
import { triggerKinds } from './kinds';
import type { TriggerKind } from './kinds/triggerKind';
import type { TriggerSource } from './triggerSource';
import { sources } from './sources';

/** Entry of Trigger On: which records of which source start the workflow. */
interface TriggerEvent {
	source: TriggerSource;
	kind: TriggerKind;
	name: string;
	value: string;
	/** Text in n8n's list of triggers. */
	action: string;
	description: string;
}

/** Creates an entry of Trigger On. Undefined if the source does not offer it. */
function createEvent(source: TriggerSource, kind: TriggerKind): TriggerEvent | undefined {
	const { operation } = source;
	const description = kind.describe(source);
	if (description === undefined) return undefined;
	const name = `${kind.name} ${source.name}`;
	return {
		source,
		kind,
		name,
		value: `${kind.value}${source.value}`,
		action: `On ${name.toLowerCase()}`,
		description: operation.evidence ? describeUnconfirmedTrigger(description) : description,
	};
}

const TRIGGER_EVENTS = sources
	.flatMap((source) => triggerKinds.map((kind) => createEvent(source, kind)))
	.filter((event) => event !== undefined);

/** Interval that fits each entry. docs/trigger.md shows it in a table. */
const INTERVAL_HINT =
	"Select at least 5 minutes in 'Poll Times', and at least 15 minutes for customers, expenses, products and long lists.";

/** Field that selects the source and the kind. */
export const triggerOn = options(
	'Trigger On',
	undefined,
	TRIGGER_EVENTS.map(({ name, value, description, action }) => ({ name, value, description, action })),
	{ default: 'newEvent', hint: INTERVAL_HINT },
);

/** Finds the entry of Trigger On with a valid value. */
export const findTriggerEvent = (value: string): TriggerEvent =>
	TRIGGER_EVENTS.find((event) => event.value === value) as TriggerEvent;

/** Expression for the line below the node, for example "New Deal". */
export const triggerSubtitle = `={{ ({ ${TRIGGER_EVENTS.map(({ name, value }) => `${value}: "${name}"`).join(', ')} })[$parameter["triggerOn"]] }}`;

/** Shows a property only for some entries of Trigger On. */
function showFor(property: INodeProperties, key: string, isShown: (event: TriggerEvent) => boolean): INodeProperties {
	return addShowConditions(property, { [key]: TRIGGER_EVENTS.filter(isShown).map(({ value }) => value) });
}

/** Returns the notice of a source whose operation has an unconfirmed path. */
const getNoticeField = ({ operation }: TriggerSource): Fields =>
	operation.evidence ? { evidenceNotice: notice(TRIGGER_NOTICE) } : {};

/** Fields of the forms of all sources and kinds, with the lists that n8n loads. */
export const triggerFields: Fields[] = TRIGGER_EVENTS.flatMap(({ source, kind }) => [
	source.fields,
	kind.getFields(source),
]);

/** Builds the properties of a source: its notice, those of its kinds, the last kind first, and those of all kinds. */
function buildSourceProperties(shownSource: TriggerSource): INodeProperties[] {
	const build = (fields: Fields, isShown: (event: TriggerEvent) => boolean) =>
		toProperties(fields).map((property) =>
			showFor(property, 'triggerOn', (event) => event.source === shownSource && isShown(event)),
		);
	return [
		...build(getNoticeField(shownSource), () => true),
		...[...triggerKinds]
			.reverse()
			.flatMap((kind) => build(kind.getFields(shownSource), (event) => event.kind === kind)),
		...build(shownSource.fields, () => true),
	];
}

const getOptionNames = ({ source, kind }: TriggerEvent): NodeOptionName[] => [
	...source.options,
	...kind.getOptions(source),
];

/** Builds the properties of the trigger. Trigger On takes no expression, since it decides which fields are shown. */
export function buildTriggerProperties(): INodeProperties[] {
	const optionsProperty = buildOptionsProperty(TRIGGER_EVENTS.flatMap(getOptionNames));
	const optionProperties = (optionsProperty.options as INodeProperties[]).map((option) =>
		showFor(option, '/triggerOn', (event) => getOptionNames(event).includes(option.name as NodeOptionName)),
	);
	return [
		...triggerOn.properties('triggerOn').map((property) => ({ ...property, noDataExpression: true })),
		...sources.flatMap(buildSourceProperties),
		{ ...optionsProperty, options: optionProperties },
	];
}
