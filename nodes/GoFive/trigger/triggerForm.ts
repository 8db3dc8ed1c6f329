import type { INodeProperties } from 'n8n-workflow';
import { addShowConditions, toProperties } from '../operation/fields/fieldRecord';
import { buildOptionsProperty } from '../operation/fields/nodeOptions';
import { notice } from '../operation/fields/notice';
import { options } from '../operation/fields/options';
import { buildTriggerNotice, describeUnconfirmedList } from '../operation/pathEvidence';
import type { Fields, NodeOptionName } from '../operation/types';
import type { TriggerKind, TriggerSource } from './source';
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

const KIND_NAMES: Record<TriggerKind, string> = { new: 'New', newOrChanged: 'New or Changed', unchanged: 'Unchanged' };

/** Creates an entry of Trigger On. Undefined if the source does not offer it. */
function createEvent(source: TriggerSource, kind: TriggerKind): TriggerEvent | undefined {
	const { name, value, operation, newDescription, changedDescription, silence } = source;
	const descriptions = { new: newDescription, newOrChanged: changedDescription, unchanged: silence?.description };
	const description = descriptions[kind];
	if (description === undefined) return undefined;
	return {
		source,
		kind,
		name: `${KIND_NAMES[kind]} ${name}`,
		value: `${kind}${value}`,
		action: `On ${`${KIND_NAMES[kind]} ${name}`.toLowerCase()}`,
		description: operation.evidence ? describeUnconfirmedList(description, operation) : description,
	};
}

const KINDS = Object.keys(KIND_NAMES) as TriggerKind[];
const TRIGGER_EVENTS = sources
	.flatMap((source) => KINDS.map((kind) => createEvent(source, kind)))
	.filter((event) => event !== undefined);

/** Field that selects the source, and whether changed records start the workflow. */
export const triggerOn = options(
	'Trigger On',
	undefined,
	TRIGGER_EVENTS.map(({ name, value, description, action }) => ({ name, value, description, action })),
	{ default: 'newEvent' },
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
	operation.evidence ? { evidenceNotice: notice(buildTriggerNotice(operation)) } : {};

/** Builds the properties of a source: its notice, those of Unchanged, and those of its other fields. */
function buildSourceProperties(shownSource: TriggerSource): INodeProperties[] {
	const build = (fields: Fields, isShown: (event: TriggerEvent, name: string) => boolean) =>
		toProperties(fields).map((property) =>
			showFor(property, 'triggerOn', (event) => event.source === shownSource && isShown(event, property.name)),
		);
	return [
		...build(getNoticeField(shownSource), () => true),
		...build(shownSource.silence?.fields ?? {}, ({ kind }) => kind === 'unchanged'),
		...build(shownSource.fields, ({ kind }, name) => kind === 'newOrChanged' || name !== 'columnsToWatch'),
	];
}

/** Options that only some of the entries have. */
const OPTION_KINDS: Partial<Record<NodeOptionName, TriggerKind>> = {
	includePreviousValues: 'newOrChanged',
	repeat: 'unchanged',
};

/** Whether an entry has an option. */
const hasOption = ({ source, kind }: TriggerEvent, name: NodeOptionName): boolean =>
	source.options.includes(name) && (OPTION_KINDS[name] ?? kind) === kind;

/** Builds the properties of the trigger. Trigger On takes no expression, since it decides which fields are shown. */
export function buildTriggerProperties(): INodeProperties[] {
	const optionsProperty = buildOptionsProperty(sources.flatMap((source) => source.options));
	const optionProperties = (optionsProperty.options as INodeProperties[]).map((option) =>
		showFor(option, '/triggerOn', (event) => hasOption(event, option.name as NodeOptionName)),
	);
	return [
		...triggerOn.properties('triggerOn').map((property) => ({ ...property, noDataExpression: true })),
		...sources.flatMap(buildSourceProperties),
		{ ...optionsProperty, options: optionProperties },
	];
}
