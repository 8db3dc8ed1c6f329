import type { INodeProperties } from 'n8n-workflow';
import { Failure } from '../api/failure';
import { isTimeZone } from '../time/zone';

/** The options of an operation, with what holds where the user chose nothing. */
export interface Options {
	ifNothingFound: 'nothing' | 'emptyItem' | 'error';
	sort: 'asReturned' | 'oldestFirst' | 'newestFirst';
	/** Zone of the GoFive account. */
	timeZone: string;
	maxParallelRequests: number;
	/** Seconds. */
	timeout: number;
}

export type OptionName = keyof Options;

const DEFAULTS: Options = {
	ifNothingFound: 'nothing',
	sort: 'asReturned',
	timeZone: 'Asia/Bangkok',
	maxParallelRequests: 32,
	timeout: 60,
};

const PROPERTIES: Record<OptionName, INodeProperties> = {
	ifNothingFound: {
		displayName: 'If Nothing Found',
		name: 'ifNothingFound',
		type: 'options',
		options: [
			{ name: 'Return an Empty Item', value: 'emptyItem', description: 'One item with empty fields and the customer code' },
			{ name: 'Return Nothing', value: 'nothing', description: 'No item; nodes after this one do not run for it' },
			{ name: 'Stop With a Message', value: 'error', description: "The item fails; see 'On Error' in the settings of this node" },
		],
		default: 'nothing',
		description: 'What an input item gives when GoFive has nothing for it',
	},
	maxParallelRequests: {
		displayName: 'Max Parallel Requests',
		name: 'maxParallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 32,
		description: 'How many requests may be under way at once; 1 sends one after the other. The node slows down by itself when GoFive asks for it.',
	},
	sort: {
		displayName: 'Sort',
		name: 'sort',
		type: 'options',
		options: [
			{ name: 'As Returned', value: 'asReturned', description: 'In the order in which GoFive answers' },
			{ name: 'Newest First', value: 'newestFirst', description: 'By event date, latest at the top' },
			{ name: 'Oldest First', value: 'oldestFirst', description: 'By event date, earliest at the top' },
		],
		default: 'asReturned',
		description: 'The order of the events of each input item',
	},
	timeout: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many seconds GoFive may be silent before a request is given up',
	},
	timeZone: {
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: 'Asia/Bangkok',
		placeholder: 'e.g. Asia/Bangkok',
		description: 'Time zone of your GoFive account. Dates without an offset are read in it; the time zone of n8n plays no part.',
	},
};

function oneOf(name: OptionName): (value: unknown) => boolean {
	const { options = [] } = PROPERTIES[name];
	return (value) => options.some((option) => 'value' in option && option.value === value);
}

const CHECKS: Record<OptionName, [check: (value: unknown) => boolean, accepted: string]> = {
	ifNothingFound: [oneOf('ifNothingFound'), 'nothing, emptyItem or error'],
	sort: [oneOf('sort'), 'asReturned, oldestFirst or newestFirst'],
	timeZone: [(value) => typeof value === 'string' && isTimeZone(value), 'the name of a time zone, such as Asia/Bangkok'],
	maxParallelRequests: [(value) => Number.isInteger(value) && (value as number) >= 1, 'a whole number from 1 up'],
	timeout: [(value) => Number.isFinite(value) && (value as number) > 0 && (value as number) <= 3600, 'seconds, from 1 to 3600'],
};

function tidy(value: unknown): unknown {
	return typeof value === 'string' ? value.trim() : value;
}

function numeric(value: unknown): unknown {
	return typeof value === 'string' && value !== '' ? Number(value) : value;
}

/** The Options collection with the named options; they are shown in the order of their names. */
export function optionsProperty(names: readonly OptionName[]): INodeProperties {
	const options = names.map((name) => PROPERTIES[name]).sort((a, b) => a.displayName.localeCompare(b.displayName));
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options };
}

/**
 * Reads the Options collection of an item; an option that is not set, or blank, has its default.
 * @throws Failure that names the option
 */
export function readOptions(collection: unknown): Options {
	const given = (typeof collection === 'object' && collection !== null ? collection : {}) as Record<string, unknown>;
	const read = Object.entries(DEFAULTS).map(([key, fallback]) => {
		const name = key as OptionName;
		const text = tidy(given[name]);
		if (text === undefined || text === null || text === '') return [name, fallback];
		const value = typeof fallback === 'number' ? numeric(text) : text;
		const [check, accepted] = CHECKS[name];
		if (!check(value)) {
			throw new Failure({
				message: `'${PROPERTIES[name].displayName}' cannot be ${JSON.stringify(text)}`,
				description: `Give ${accepted}.`,
			});
		}
		return [name, value];
	});
	return Object.fromEntries(read) as Options;
}
