import { options } from '../operation/fields/options';
import { readText } from '../operation/fields/readValue';
import { multiValueField } from '../operation/fields/multiValueField';
import type { Field } from '../operation/types';

/** Values of the field Trigger On. */
export type TriggerOn = 'newEvent' | 'newOrChangedEvent';

const TRIGGER_EVENTS = [
	{ name: 'New Event', value: 'newEvent', description: 'A customer has an event that was not seen before' },
	{
		name: 'New or Changed Event',
		value: 'newOrChangedEvent',
		description: 'Includes events whose name, date, type or description changed since the last poll',
	},
] as const;

/** Creates the field Trigger On. */
export const triggerOn = (): Field<TriggerOn> =>
	options('Trigger On', 'When to start the workflow', TRIGGER_EVENTS, { default: 'newEvent' });

/** Creates the field Customer Codes. It takes one code per line, comma-separated codes, or a list from an expression. */
export const customerCodes = (): Field<string[]> =>
	multiValueField(
		'Customer Codes',
		'Codes of the customers to watch, comma-separated or one per line. An expression may return a list.',
		{ required: true, example: 'C000055, C000154' },
		(value) => readText(value, 'Customer Codes'),
		{ emptyErrorDescription: 'Enter at least one customer code.', editorRows: 4 },
	);
