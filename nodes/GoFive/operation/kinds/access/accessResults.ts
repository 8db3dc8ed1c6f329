import type { IDataObject } from 'n8n-workflow';
import type { ErrorKind, GoFiveError } from '../../../api/errors';
import type { Redact } from '../../../api/redactor';
import { joinNames, toText } from '../../../shared/text';
import { getIdColumns, getRecordId, listMissingColumns, listOtherKeys } from '../../records/records';
import { readNodeOptions, SILENT_CONTEXT } from '../../fields/nodeOptions';
import type { OperationValues } from '../../field';
import type { AccessCheck, DataOperation } from '../index';

/** Results of a check in the order of the hint. */
const ACCESS_RESULTS = [
	'No Permission',
	'Path Not Found',
	'Unknown Format',
	'Failed',
	'Not Checked',
	'Works',
	'Works, No Records',
] as const;
/** Whether an operation works with the account. */
export type AccessResult = (typeof ACCESS_RESULTS)[number];

/** Result of trying an operation. */
export interface CheckedAccess extends AccessCheck {
	result: AccessResult;
	/** Why the operation does not work. Never contains a value, or a text of GoFive. */
	reason: string;
	/** Records of the response. */
	records: IDataObject[];
	/** Error with which the operation failed. */
	error?: GoFiveError;
}

/** Reason of an operation that is never tried. */
export const CHANGES_DATA = 'Changes data';

/** Result, reason and advice by kind of error. The texts are fixed, because a message may quote GoFive. */
const FAILURES: Record<ErrorKind, [result: AccessResult, reason: string, advice?: string]> = {
	input: ['Not Checked', "Correct the ID in 'Record IDs'"],
	credential: ['No Permission', 'GoFive rejected the credential'],
	forbidden: ['No Permission', 'The account has no permission', 'Ask GoFive support'],
	unknownEndpoint: ['Path Not Found', 'GoFive did not find the path', 'Ask GoFive support'],
	notFound: ['Path Not Found', 'GoFive did not find the path or the record'],
	configuration: [
		'Failed',
		'The base URL is wrong, or a proxy blocks the request',
		'Run the operation to see the cause',
	],
	quota: ['Failed', 'The call quota is used up'],
	rateLimit: ['Failed', 'The rate limit was reached', 'Run this again later'],
	unavailable: ['Failed', 'GoFive returned no data', 'Run this again later'],
	refused: ['Failed', 'GoFive rejected the request', 'Run the operation to see why'],
	rejected: ['Failed', 'GoFive rejected the request', 'Run the operation to see why'],
	// Only updates have this kind.
	stopped: ['Failed', 'The node sent no further requests'],
	unclear: ['Unknown Format', 'The response has an unknown format'],
	cancelled: ['Not Checked', 'The check took too long', 'Run it again'],
};

/** Appends the HTTP status, or the code of a failed connection. */
function withCode(reason: string, { httpCode }: GoFiveError): string {
	if (httpCode === undefined) return reason;
	return `${reason} (${/^\d/.test(httpCode) ? 'HTTP ' : ''}${httpCode})`;
}

/** Returns the result of an operation that could not be read. */
export function toFailedAccess(check: AccessCheck, error: GoFiveError): CheckedAccess {
	const [result, reason, advice] = FAILURES[error.kind];
	const withAdvice = advice === undefined ? '' : `. ${advice}`;
	return { ...check, result, reason: withCode(reason, error) + withAdvice, records: [], error };
}

/** Returns the result of an operation that could not be tried. */
export const toUnchecked = (check: AccessCheck, reason: string): CheckedAccess => ({
	...check,
	result: 'Not Checked',
	reason,
	records: [],
});

/** Returns the display name of the field that identifies the record. */
const getIdName = ({ fields, idField = '' }: DataOperation): string => fields[idField]?.displayName ?? '';

/**
 * Returns the result of an operation that reads one record, if there is no ID.
 * @param list - List that should contain it.
 */
export function toMissingId(check: AccessCheck, list: CheckedAccess | undefined): CheckedAccess {
	const listName = `list of ${list?.operation.entity?.pluralName}`;
	const foundIn = list?.error
		? withCode(`The ${listName} could not be read`, list.error)
		: `No ID was found in the ${listName}`;
	const cause = list ? foundIn : 'No list with this ID is known';
	return toUnchecked(check, `${cause}. Add '${getIdName(check.operation)}' in 'Record IDs', and run this again`);
}

/** Returns the result of an operation whose record the user entered. If GoFive rejects it, the path may still be right. */
export function toEnteredAccess(checked: CheckedAccess): CheckedAccess {
	const { error, operation } = checked;
	if (!error?.concernsRecord) return checked;
	const cause = withCode('GoFive did not find or accept the ID', error);
	return { ...checked, result: 'Not Checked', reason: `${cause}. Check '${getIdName(operation)}' in 'Record IDs'` };
}

/** Returns the result of an operation whose list has no records, or none with the key. The list may be the cause. */
export function toListAccess(check: AccessCheck, list: CheckedAccess): CheckedAccess {
	if (list.records.length > 0) {
		const reason = `No record that was read from the list has ${list.operation.entity?.keyColumns?.join(' or ')}`;
		return { ...check, result: 'Unknown Format', reason, records: [] };
	}
	const reason = `List of ${list.operation.entity?.pluralName}: ${list.reason}`;
	return { ...list, ...check, reason, records: [] };
}

/** Returns the result of an operation whose response was read. */
export function toReadAccess(check: AccessCheck, records: IDataObject[]): CheckedAccess {
	const { entity } = check.operation;
	if (records.length === 0)
		return { ...check, result: 'Works, No Records', reason: 'GoFive returned no records', records };
	const isIdentified = !entity || records.some((record) => getRecordId(record, entity) !== undefined);
	if (isIdentified) return { ...check, result: 'Works', reason: 'GoFive returned records', records };
	return {
		...check,
		result: 'Unknown Format',
		reason: `No record that was read has ${getIdColumns(entity).join(' or ')}`,
		records,
	};
}

/** Key that is written like the name of a field. Any other key may be a value, for example a code. */
const FIELD_NAME = /^[a-z][a-zA-Z]{0,79}$/;

/** Describes the keys that are no columns: the names that all records have, and the number of the others. */
function describeOtherKeys(records: IDataObject[], { entity }: DataOperation): string {
	const keys = listOtherKeys(records, entity);
	const names = keys.filter((key) => FIELD_NAME.test(key) && records.every((record) => key in record));
	const otherCount = keys.length - names.length;
	return [...names, ...(otherCount > 0 ? [`${otherCount} other keys`] : [])].join(', ');
}

/** Returns the values of an untouched form. Those of its required fields are undefined. */
function readBlankValues({ fields }: DataOperation): OperationValues {
	const values: OperationValues = { options: readNodeOptions({}) };
	for (const [name, field] of Object.entries(fields)) {
		try {
			values[name] = field.read(() => undefined, name, SILENT_CONTEXT);
		} catch {
			values[name] = undefined;
		}
	}
	return values;
}

/** Returns the operations whose requests an operation sends: the one that lists its parts or reads its record, and itself. */
function getSentOperations(operation: DataOperation): DataOperation[] {
	if (operation.kind === 'update') return [operation.current.operation, operation];
	if (operation.kind !== 'read') return [operation];
	const parts = operation.parts?.(readBlankValues(operation)) ?? [];
	return Array.isArray(parts) ? [operation] : [parts.operation, operation];
}

/** Describes the endpoint of an operation, for example "GET /v1/case/\{caseNo\}". */
function describeEndpoint(operation: DataOperation): string {
	const { method, path } = operation.request(readBlankValues(operation), {});
	return `${method} ${path}`;
}

/**
 * Turns a result into a record of the output, without a value of GoFive.
 * @param redact - Masks secrets in the names of keys.
 */
export function toAccessRecord(checked: CheckedAccess, redact: Redact): IDataObject {
	const { resource, operation, result, reason, records } = checked;
	const { entity, name } = operation;
	const sentOperations = getSentOperations(operation);
	return {
		resource,
		operation: name,
		result,
		reason,
		endpoint: sentOperations.map(describeEndpoint).join(', '),
		documented: sentOperations.every(({ evidence }) => evidence === undefined),
		missingColumns: entity && records.length > 0 ? listMissingColumns(records, entity).join(', ') : '',
		otherKeys: redact(describeOtherKeys(records, operation)),
	};
}

/** Lists the operations by result, for the hint above the output. */
export function describeAccess(records: IDataObject[]): string {
	const tried = records.filter(({ reason }) => reason !== CHANGES_DATA);
	const sentences = ACCESS_RESULTS.map((accessResult) => {
		const names = tried
			.filter(({ result }) => result === accessResult)
			.map(({ resource, operation }) => `${toText(resource)} > ${toText(operation)}`);
		return names.length > 0 ? `${accessResult}: ${joinNames(names, names.length)}.` : '';
	});
	return [...sentences.filter(Boolean), 'Operations that change data were not tried.'].join(' ');
}
