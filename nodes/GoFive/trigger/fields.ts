import { readText } from '../operation/fields';
import { notAccepted } from '../operation/text';
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
];

/** Trigger On. */
export function triggerOn(): Field<TriggerOn> {
	return {
		properties: [
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'options',
				options: EVENTS,
				default: 'newEvent',
				description: 'What starts the workflow',
			},
		],
		read(get) {
			const value = get('triggerOn') ?? 'newEvent';
			if (EVENTS.some((event) => event.value === value)) return value as TriggerOn;
			throw notAccepted(value, 'Trigger On', 'Give newEvent or newOrChangedEvent.');
		},
	};
}

/** The codes of the customers to watch: one per line, separated by commas, or a list from an expression. */
export function customerCodes(): Field<string[]> {
	const displayName = 'Customer Codes';
	return {
		properties: [
			{
				displayName: 'Customer Codes',
				name: 'customerCodes',
				type: 'string',
				typeOptions: { rows: 4 },
				required: true,
				default: '',
				placeholder: 'e.g. C000055, C000154',
				description:
					'Codes of the customers to watch, one per line or separated by commas; an expression may return a list',
			},
		],
		read(get) {
			const value = get('customerCodes');
			const parts: unknown[] = Array.isArray(value)
				? value
				: typeof value === 'string'
					? value.split(/[\n\r,]+/)
					: [value];
			const codes = parts.map((part) => readText(part, displayName, true)).filter((code) => code !== '');
			if (codes.length > 0) return [...new Set(codes)];
			throw notAccepted('', displayName, 'Give at least one customer code.');
		},
	};
}
