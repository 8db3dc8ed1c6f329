import { choice } from '../operation/fields/choice';
import { readText } from '../operation/fields/read';
import { several } from '../operation/fields/several';
import type { Field } from '../operation/types';

/** What starts the workflow. */
export type TriggerOn = 'newEvent' | 'newOrChangedEvent';

const EVENTS = [
	{ name: 'New Event', value: 'newEvent', description: 'A customer has an event that was not seen before' },
	{
		name: 'New or Changed Event',
		value: 'newOrChangedEvent',
		description: 'Also when the name, date, type or description of an event has changed since it was last seen',
	},
] as const;

/** Trigger On. */
export const triggerOn = (): Field<TriggerOn> =>
	choice('Trigger On', 'What starts the workflow', EVENTS, { default: 'newEvent' });

/** The codes of the customers to watch: one per line, separated by commas, or a list from an expression. */
export const customerCodes = (): Field<string[]> =>
	several(
		'Customer Codes',
		'Codes of the customers to watch, one per line or separated by commas; an expression may return a list',
		{ required: true, example: 'C000055, C000154' },
		(given) => readText(given, 'Customer Codes'),
		{ ifNone: 'Give at least one customer code.', rows: 4 },
	);
