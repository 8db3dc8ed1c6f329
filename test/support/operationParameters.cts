import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/GoFive/api/request/request';
import type { Operation } from '../../nodes/GoFive/operation/types';
import { readOperationValues } from '../../nodes/GoFive/operation/fields/operationValues';
import { toProperties } from '../../nodes/GoFive/operation/fields/collection';
import { buildRequest } from '../../nodes/GoFive/operation/execute/tasks';
import { resources } from '../../nodes/GoFive/resources';
import { textArbitrary, fourDigitYearDateArbitrary } from './arbitraries.cts';

/** An operation with the resource that holds it. */
export interface OperationEntry {
	/** `resource.operation`, as the tests call it. */
	name: string;
	resource: string;
	operation: Operation;
}

/** Every operation of the node, so that a new one is tested without being named in a test. */
export const allOperations: OperationEntry[] = resources.flatMap(({ value, operations: resourceOperations }) =>
	resourceOperations.map((operation) => ({ name: `${value}.${operation.value}`, resource: value, operation })),
);

/** @throws Error when there is none of this `resource.operation` */
export function findOperation(name: string): OperationEntry {
	const entry = allOperations.find((candidate) => candidate.name === name);
	if (!entry) throw new Error(`There is no operation '${name}'`);
	return entry;
}

/** What a field is told when no run reads it. */
export const STUB_READ_CONTEXT = {
	now: Date.parse('2025-03-01T18:30:00Z'),
	addHint: () => undefined,
	isExpression: () => false,
};

/** The parameters that an operation takes, its options aside. */
export const getOperationProperties = ({ fields }: Operation): INodeProperties[] => toProperties(fields);

/** Returns the values of a list's options. */
export const getOptionValues = ({ options = [] }: INodeProperties) =>
	(options as INodePropertyOptions[]).map(({ value }) => value);

/** Values that a parameter takes, each another one: all choices of a list, else two; a text begins with its placeholder, which shows one, else with a digit, which can be an ID. */
export function getExampleValues(property: INodeProperties): unknown[] {
	const choices = getOptionValues(property).filter((value) => value !== '');
	const { minValue = 1 } = property.typeOptions ?? {};
	const exampleText = property.placeholder?.replace(/^e\.g\. /, '') ?? '1';
	switch (property.type) {
		case 'string':
			return [exampleText, `${exampleText}1`];
		case 'dateTime':
			return ['2025-01-01', '2025-01-02'];
		case 'options':
			return choices.length > 0 ? choices : [1, 2];
		case 'multiOptions':
			return [...choices, 1, 2].slice(0, 2).map((choice) => [choice]);
		case 'number':
			return [minValue, minValue + 1];
		case 'boolean':
			return [true, false];
		case 'fixedCollection': {
			const [line] = property.options as INodePropertyCollection[];
			return [{ line: [buildMinimalParameters(line?.values ?? [])] }];
		}
		default:
			return [property.default];
	}
}

/** A value that a parameter takes. */
const getExampleValue = (property: INodeProperties): unknown => getExampleValues(property)[0];

/** What is required by example, the rest as n8n sets it; of two properties of one name the first. */
export function buildMinimalParameters(properties: INodeProperties[]): Record<string, unknown> {
	return Object.fromEntries(
		[...properties]
			.reverse()
			.map((property) => [property.name, property.required ? getExampleValue(property) : property.default]),
	);
}

/** Whether values that can be read fit together as well. @throws GoFiveError for one that cannot be read */
export function satisfiesFieldRules(operation: Operation, parameters: Record<string, unknown>): boolean {
	const values = readOperationValues(operation.fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT);
	try {
		return Boolean(buildRequest(operation, values));
	} catch {
		return false;
	}
}

/** Parameters with which an operation runs; with one more where a rule between fields asks for it. */
export function getExampleParameters(operation: Operation): Record<string, unknown> {
	const minimalParameters = buildMinimalParameters(getOperationProperties(operation));
	const optionalProperties = getOperationProperties(operation).filter(
		({ required, placeholder }) => !required && placeholder,
	);
	const candidates = [
		minimalParameters,
		...optionalProperties.map((property) => ({ ...minimalParameters, [property.name]: getExampleValue(property) })),
	];
	return candidates.find((parameters) => satisfiesFieldRules(operation, parameters)) ?? minimalParameters;
}

/** The same, with what is not required by example here and there. */
export const createParametersArbitrary = (operation: Operation): fc.Arbitrary<Record<string, unknown>> =>
	fc.record(
		Object.fromEntries(
			getOperationProperties(operation).map((property) => [
				property.name,
				property.required
					? fc.constant(getExampleValue(property))
					: fc.constantFrom(property.default, getExampleValue(property)),
			]),
		),
	);

/** Whether the value of a parameter stands in the node itself, since nobody can make an expression of it as a whole. */
export const isLiteralOnly = ({ noDataExpression, type }: INodeProperties): boolean =>
	noDataExpression === true || ['collection', 'fixedCollection', 'notice'].includes(type);

/** Parameters that take each value from the input item, under its own name; what is fixed stays as it is set. */
export function buildItemExpressionParameters(operation: Operation): Record<string, unknown> {
	const exampleParameters = getExampleParameters(operation);
	return Object.fromEntries(
		getOperationProperties(operation).map((property) => [
			property.name,
			isLiteralOnly(property) ? exampleParameters[property.name] : `={{ $json.${property.name} }}`,
		]),
	);
}

/** What a sheet or an expression may give for a parameter, right or not. */
export function createParameterValueArbitrary(property: INodeProperties): fc.Arbitrary<unknown> {
	const choices = getOptionValues(property);
	const choiceArbitrary = choices.length > 0 ? fc.constantFrom(...choices) : fc.integer({ min: 1, max: 9 });
	switch (property.type) {
		case 'dateTime':
			return fourDigitYearDateArbitrary;
		case 'boolean':
			return fc.oneof(fc.boolean(), fc.anything());
		case 'options':
			return fc.oneof(choiceArbitrary, textArbitrary, fc.anything());
		case 'multiOptions':
			return fc.oneof(fc.array(choiceArbitrary), fc.array(textArbitrary), textArbitrary, fc.anything());
		default:
			return fc.oneof(fc.integer(), fc.double(), textArbitrary, fc.anything());
	}
}

/** @returns the request that an operation describes for some parameters; @throws GoFiveError when it does not take them */
export const buildOperationRequest = (operation: Operation, parameters: Record<string, unknown>): ApiRequest =>
	buildRequest(
		operation,
		readOperationValues(operation.fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT),
	);
