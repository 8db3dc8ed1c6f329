import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { ApiRequest } from '../nodes/GoFive/api/request/request';
import type { Operation } from '../nodes/GoFive/operation/types';
import { readValues } from '../nodes/GoFive/operation/fields/values';
import { propertiesInside } from '../nodes/GoFive/operation/fields/group';
import { requestOf as requestWith } from '../nodes/GoFive/operation/run/task';
import { resources } from '../nodes/GoFive/resources';
import { someText, someUsualDate } from './unit/properties.cts';

/** An operation with the resource that holds it. */
export interface Listed {
	/** `resource.operation`, as the tests call it. */
	name: string;
	resource: string;
	operation: Operation;
}

/** Every operation of the node, so that a new one is tested without being named in a test. */
export const operations: Listed[] = resources.flatMap(({ value, operations: own }) =>
	own.map((operation) => ({ name: `${value}.${operation.value}`, resource: value, operation })),
);

/** @throws Error when there is none of this `resource.operation` */
export function operationNamed(name: string): Listed {
	const listed = operations.find((one) => one.name === name);
	if (!listed) throw new Error(`There is no operation '${name}'`);
	return listed;
}

/** What a field is told when no run reads it. */
export const ABOUT = { now: Date.parse('2025-03-01T18:30:00Z'), hint: () => undefined, isExpression: () => false };

/** The parameters that an operation takes, its options aside. */
export const propertiesOf = ({ fields }: Operation): INodeProperties[] => propertiesInside(fields);

const choicesIn = ({ options = [] }: INodeProperties) => (options as INodePropertyOptions[]).map(({ value }) => value);

/** Values that a parameter takes, each another one: all choices of a list, else two; a text begins with its placeholder, which shows one, else with a digit, which can be an ID. */
export function examplesOf(property: INodeProperties): unknown[] {
	const choices = choicesIn(property).filter((value) => value !== '');
	const { minValue = 1 } = property.typeOptions ?? {};
	const shown = property.placeholder?.replace(/^e\.g\. /, '') ?? '1';
	switch (property.type) {
		case 'string':
			return [shown, `${shown}1`];
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
			return [{ line: [givenFor(line?.values ?? [])] }];
		}
		default:
			return [property.default];
	}
}

/** A value that a parameter takes. */
const exampleOf = (property: INodeProperties): unknown => examplesOf(property)[0];

/** What is required by example, the rest as n8n sets it; of two properties of one name the first. */
export function givenFor(properties: INodeProperties[]): Record<string, unknown> {
	return Object.fromEntries([...properties].reverse().map((property) => [property.name, property.required ? exampleOf(property) : property.default]));
}

/** Whether values that can be read fit together as well. @throws Failure for one that cannot be read */
export function keepsRules(operation: Operation, parameters: Record<string, unknown>): boolean {
	const values = readValues(operation.fields, (name) => parameters[name] ?? null, ABOUT);
	try {
		return Boolean(requestWith(operation, values));
	} catch {
		return false;
	}
}

/** Parameters with which an operation runs; with one more where a rule between fields asks for it. */
export function parametersOf(operation: Operation): Record<string, unknown> {
	const given = givenFor(propertiesOf(operation));
	const more = propertiesOf(operation).filter(({ required, placeholder }) => !required && placeholder);
	const all = [given, ...more.map((property) => ({ ...given, [property.name]: exampleOf(property) }))];
	return all.find((parameters) => keepsRules(operation, parameters)) ?? given;
}

/** The same, with what is not required by example here and there. */
export const someParametersOf = (operation: Operation): fc.Arbitrary<Record<string, unknown>> =>
	fc.record(
		Object.fromEntries(
			propertiesOf(operation).map((property) => [property.name, property.required ? fc.constant(exampleOf(property)) : fc.constantFrom(property.default, exampleOf(property))]),
		),
	);

/** Whether the value of a parameter stands in the node itself, since nobody can make an expression of it as a whole. */
export const isFixed = ({ noDataExpression, type }: INodeProperties): boolean => noDataExpression === true || ['collection', 'fixedCollection', 'notice'].includes(type);

/** Parameters that take each value from the input item, under its own name; what is fixed stays as it is set. */
export function fromItemOf(operation: Operation): Record<string, unknown> {
	const usual = parametersOf(operation);
	return Object.fromEntries(propertiesOf(operation).map((property) => [property.name, isFixed(property) ? usual[property.name] : `={{ $json.${property.name} }}`]));
}

/** What a sheet or an expression may give for a parameter, right or not. */
export function someValueOf(property: INodeProperties): fc.Arbitrary<unknown> {
	const choices = choicesIn(property);
	const choice = choices.length > 0 ? fc.constantFrom(...choices) : fc.integer({ min: 1, max: 9 });
	switch (property.type) {
		case 'dateTime':
			return someUsualDate;
		case 'boolean':
			return fc.oneof(fc.boolean(), fc.anything());
		case 'options':
			return fc.oneof(choice, someText, fc.anything());
		case 'multiOptions':
			return fc.oneof(fc.array(choice), fc.array(someText), someText, fc.anything());
		default:
			return fc.oneof(fc.integer(), fc.double(), someText, fc.anything());
	}
}

/** @returns the request that an operation describes for some parameters; @throws Failure when it does not take them */
export const requestOf = (operation: Operation, parameters: Record<string, unknown>): ApiRequest =>
	requestWith(operation, readValues(operation.fields, (name) => parameters[name] ?? null, ABOUT));
