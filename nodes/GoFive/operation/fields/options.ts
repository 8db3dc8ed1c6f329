import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isTimeZone } from '../../time/zone';
import { notAccepted } from '../text';
import type { Field, OptionName, Options } from '../types';
import { choice } from './choice';
import { propertiesInside, readAll } from './group';
import { one } from './one';
import { flag, number } from './simple';

/** The zone of GoFive accounts, unless a user says otherwise. */
export const DEFAULT_TIME_ZONE = 'Asia/Bangkok';

/** How many days Look Back and Look Ahead may be at most. */
export const MOST_DAYS = 3650;
const DAYS = { min: 0, max: MOST_DAYS, whole: true };

const IF_NOTHING_FOUND = [
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
] as const;

const ORDERS = [
	{ name: 'As Returned', value: 'asReturned', description: 'In the order in which GoFive answers' },
	{ name: 'Newest First', value: 'newestFirst', description: 'By event date, latest at the top' },
	{ name: 'Oldest First', value: 'oldestFirst', description: 'By event date, earliest at the top' },
] as const;

function readTimeZone(given: unknown): string {
	const zone = typeof given === 'string' ? given.trim() : '';
	if (isTimeZone(zone)) return zone;
	throw notAccepted(given, 'Time Zone', 'Give the name of a time zone, such as Asia/Bangkok.');
}

/** A silence of less than a second is accepted, though the form counts whole ones. */
function readTimeout(given: unknown): number {
	const seconds = typeof given === 'string' ? Number(given) : given;
	if (typeof seconds === 'number' && seconds > 0 && seconds <= 3600) return seconds;
	throw notAccepted(given, 'Timeout', 'Give a number of seconds, more than 0 and at most 3600.');
}

/** All options, in the order of their names. The default of each is what holds where it was not added. */
const OPTIONS: { [N in OptionName]: Field<Options[N]> } = {
	emitExisting: flag(
		'Emit Existing Events',
		'Whether the first activation starts the workflow with the events that are there already',
	),
	ifNothingFound: choice(
		'If Nothing Found',
		'What to return when GoFive has nothing for an input item',
		IF_NOTHING_FOUND,
		{ default: 'nothing' },
	),
	lookAhead: number(
		'Look Ahead',
		'How many days after today an event may be dated; planned meetings have future dates. Events outside this range are not watched.',
		{ ...DAYS, default: 365 },
	),
	lookBack: number(
		'Look Back',
		'How many days before today an event may be dated. Events outside this range are not watched.',
		{ ...DAYS, default: 30 },
	),
	maxParallelRequests: number(
		'Max Parallel Requests',
		'How many requests may run at once; 1 sends one after the other. The node works out how many make it faster, and slows down when GoFive asks it to.',
		{ min: 1, whole: true, default: 128 },
	),
	sort: choice('Sort', 'The order of the events of each input item', ORDERS, { default: 'asReturned' }),
	timeZone: one(
		'Time Zone',
		'Time zone of your GoFive account. Dates without an offset are read in this zone; the time zone of n8n is not used.',
		{ default: DEFAULT_TIME_ZONE, example: DEFAULT_TIME_ZONE },
		{ type: 'string' },
		readTimeZone,
	),
	timeout: one(
		'Timeout',
		'How many seconds GoFive may be silent before a request is given up',
		{ default: 60 },
		{ type: 'number', typeOptions: { minValue: 1 } },
		readTimeout,
	),
};

/** The Options collection with the named options. */
export function optionsProperty(names: readonly OptionName[]): INodeProperties {
	const offered = Object.entries<Field>(OPTIONS).filter(([name]) => names.includes(name as OptionName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: propertiesInside(Object.fromEntries(offered)),
	};
}

/**
 * Reads the Options collection of an item; an option that is not set, or blank, has its default.
 * @throws Failure that names the option
 */
export function readOptions(collection: unknown): Options {
	const given = (typeof collection === 'object' && collection !== null ? collection : {}) as IDataObject;
	const context = { timeZone: DEFAULT_TIME_ZONE, now: 0, hint: () => undefined, isExpression: () => false };
	return readAll(OPTIONS, (name) => given[name], context);
}
