import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/GoFive/api/request/request';
import { GoFiveError } from '../../nodes/GoFive/api/errors/goFiveError';
import { buildNodeProperties } from '../../nodes/GoFive/operation/describe/nodeProperties';
import { resources } from '../../nodes/GoFive/resources';
import {
	getExampleValues,
	buildMinimalParameters,
	getExampleParameters,
	buildOperationRequest,
	type OperationEntry,
} from './operationParameters.cts';

type ParameterValues = Record<string, unknown>;

/** One input of a form, also one inside a group or a line. */
export interface FormField {
	property: INodeProperties;
	/** The names of the parameters that lead to it, its own last. */
	path: string[];
	/** The same as n8n shows it. */
	displayPath: string[];
	/** Whether it says how the node works instead of what GoFive is asked. */
	isOutputOnly: boolean;
	/** Whether what it stands in is always there. */
	isParentAlwaysPresent: boolean;
	/** Opens what it stands in: a line then has what every line needs. */
	ensureParent(parameters: ParameterValues): ParameterValues;
	setValue(parameters: ParameterValues, value: unknown): ParameterValues;
}

/** Changes a part of the parameters. */
type PartUpdater = (parameters: ParameterValues, change: (part: ParameterValues) => ParameterValues) => ParameterValues;

function collectFormFields(
	properties: INodeProperties[],
	parent: Pick<FormField, 'path' | 'displayPath' | 'isOutputOnly' | 'isParentAlwaysPresent'>,
	updatePart: PartUpdater,
): FormField[] {
	const isInputModeSwitch = ({ name }: INodeProperties) =>
		/(?:Input|Json)$/.test(name) && properties.some((sibling) => sibling.name === name.replace(/(?:Input|Json)$/, ''));
	return properties
		.filter((property) => property.type !== 'notice' && !isInputModeSwitch(property))
		.flatMap((property) => {
			const { name, displayName, type, options = [] } = property;
			const fieldLocation = {
				...parent,
				path: [...parent.path, name],
				displayPath: [...parent.displayPath, displayName],
			};
			const nestedLocation = {
				...fieldLocation,
				isParentAlwaysPresent: parent.isParentAlwaysPresent && property.required === true,
			};
			if (type === 'collection') {
				return collectFormFields(options as INodeProperties[], nestedLocation, (parameters, change) =>
					updatePart(parameters, (part) => ({ ...part, [name]: change((part[name] ?? {}) as ParameterValues) })),
				);
			}
			if (type === 'fixedCollection') {
				const { values } = options[0] as INodePropertyCollection;
				const getRow = (part: ParameterValues) =>
					(part[name] as { line?: ParameterValues[] } | undefined)?.line?.[0] ?? buildMinimalParameters(values);
				return collectFormFields(values, nestedLocation, (parameters, change) =>
					updatePart(parameters, (part) => ({ ...part, [name]: { line: [change(getRow(part))] } })),
				);
			}
			return [
				{
					...fieldLocation,
					property,
					ensureParent: (parameters) => updatePart(parameters, (part) => part),
					setValue: (parameters, value) => updatePart(parameters, (part) => ({ ...part, [name]: value })),
				},
			];
		});
}

/** All inputs of an operation's form, in its order, its options last. */
function getFormFields({ operation, resource }: OperationEntry): FormField[] {
	const options = buildNodeProperties(resources, resource).filter(
		({ name, displayOptions: { show } = {} }) =>
			name === 'options' && show?.resource?.includes(resource) && show.operation?.includes(operation.value),
	);
	const updateRoot: PartUpdater = (parameters, change) => change(parameters);
	const operationFields = Object.entries(operation.fields).flatMap(([name, field]) =>
		collectFormFields(
			field.properties(name),
			{ path: [], displayPath: [], isOutputOnly: field.isOutputOnly === true, isParentAlwaysPresent: true },
			updateRoot,
		),
	);
	return [
		...operationFields,
		...collectFormFields(
			options,
			{ path: [], displayPath: [], isOutputOnly: true, isParentAlwaysPresent: true },
			updateRoot,
		),
	];
}

function isAccepted({ operation }: OperationEntry, parameters: ParameterValues): boolean {
	try {
		return Boolean(buildOperationRequest(operation, parameters));
	} catch (error) {
		if (error instanceof GoFiveError) return false;
		throw error;
	}
}

/** All choices of so many out of a list. */
function* generateCombinations<T>(list: T[], count: number): Generator<T[]> {
	if (count === 0) yield [];
	else
		for (const [index, first] of list.entries())
			for (const rest of generateCombinations(list.slice(index + 1), count - 1)) yield [first, ...rest];
}

const fillFields = (parameters: ParameterValues, fields: FormField[]): ParameterValues =>
	fields.reduce(
		(filledParameters, field) => field.setValue(filledParameters, getExampleValues(field.property)[0]),
		parameters,
	);

/** A place filled in by itself on top of what is required: the parameters without it, where that is possible, and with each of its values. */
export interface FieldVariants extends FormField {
	withoutValue: ParameterValues | undefined;
	withValues: ParameterValues[];
}

/** Each input by itself; together with others of its group where a rule asks for them. @throws Error for one that is never taken */
export function listFieldVariants(entry: OperationEntry): FieldVariants[] {
	const fields = getFormFields(entry);
	const required = getExampleParameters(entry.operation);
	return fields.map((field) => {
		const values = getExampleValues(field.property);
		const getGroupPath = ({ path }: FormField) => path.slice(0, -1).join('.');
		const siblings = fields.filter((sibling) => sibling !== field && getGroupPath(sibling) === getGroupPath(field));
		const acceptsEveryValue = (parameters: ParameterValues) =>
			values.every((value) => isAccepted(entry, field.setValue(parameters, value)));
		for (const count of [0, 1, 2, 3]) {
			for (const extraFields of generateCombinations(siblings, count)) {
				const withoutValue = field.ensureParent(fillFields(required, extraFields));
				if (acceptsEveryValue(withoutValue))
					return {
						...field,
						withoutValue: isAccepted(entry, withoutValue) ? withoutValue : undefined,
						withValues: values.map((value) => field.setValue(withoutValue, value)),
					};
			}
		}
		if (field.isOutputOnly)
			return {
				...field,
				withoutValue: required,
				withValues: values
					.map((value) => field.setValue(required, value))
					.filter((parameters) => isAccepted(entry, parameters)),
			};
		throw new Error(`${entry.name}: no values were found with which '${field.displayPath.join(' → ')}' is taken`);
	});
}

/** Everything at once, but for as few inputs as the rules between fields ask to be left out. @throws Error when that is more than one */
export function fillNearlyAllFields(entry: OperationEntry): { parameters: ParameterValues; omittedFields: string[] } {
	const fields = getFormFields(entry);
	for (const omittedFields of [...generateCombinations(fields, 0), ...generateCombinations(fields, 1)]) {
		const parameters = fillFields(
			getExampleParameters(entry.operation),
			fields.filter((field) => !omittedFields.includes(field)),
		);
		if (isAccepted(entry, parameters))
			return { parameters, omittedFields: omittedFields.map(({ path }) => path.join('.')) };
	}
	throw new Error(`${entry.name}: no way was found to fill in nearly everything at once`);
}

/** What of a request travels. */
export interface RequestPayload {
	path: string;
	query: Record<string, unknown>;
	body: unknown;
}

/** What travels of a request, its pages aside. */
export const toRequestPayload = ({ path, query = [], body }: ApiRequest): RequestPayload => ({
	path,
	query: Object.fromEntries(query.filter(([, value]) => value !== undefined)),
	body,
});

function flattenLeaves(value: unknown, keyPath: string): Array<[string, unknown]> {
	if (typeof value !== 'object' || value === null) return [[keyPath, value]];
	if (Array.isArray(value)) return value.flatMap((part) => flattenLeaves(part, `${keyPath}[]`));
	return Object.entries(value).flatMap(([key, part]) => flattenLeaves(part, keyPath ? `${keyPath}.${key}` : key));
}

/** GoFive's keys that are not the same in all of some requests; `path` for the path. */
export function findDifferingKeys(payloads: RequestPayload[]): string[] {
	const leavesByKey = payloads.map(({ path, query, body }) => {
		const leaves = [...flattenLeaves(body ?? {}, ''), ...flattenLeaves(query, ''), ['path', path] as [string, unknown]];
		return new Map(leaves.map(([key]) => [key, JSON.stringify(leaves.filter(([otherKey]) => otherKey === key))]));
	});
	const keys = [...new Set(leavesByKey.flatMap((map) => [...map.keys()]))];
	return keys.filter((key) => new Set(leavesByKey.map((map) => map.get(key))).size > 1);
}
