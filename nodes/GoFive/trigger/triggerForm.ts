import type { INodeProperties } from 'n8n-workflow';
import { addShowConditions, toProperties } from '../operation/fields/fieldRecord';
import { buildOptionsProperty } from '../operation/fields/nodeOptions';
import { notice } from '../operation/fields/notice';
import { options } from '../operation/fields/options';
import { buildTriggerNotice, describeUnconfirmedEvent } from '../operation/pathEvidence';
import type { Fields, NodeOptionName } from '../operation/types';
import type { TriggerSource } from './source';
import { sources } from './sources';

function describeEvent(source: TriggerSource, includeChanged: boolean): string {
	const description = includeChanged ? source.changedDescription : source.newDescription;
	return source.operation.evidence ? describeUnconfirmedEvent(description) : description;
}

/** Entries of Trigger On. The action is the text in n8n's list of triggers. */
const TRIGGER_EVENTS = sources.flatMap((source) =>
	[false, true].map((includeChanged) => ({
		source,
		includeChanged,
		name: `${includeChanged ? 'New or Changed' : 'New'} ${source.name}`,
		value: `${includeChanged ? 'newOrChanged' : 'new'}${source.value}`,
		action: `${includeChanged ? 'On new or changed' : 'On new'} ${source.name.toLowerCase()}`,
		description: describeEvent(source, includeChanged),
	})),
);

/** Field that selects the source, and whether changed records start the workflow. */
export const triggerOn = options(
	'Trigger On',
	undefined,
	TRIGGER_EVENTS.map(({ name, value, description, action }) => ({ name, value, description, action })),
	{ default: 'newEvent' },
);

type TriggerEvent = (typeof TRIGGER_EVENTS)[number];

/** Finds the entry of Trigger On with a valid value. */
export const findTriggerEvent = (value: string): TriggerEvent =>
	TRIGGER_EVENTS.find((event) => event.value === value) as TriggerEvent;

/** Expression for the line below the node, for example "New Deal". */
export const triggerSubtitle = `={{ ({ ${TRIGGER_EVENTS.map(({ name, value }) => `${value}: "${name}"`).join(', ')} })[$parameter["triggerOn"]] }}`;

/** Shows a property only for some entries of Trigger On. */
function showFor(property: INodeProperties, key: string, isShown: (event: TriggerEvent) => boolean): INodeProperties {
	return addShowConditions(property, { [key]: TRIGGER_EVENTS.filter(isShown).map(({ value }) => value) });
}

/** Returns the fields of a source, after the notice about an operation whose path is unconfirmed. */
function getFormFields({ operation: { evidence }, fields }: TriggerSource): Fields {
	return evidence ? { evidenceNotice: notice(buildTriggerNotice(evidence)), ...fields } : fields;
}

/** Builds the properties of the trigger. Trigger On takes no expression, since it decides which fields are shown. */
export function buildTriggerProperties(): INodeProperties[] {
	const optionsProperty = buildOptionsProperty(sources.flatMap((source) => source.options));
	const optionProperties = (optionsProperty.options as INodeProperties[]).map((option) =>
		showFor(option, '/triggerOn', ({ source }) => source.options.includes(option.name as NodeOptionName)),
	);
	return [
		...triggerOn.properties('triggerOn').map((property) => ({ ...property, noDataExpression: true })),
		...sources.flatMap((shownSource) =>
			toProperties(getFormFields(shownSource)).map((property) =>
				showFor(property, 'triggerOn', ({ source, includeChanged }) => {
					const isOffered = includeChanged || property.name !== 'columnsToWatch';
					return source === shownSource && isOffered;
				}),
			),
		),
		{ ...optionsProperty, options: optionProperties },
	];
}
