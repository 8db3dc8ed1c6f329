/*
 * Operations of the node with example parameters, derived from the operations themselves.
 * Imported by tests and by the generators in scripts/; imports neither.
 * Start with `allOperations` and `getExampleParameters`.
 */
import type { IDataObject, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import type { CurrentRecord, CurrentValues } from '../../nodes/GoFive/operation/kinds/update/defineUpdate';
import type { AccessCheck, Operation } from '../../nodes/GoFive/operation/kinds';
import type { OperationValues } from '../../nodes/GoFive/operation/field';
import type { ReadOperation, RequestOperation } from '../../nodes/GoFive/operation/operation';
import { DATE_FORMATS } from '../../nodes/GoFive/operation/fields/date';
import { readOperationValues } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { buildBody, toProperties } from '../../nodes/GoFive/operation/fields/fieldRecord';
import { buildRequest } from '../../nodes/GoFive/operation/reading/buildRequest';
import { resources } from '../../nodes/GoFive/resources';

/** Operation with the settings of all kinds, so that tests of all operations need not ask for the kind. */
export type AnyOperation = Operation &
	Pick<RequestOperation, 'request'> &
	Partial<Pick<ReadOperation, 'isList' | 'pages' | 'parts' | 'receive' | 'sortColumn'>> & {
		batchSize?: number;
		checks?: AccessCheck[];
		current?: CurrentRecord;
	};

/** Operation and its resource. */
export interface OperationEntry {
	/** `resource.operation`. */
	name: string;
	resource: string;
	operation: AnyOperation;
}

/** Adds a request to Check Access, which has none of its own, so that tests of all operations need no case for it. */
const withRequest = (operation: Operation): AnyOperation =>
	'request' in operation ? operation : { ...operation, request: () => ({ method: 'GET', path: '/' }) };

/** All operations of the node, so that tests cover a new operation without naming it. */
export const allOperations: OperationEntry[] = resources.flatMap(({ value, operations: resourceOperations }) =>
	resourceOperations.map((operation) => ({
		name: `${value}.${operation.value}`,
		resource: value,
		operation: withRequest(operation),
	})),
);

/**
 * Operations whose own request is in the contract. It cannot describe what users send with Any Endpoint. Check Access and
 * Get Totals send the requests of other operations.
 */
export const contractOperations = allOperations.filter(
	({ resource, operation }) => !['account', 'endpoint'].includes(resource) && operation.kind !== 'totals',
);

/**
 * Finds an operation by `resource.operation`.
 * @throws Error when there is no such operation
 */
export function findOperation(name: string): OperationEntry {
	const entry = allOperations.find((candidate) => candidate.name === name);
	if (!entry) throw new Error(`There is no operation '${name}'`);
	return entry;
}

/** Context for reading fields outside an execution. */
export const STUB_READ_CONTEXT = {
	now: Date.parse('2025-03-01T18:30:00Z'),
	addHint: () => undefined,
	addBlankHint: () => undefined,
	isExpression: () => false,
};

/** Returns the parameters of an operation without the node's options. */
export const getOperationProperties = ({ fields }: AnyOperation): INodeProperties[] => toProperties(fields);

/** Returns the values of a list's options. */
export const getOptionValues = ({ options = [] }: INodeProperties) =>
	(options as INodePropertyOptions[]).map(({ value }) => value);

/** Returns the example in a placeholder, or a digit, and another text. */
function getExampleTexts(placeholder = 'e.g. 1'): string[] {
	const exampleText = placeholder.replace(/^e\.g\. /, '');
	// A user ID is a GUID.
	const isGuid = /^[0-]{36}$/.test(exampleText);
	return [exampleText, isGuid ? exampleText.replace(/0$/, '1') : `${exampleText}1`];
}

/** Returns the number of a placeholder, or 1, and the next one. */
function getExampleNumbers(placeholder = ''): number[] {
	const example = Number(placeholder.replace(/^e\.g\. /, '')) || 1;
	return [example, example + 1];
}

/**
 * Returns different valid values of a parameter: all options of a list, otherwise two values. A list with one option
 * accepts other texts.
 * A text is its placeholder, or a digit, which is valid as an ID. A locator contains such a text.
 */
export function getExampleValues(property: INodeProperties): unknown[] {
	const choices = getOptionValues(property).filter((value) => value !== '');
	switch (property.type) {
		case 'string':
			return getExampleTexts(property.placeholder);
		case 'dateTime':
			return ['2025-01-01', '2025-01-02'];
		case 'options':
			if (choices.length === 1) return [...choices, `${String(choices[0])}1`];
			return choices.length > 0 ? choices : [1, 2];
		case 'resourceLocator': {
			const [, byId] = property.modes ?? [];
			return getExampleTexts(byId?.placeholder).map((value) => ({ __rl: true, mode: 'id', value }));
		}
		case 'multiOptions':
			if (choices.length === 1) return [[], choices];
			// The last ones, because an update cannot clear the first field, to which the examples give a value.
			return (choices.length > 0 ? choices.slice(-2) : [1, 2]).map((choice) => [choice]);
		case 'number':
			return getExampleNumbers(property.placeholder);
		case 'boolean':
			return [true, false];
		case 'fixedCollection': {
			const [line] = property.options as INodePropertyCollection[];
			return [{ row: [buildMinimalParameters(line?.values ?? [])] }];
		}
		default:
			return [property.default];
	}
}

/** Returns the first of the valid values of a parameter. */
export const getExampleValue = (property: INodeProperties): unknown => getExampleValues(property)[0];

/**
 * Builds parameters with example values where required and defaults elsewhere.
 * Of two properties with the same name the first one counts.
 */
export function buildMinimalParameters(properties: INodeProperties[]): Record<string, unknown> {
	return Object.fromEntries(
		[...properties]
			.reverse()
			.map((property) => [property.name, property.required ? getExampleValue(property) : property.default]),
	);
}

/**
 * Whether readable values satisfy the rules between fields.
 * @throws GoFiveError when a value cannot be read
 */
function satisfiesFieldRules(operation: AnyOperation, parameters: Record<string, unknown>): boolean {
	const values = readOperationValues(operation.fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT);
	try {
		return Boolean(buildRequest(operation, values).request);
	} catch {
		return false;
	}
}

/** Returns the parameters with which an operation has a single part, so that it sends one request: the first code. */
function getSinglePartParameters({ fields, parts }: AnyOperation): Record<string, unknown> {
	if (!parts) return {};
	const codeInputs = Object.entries(fields)
		.filter(([, { bodyKey, toBody }]) => bodyKey && toBody)
		.flatMap(([name, field]) => field.properties(name))
		.filter(({ type }) => type === 'multiOptions');
	return Object.fromEntries(
		codeInputs.map(({ name, options = [] }) => [name, [(options[0] as INodePropertyOptions).value]]),
	);
}

/** Builds a row for each optional input with an example, which a rule between the inputs of a row may require. */
function buildExampleRows({ options = [] }: INodeProperties): Array<Record<string, unknown>> {
	const { values } = options[0] as INodePropertyCollection;
	const optionalProperties = values.filter(({ required, placeholder }) => !required && placeholder);
	const minimalRow = buildMinimalParameters(values);
	return optionalProperties.map((property) => ({ ...minimalRow, [property.name]: getExampleValue(property) }));
}

/**
 * Returns fields that an update can change, because an update without fields is rejected: the first text, or the required
 * fields, so that nothing is read.
 */
export function getUpdateFields({ fields, current }: AnyOperation): Record<string, unknown> {
	if (!current) return {};
	const { nestedFields = {} } = fields['updateFields'] ?? {};
	const [text] = toProperties(nestedFields).filter(({ type, placeholder }) => type === 'string' && placeholder);
	if (!current.isPartial) return { updateFields: { [text?.name ?? '']: text && getExampleValue(text) } };
	const required = Object.entries(nestedFields).filter(
		([name, { bodyKey }]) => current.values[bodyKey ?? name]?.required,
	);
	return { updateFields: buildExampleValues(toProperties(Object.fromEntries(required))) };
}

/** Adds fields to the required fields of an update, so that it reads no record. */
export const withUpdateFields = (name: string, fields: Record<string, unknown>): IDataObject => ({
	updateFields: {
		...(getUpdateFields(findOperation(name).operation)['updateFields'] as IDataObject),
		...fields,
	} as IDataObject,
});

const buildExampleValues = (properties: INodeProperties[]): Record<string, unknown> =>
	Object.fromEntries(properties.map((property) => [property.name, getExampleValue(property)]));

const exampleParameters = new Map<AnyOperation, Record<string, unknown>>();

/** Returns parameters that an operation accepts, with one optional input where a rule between fields requires it. */
export function getExampleParameters(operation: AnyOperation): Record<string, unknown> {
	// Most tests start with them.
	const example = exampleParameters.get(operation) ?? buildExampleParameters(operation);
	exampleParameters.set(operation, example);
	return { ...example };
}

function buildExampleParameters(operation: AnyOperation): Record<string, unknown> {
	const minimalParameters = {
		...buildMinimalParameters(getOperationProperties(operation)),
		...getUpdateFields(operation),
	};
	const optionalProperties = getOperationProperties(operation).filter(
		({ required, placeholder }) => !required && placeholder,
	);
	const rowProperties = getOperationProperties(operation).filter(
		({ type, required }) => type === 'fixedCollection' && required,
	);
	const candidates = [
		minimalParameters,
		...rowProperties.flatMap((property) =>
			buildExampleRows(property).map((row) => ({ ...minimalParameters, [property.name]: { row: [row] } })),
		),
		...optionalProperties.map((property) => ({ ...minimalParameters, [property.name]: getExampleValue(property) })),
	];
	const example = candidates.find((parameters) => satisfiesFieldRules(operation, parameters)) ?? minimalParameters;
	return { ...example, ...getSinglePartParameters(operation) };
}

/** Returns the parameters that the form shows with the example parameters. */
export function getShownProperties(operation: AnyOperation): INodeProperties[] {
	const example = getExampleParameters(operation);
	return getOperationProperties(operation).filter(({ displayOptions: { show = {} } = {} }) =>
		Object.entries(show).every(([name, values]) => (values as unknown[]).includes(example[name])),
	);
}

/** Whether a parameter as a whole cannot be an expression. */
export const isLiteralOnly = ({ noDataExpression, type }: INodeProperties): boolean =>
	noDataExpression === true || ['collection', 'fixedCollection', 'notice'].includes(type);

/**
 * Builds parameters that read each value from the key of the same name in the input item.
 * Literal parameters keep their example values.
 */
export function buildItemExpressionParameters(operation: AnyOperation): Record<string, unknown> {
	const example = getExampleParameters(operation);
	return Object.fromEntries(
		getOperationProperties(operation).map((property) => [
			property.name,
			isLiteralOnly(property) ? example[property.name] : `={{ $json.${property.name} }}`,
		]),
	);
}

/** Returns the operations whose requests an operation sends: that of the list that it reads first, and its own. */
export function getRequestedOperations(entry: OperationEntry): OperationEntry[] {
	const listOperation = findListOperation(entry.operation);
	return [...allOperations.filter(({ operation }) => operation === listOperation), entry];
}

/** Finds the operation whose list an operation reads first. */
export function findListOperation(operation: AnyOperation): AnyOperation | undefined {
	const parts = operation.parts?.(readExampleValues(operation, getExampleParameters(operation)));
	return parts === undefined || Array.isArray(parts) ? undefined : parts.operation;
}

const readExampleValues = ({ fields }: AnyOperation, parameters: Record<string, unknown>): OperationValues =>
	readOperationValues(fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT);

/** Returns the values of the first part. For a list, it is the part of one of its records. */
function getFirstPartValues(operation: AnyOperation, values: OperationValues): object | undefined {
	const parts = operation.parts?.(values) ?? [];
	return Array.isArray(parts) ? parts[0]?.values : parts.toPart('C000055', () => undefined).values;
}

/** Builds the required values of a record that an update reads. */
function buildCurrentBody(currentValues: CurrentValues): IDataObject {
	const required = Object.entries(currentValues).filter(([, current]) => current.required);
	const examples: Record<string, IDataObject[string]> = {
		...{ text: 'x', phone: 'x', number: 1, amount: 100, boolean: false },
		texts: ['x'],
	};
	return Object.fromEntries(
		required.map(([key, { form, dateFormat = 'dateOnly', values = {} }]) => {
			const date = form === 'date' ? DATE_FORMATS[dateFormat](STUB_READ_CONTEXT.now, 'Asia/Bangkok') : undefined;
			return [key, date ?? examples[form] ?? [buildCurrentBody(values)]];
		}),
	);
}

/** Puts the values of the form over those of a record. A row of the form changes the row of the record. */
function buildUpdateBody({ fields, current, idField = '' }: AnyOperation, values: OperationValues): IDataObject {
	const id = current?.isPartial ? {} : { [idField]: values[idField] as IDataObject };
	const body: IDataObject = { ...buildCurrentBody(current?.values ?? {}), ...id };
	const changes = Object.entries(buildBody(fields, values)).map(([key, change]) => {
		const isRow = current?.values[key]?.rowKey !== undefined && Array.isArray(change);
		const [row] = body[key] === undefined ? [] : ([body[key]].flat() as IDataObject[]);
		return [key, isRow ? (change as IDataObject[]).map((changed) => ({ ...row, ...changed })) : change];
	});
	return { ...body, ...Object.fromEntries(changes) } as IDataObject;
}

/**
 * Builds the request of an operation, or of its first part. An update also repeats the required values of a record.
 * @throws GoFiveError when the parameters are rejected
 */
export function buildOperationRequest(operation: AnyOperation, parameters: Record<string, unknown>): ApiRequest {
	const values = readExampleValues(operation, parameters);
	if (operation.current) {
		const body = buildUpdateBody(operation, values);
		operation.current.validate?.(body);
		return buildRequest(operation, values, body).request;
	}
	return buildRequest(operation, { ...values, ...getFirstPartValues(operation, values) }).request;
}
