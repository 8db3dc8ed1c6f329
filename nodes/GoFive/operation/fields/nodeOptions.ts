import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DEFAULT_MAX_CONCURRENCY } from '../../api/concurrency';
import { isTimeZone } from '../../time/zone';
import { invalidValueError } from './readValue';
import type { Field, Fields, GetParameter, NodeOptionName, NodeOptions, OperationValues, ReadContext } from '../field';
import { turnOnWhenAdded } from './collection';
import { readFields, toProperties } from './fieldRecord';
import { commaSeparated } from './list';
import { number } from './number';
import { boolean, options } from './options';
import { singleValueField } from './singleValueField';

/** Default time zone of a GoFive account. GoFive is a Thai company. */
const DEFAULT_TIME_ZONE = 'Asia/Bangkok';

/** Context for values that are read without hints, for example the options and the parameters of the trigger. */
export const SILENT_CONTEXT: ReadContext = {
	timeZone: DEFAULT_TIME_ZONE,
	now: 0,
	addHint: () => undefined,
	addBlankHint: () => undefined,
	isExpression: () => false,
};

/** Range of Look Back and Look Ahead in days, up to ten years. */
const DAYS_RANGE = { min: 0, max: 3650, isInteger: true };

const IF_NOTHING_FOUND_OPTIONS = [
	{
		name: 'Return an Empty Item',
		value: 'emptyItem',
		description: 'One item with empty fields, except a code, number or ID that you entered',
	},
	{ name: 'Return Nothing', value: 'nothing', description: 'No item, except totals that are 0' },
	{ name: 'Fail', value: 'error', description: "The item fails, and the node setting 'On Error' applies" },
] as const;

const SORT_OPTIONS = [
	{ name: 'As Returned', value: 'asReturned', description: 'In the order in which GoFive returns the records' },
	{ name: 'Newest First', value: 'newestFirst', description: 'By date, newest first' },
	{ name: 'Oldest First', value: 'oldestFirst', description: 'By date, oldest first' },
] as const;

/** Longest timeout in seconds, one hour. */
const MAX_TIMEOUT_SECONDS = 3600;

function readTimeZone(value: unknown): string {
	const zone = typeof value === 'string' ? value.trim() : '';
	if (isTimeZone(zone)) return zone;
	throw invalidValueError(value, 'Time Zone', 'Enter a time zone, for example Asia/Bangkok.');
}

/** All options by parameter name, in the order of their names. An option that was not added has its default. */
const NODE_OPTION_FIELDS: { [N in NodeOptionName]: Field<NodeOptions[N]> } = {
	addNames: boolean(
		'Add Names',
		'Whether to add the names of employees and customers next to their codes, except with Raw',
	),
	ifNothingFound: options(
		'If Nothing Found',
		'What to return if GoFive has no data for an input item',
		IF_NOTHING_FOUND_OPTIONS,
		{ default: 'nothing' },
	),
	includeExistingRecords: boolean(
		'Include Existing Records',
		'Whether to start the workflow for records that already exist when you first publish it',
	),
	includeInputFields: boolean(
		'Include Input Fields',
		'Whether to add the fields of the input item to each output item, except with Raw. If two fields have the same name, the output contains the field from GoFive.',
	),
	includePreviousValues: boolean(
		'Include Previous Values',
		'Whether to add the values of the watched fields before the change, except rows, and except texts of more than 100 characters. n8n then stores these values in its database.',
	),
	lookAhead: number('Look Ahead', 'Number of days after today to watch', { ...DAYS_RANGE, default: 365 }),
	lookBack: number('Look Back', 'Number of days before today to watch', { ...DAYS_RANGE, default: 30 }),
	maxParallelRequests: number(
		'Max Parallel Requests',
		'Maximum number of concurrent requests. Decrease it if GoFive rejects too many.',
		{
			min: 1,
			isInteger: true,
			default: DEFAULT_MAX_CONCURRENCY,
		},
	),
	repeat: boolean(
		'Repeat',
		'Whether to start the workflow again each time the same number of days passes without a change',
	),
	sort: options('Sort', 'Order of the records of each input item', SORT_OPTIONS, { default: 'asReturned' }),
	timeZone: singleValueField(
		'Time Zone',
		'Time zone of your GoFive account, in which dates are read and written',
		{ default: DEFAULT_TIME_ZONE, example: DEFAULT_TIME_ZONE },
		{ type: 'string' },
		readTimeZone,
	),
	timeoutSeconds: number('Timeout', 'Number of seconds to wait for GoFive', {
		min: 1,
		max: MAX_TIMEOUT_SECONDS,
		isInteger: true,
		default: 60,
	}),
	valuesThatMayBeLost: commaSeparated(
		'Values That May Be Lost',
		'Comma-separated field names, copied from the message of this node. The update does not send these values, so GoFive may clear them.',
		{ example: 'Tags' },
	),
};

/** Builds the Options collection with some of the options. */
export function buildOptionsProperty(names: readonly NodeOptionName[]): INodeProperties {
	const fields = Object.entries<Field>(NODE_OPTION_FIELDS).filter(([name]) => names.includes(name as NodeOptionName));
	const properties = toProperties(Object.fromEntries(fields)).map(turnOnWhenAdded);
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: properties,
	};
}

/**
 * Reads the Options collection of an item. An option that was not added or is blank has its default.
 * @throws GoFiveError for an option that is not valid.
 */
export function readNodeOptions(collection: unknown): NodeOptions {
	const values = (typeof collection === 'object' && collection !== null ? collection : {}) as IDataObject;
	return readFields(NODE_OPTION_FIELDS, (name) => values[name], SILENT_CONTEXT);
}

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param baseContext - Context of the read. The options add the time zone.
 * @throws GoFiveError for the first value that is not valid.
 */
export function readOperationValues<F extends Fields>(
	fields: F,
	getParameter: GetParameter,
	baseContext: Omit<ReadContext, 'timeZone'>,
): OperationValues<F> {
	const options = readNodeOptions(getParameter('options'));
	const context = { ...baseContext, timeZone: options.timeZone };
	return { ...readFields(fields, getParameter, context), options } as OperationValues<F>;
}
