import type { INodeProperties } from 'n8n-workflow';
import { isTimeZone } from '../time/zone';
import { notAccepted } from './text';

/** The options of an operation or of the trigger, with what holds where the user chose nothing. */
export interface Options {
	ifNothingFound: 'nothing' | 'emptyItem' | 'error';
	sort: 'asReturned' | 'oldestFirst' | 'newestFirst';
	/** Zone of the GoFive account. */
	timeZone: string;
	maxParallelRequests: number;
	/** Seconds. */
	timeout: number;
	/** Days before today whose events the trigger watches. */
	lookBack: number;
	/** Days after today whose events the trigger watches. */
	lookAhead: number;
	/** Whether the trigger begins with the events that are there already. */
	emitExisting: boolean;
}

/** Name of an option, as workflows store it. */
export type OptionName = keyof Options;

interface Option<T> {
	/** How n8n shows it; its default is the one that holds. */
	property: INodeProperties;
	isValid(value: unknown): value is T;
	/** What is accepted, for the message about anything else. */
	accepted: string;
}

const isNumber =
	(least: number, most: number, whole: boolean) =>
	(value: unknown): value is number =>
		Number.isFinite(value) &&
		(value as number) >= least &&
		(value as number) <= most &&
		(!whole || Number.isInteger(value));

const isOneOf =
	<T extends string>(...values: T[]) =>
	(value: unknown): value is T =>
		values.includes(value as T);

/** The zone of GoFive accounts, unless a user says otherwise. */
export const DEFAULT_TIME_ZONE = 'Asia/Bangkok';

/** How many days Look Back and Look Ahead may be at most. */
export const MOST_DAYS = 3650;
const SOME_DAYS = `a whole number of days from 0 to ${MOST_DAYS}`;

const OPTIONS: { [N in OptionName]: Option<Options[N]> } = {
	emitExisting: {
		property: {
			displayName: 'Emit Existing Events',
			name: 'emitExisting',
			type: 'boolean',
			default: false,
			description: 'Whether the first activation starts the workflow with the events that are there already',
		},
		isValid: (value): value is boolean => typeof value === 'boolean',
		accepted: 'true or false',
	},
	ifNothingFound: {
		property: {
			displayName: 'If Nothing Found',
			name: 'ifNothingFound',
			type: 'options',
			options: [
				{
					name: 'Return an Empty Item',
					value: 'emptyItem',
					description: 'One item with empty fields and what names the record, such as the customer code',
				},
				{ name: 'Return Nothing', value: 'nothing', description: 'No item; nodes after this one do not run for it' },
				{
					name: 'Stop With a Message',
					value: 'error',
					description: 'The item fails; On Error in the settings of this node decides what follows',
				},
			],
			default: 'nothing',
			description: 'What to return when GoFive has nothing for an input item',
		},
		isValid: isOneOf('nothing', 'emptyItem', 'error'),
		accepted: 'nothing, emptyItem or error',
	},
	lookAhead: {
		property: {
			displayName: 'Look Ahead',
			name: 'lookAhead',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 365,
			description:
				'How many days after today an event may be dated; planned meetings have future dates. Events outside this range are not watched.',
		},
		isValid: isNumber(0, MOST_DAYS, true),
		accepted: SOME_DAYS,
	},
	lookBack: {
		property: {
			displayName: 'Look Back',
			name: 'lookBack',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 30,
			description: 'How many days before today an event may be dated. Events outside this range are not watched.',
		},
		isValid: isNumber(0, MOST_DAYS, true),
		accepted: SOME_DAYS,
	},
	maxParallelRequests: {
		property: {
			displayName: 'Max Parallel Requests',
			name: 'maxParallelRequests',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 128,
			description:
				'How many requests may run at once; 1 sends one after the other. The node works out how many make it faster, and slows down when GoFive asks it to.',
		},
		isValid: isNumber(1, Infinity, true),
		accepted: 'a whole number from 1 up',
	},
	sort: {
		property: {
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
		isValid: isOneOf('asReturned', 'oldestFirst', 'newestFirst'),
		accepted: 'asReturned, oldestFirst or newestFirst',
	},
	timeout: {
		property: {
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'How many seconds GoFive may be silent before a request is given up',
		},
		isValid: isNumber(Number.MIN_VALUE, 3600, false),
		accepted: 'a number of seconds, more than 0 and at most 3600',
	},
	timeZone: {
		property: {
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: DEFAULT_TIME_ZONE,
			placeholder: 'e.g. Asia/Bangkok',
			description:
				'Time zone of your GoFive account. Dates without an offset are read in this zone; the time zone of n8n is not used.',
		},
		isValid: (value): value is string => typeof value === 'string' && isTimeZone(value),
		accepted: 'the name of a time zone, such as Asia/Bangkok',
	},
};

/** The Options collection with the named options; they are shown in the order of their names. */
export function optionsProperty(names: readonly OptionName[]): INodeProperties {
	const options = names
		.map((name) => OPTIONS[name].property)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

/**
 * Reads the Options collection of an item; an option that is not set, or blank, has its default.
 * @throws Failure that names the option
 */
export function readOptions(collection: unknown): Options {
	const given = (typeof collection === 'object' && collection !== null ? collection : {}) as Record<string, unknown>;
	const read = Object.entries(OPTIONS).map(([name, option]) => [name, readOption(given[name], option)]);
	return Object.fromEntries(read) as Options;
}

function readOption(given: unknown, { property, isValid, accepted }: Option<unknown>): unknown {
	const tidy = typeof given === 'string' ? given.trim() : given;
	if (tidy === undefined || tidy === null || tidy === '') return property.default;
	const value = property.type === 'number' && typeof tidy === 'string' ? Number(tidy) : tidy;
	if (isValid(value)) return value;
	throw notAccepted(tidy, property.displayName, `Give ${accepted}.`);
}
