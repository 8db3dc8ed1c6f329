import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { toGoFiveError, type GoFiveError } from '../../api/errors/goFiveError';
import { getEffect, toRequestKey, type ApiRequest } from '../../api/request/request';
import { buildBody } from '../fields/fieldRecord';
import { readOperationValues } from '../fields/operationValues';
import { emptyExpressionError } from '../fields/readValue';
import { getLocatorValue } from '../fields/resourceLocator';
import { describePathEvidence } from '../pathEvidence';
import { fillPath } from '../pathParts';
import type { Field, Fields, GetParameter, Operation, OperationValues, ReadContext } from '../types';
import { toRecordReference, readRecordReference, type RecordReference } from './recordReference';

/** The work for one input item: the values of its parameters and the request built from them. */
export interface Task {
	/** Index of the input item. */
	item: number;
	/** Record that the item reads or writes. Undefined if the operation has no ID field or its value is blank. */
	reference?: RecordReference;
	values: OperationValues;
	request: ApiRequest;
	/** Sent values by GoFive's key: the ID field and, for a write, the body. Records are completed with them. */
	sent: IDataObject;
}

/** Input item whose parameters are invalid. */
export interface InvalidItem {
	reference?: RecordReference;
	error: GoFiveError;
}

/**
 * Creates a check for whether a parameter, or a dotted path inside one, is stored as an expression.
 * A lone "=" is a field in expression mode that was left empty, so it counts as none.
 */
export function createExpressionCheck({ parameters: storedParameters }: INode): ReadContext['isExpression'] {
	return (name) => {
		const storedValue = name
			.split('.')
			.reduce<unknown>((parent, key) => (parent as IDataObject | undefined)?.[key], storedParameters);
		return [getLocatorValue(storedValue)].flat().some((stored) => typeof stored === 'string' && /^=\s*\S/.test(stored));
	};
}

/** Whether a parameter contains no expression, so that its value is the same for all items. */
type ConstantCheck = (name: string) => boolean;

/** Whether a stored value contains an expression, so that its result may differ between items. */
function containsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.values(stored).some(containsExpression);
}

/**
 * Creates a function that returns the parameter reader of an item. Reading a parameter is slow in n8n, so a value
 * without an expression is read once for all items.
 */
function createParameterReader(context: IExecuteFunctions, isConstant: ConstantCheck): (item: number) => GetParameter {
	const cache = new Map<string, unknown>();
	return (item) => (name) => {
		if (cache.has(name)) return cache.get(name);
		const value: unknown = context.getNodeParameter(name, item, null);
		if (isConstant(name)) cache.set(name, value);
		return value;
	};
}

/**
 * Lets a field be parsed once for all items with the same time zone, because parsing dates takes time. It is parsed for
 * each item if it contains an expression, and if it adds a hint, because hints count the items.
 */
function parseConstantsOnce(field: Field, isConstant: ConstantCheck): Field {
	const cache = new Map<string, unknown>();
	const read: Field['read'] = (getParameter, name, context) => {
		const { timeZone } = context;
		if (cache.has(timeZone)) return cache.get(timeZone);
		let isReusable = true;
		const getValue: GetParameter = (parameter) => {
			isReusable &&= isConstant(parameter);
			return getParameter(parameter);
		};
		const addHint: ReadContext['addHint'] = (kind, text) => {
			isReusable = false;
			context.addHint(kind, text);
		};
		const value = field.read(getValue, name, { ...context, addHint });
		if (isReusable) cache.set(timeZone, value);
		return value;
	};
	return { ...field, read };
}

/** Collects the labels of body keys, by key in lower case. If two fields share a key, the outer field counts. */
function collectLabels(fields: Record<string, Field>): Record<string, string> {
	const bodyFields = Object.entries(fields).filter(([, { bodyKey }]) => bodyKey !== null);
	const labels = bodyFields.map(([name, { bodyKey, displayName }]) => ({
		[(bodyKey ?? name).toLowerCase()]: displayName,
	}));
	const nestedLabels = Object.values(fields).map((field) => collectLabels(field.nestedFields ?? {}));
	return Object.assign({}, ...nestedLabels, ...labels) as Record<string, string>;
}

/**
 * Reads the parameters of all input items and builds their requests.
 * @param readContext - Context for the fields. The time zone is added from the options of each item.
 */
export function readTasks(
	context: IExecuteFunctions,
	operation: Operation,
	readContext: Omit<ReadContext, 'timeZone'>,
): Array<Task | InvalidItem> {
	const labels = collectLabels(operation.fields);
	const { parameters: storedParameters } = context.getNode();
	const isConstant: ConstantCheck = (name) => !containsExpression(storedParameters[name]);
	const getParameterReader = createParameterReader(context, isConstant);
	const toEntry = ([name, field]: [string, Field]) => [name, parseConstantsOnce(field, isConstant)] as const;
	const fields: Fields = Object.fromEntries(Object.entries(operation.fields).map(toEntry));
	return context.getInputData().map((_, item) => {
		const getParameter = getParameterReader(item);
		try {
			const values = readOperationValues(fields, getParameter, readContext);
			assertKeyNotBlank(operation, values, readContext);
			const request = { labels, ...buildRequest(operation, values) };
			const sent = getSentValues(operation, values);
			return { item, reference: toRecordReference(operation, values), values, request, sent };
		} catch (error) {
			// Reads the ID field a second time only after an error, because most of an item's time goes into expressions.
			return { reference: readRecordReference(operation, getParameter), error: toGoFiveError(error) };
		}
	});
}

/** @throws GoFiveError if the expression for the record's key is empty, because GoFive would create a duplicate */
function assertKeyNotBlank(
	{ idField, updateKeyField = idField, fields }: Operation,
	values: OperationValues,
	{ isExpression }: Pick<ReadContext, 'isExpression'>,
): void {
	if (updateKeyField === undefined || values[updateKeyField] !== undefined || !isExpression(updateKeyField)) return;
	const displayName = fields[updateKeyField]?.displayName ?? updateKeyField;
	throw emptyExpressionError(displayName, 'To create a record, clear the field if its description allows this.');
}

/**
 * Builds the request of an operation from the values of its parameters.
 * @throws GoFiveError if the values do not fit together
 */
export function buildRequest(operation: Operation, values: OperationValues): ApiRequest {
	const { effect, evidence, fields, idField = '' } = operation;
	const request = operation.request(values, buildBody(fields, values));
	const notFoundNote = evidence && describePathEvidence(evidence);
	const namesRecord = request.path.includes('{') || request.query?.some(([key]) => key === idField);
	const urlTarget = request.path === values[idField] ? 'enteredPath' : namesRecord ? 'record' : 'operation';
	return { effect, notFoundNote, urlTarget, ...request, path: fillPath(request.path, fields, values) };
}

/**
 * Returns the values with which the records of an operation are completed: the ID field under its name and, for a write,
 * the body that was built from the form.
 */
export function getSentValues({ effect, fields, idField }: Operation, values: OperationValues): IDataObject {
	const body = effect === 'write' ? buildBody(fields, values) : {};
	const id = idField === undefined ? undefined : values[idField];
	return id === undefined ? body : { ...body, [idField as string]: id as IDataObject };
}

/** Whether the task may change data in GoFive. */
export const isWrite = ({ request }: Task): boolean => getEffect(request) === 'write';

/**
 * Builds a key that is equal for reads with equal results.
 * JSON omits the `includes` function of a date range. The function is derived from `from` and `to` of the range and
 * from the option Time Zone, which are all part of the key. Ranges whose sides lie in the two readings of the hour that
 * daylight saving time repeats share a key. That is acceptable, because the key only decides about a hint.
 */
export const taskKey = ({ request, values }: Task): string => `${toRequestKey(request)} ${JSON.stringify(values)}`;
