import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import { buildNodeProperties } from '../../nodes/GoFive/operation/describe/nodeProperties';
import { getInputModeParameterName, getJsonParameterName } from '../../nodes/GoFive/operation/fields/rows';
import { resources } from '../../nodes/GoFive/resources';
import {
	getExampleValues,
	buildMinimalParameters,
	getExampleParameters,
	buildOperationRequest,
	type OperationEntry,
} from './operationParameters.cts';

type ParameterValues = Record<string, unknown>;

/** Input of a form, including inputs of collections and rows. */
export interface FormField {
	property: INodeProperties;
	/** Names of the parameters from the form to the input. */
	path: string[];
	/** Display names of these parameters. */
	displayPath: string[];
	/** Whether it changes how the node works and not what is sent to GoFive. */
	isOutputOnly: boolean;
	/** Whether its collection or row is always present. */
	isParentAlwaysPresent: boolean;
	/** Adds its collection or row to the parameters, with the required inputs of a row. */
	ensureParent(parameters: ParameterValues): ParameterValues;
	setValue(parameters: ParameterValues, value: unknown): ParameterValues;
}

/** Applies a change to the collection or row that holds an input. */
type PartUpdater = (parameters: ParameterValues, change: (part: ParameterValues) => ParameterValues) => ParameterValues;

function collectFormFields(
	properties: INodeProperties[],
	parent: Pick<FormField, 'path' | 'displayPath' | 'isOutputOnly' | 'isParentAlwaysPresent'>,
	updatePart: PartUpdater,
): FormField[] {
	const isInputModeSwitch = ({ name }: INodeProperties) =>
		properties.some((sibling) =>
			[getInputModeParameterName(sibling.name), getJsonParameterName(sibling.name)].includes(name),
		);
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
					(part[name] as { row?: ParameterValues[] } | undefined)?.row?.[0] ?? buildMinimalParameters(values);
				return collectFormFields(values, nestedLocation, (parameters, change) =>
					updatePart(parameters, (part) => ({ ...part, [name]: { row: [change(getRow(part))] } })),
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

const nodeOptions = buildNodeProperties(resources, '').filter(({ name }) => name === 'options');

/** Lists all inputs of an operation's form in order, with the node's options last. */
export function getFormFields({ operation, resource }: OperationEntry): FormField[] {
	const options = nodeOptions.filter(
		({ displayOptions: { show } = {} }) =>
			show?.resource?.includes(resource) && show.operation?.includes(operation.value),
	);
	const updateRoot: PartUpdater = (parameters, change) => change(parameters);
	const root = { path: [], displayPath: [], isParentAlwaysPresent: true };
	return [
		...Object.entries(operation.fields).flatMap(([name, field]) =>
			collectFormFields(field.properties(name), { ...root, isOutputOnly: field.isOutputOnly === true }, updateRoot).map(
				(formField) => {
					// A filter that the node applies is in the same collection as the filters that GoFive applies.
					const nested = field.nestedFields?.[formField.path.at(-1) ?? ''];
					return { ...formField, isOutputOnly: formField.isOutputOnly || nested?.isOutputOnly === true };
				},
			),
		),
		...collectFormFields(options, { ...root, isOutputOnly: true }, updateRoot),
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

/** Generates all combinations of `count` entries of a list. */
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

/** Input with the parameters to test it: without the input, if they are accepted, and with each of its values. */
export interface FieldVariants extends FormField {
	/** Dotted paths of the inputs of the same collection that a rule requires with this input. */
	extraPaths: string[];
	withoutValue: ParameterValues | undefined;
	withValues: ParameterValues[];
}

/**
 * Lists every input of an operation with parameters that contain only this input and the required ones.
 * Where a rule requires other inputs, up to five of the same collection are filled as well.
 * @throws Error when no combination is accepted for an input
 */
export function listFieldVariants(entry: OperationEntry): FieldVariants[] {
	const fields = getFormFields(entry);
	const exampleParameters = getExampleParameters(entry.operation);
	return fields.map((field) => {
		// From and To are read with Between Dates only.
		const dateRange = field.property.displayOptions?.show?.['dateRange']?.[0] as string | undefined;
		const required = { ...exampleParameters, ...(dateRange && { dateRange }) };
		const values = getExampleValues(field.property);
		const getGroupPath = ({ path }: FormField) => path.slice(0, -1).join('.');
		const siblings = fields.filter((sibling) => sibling !== field && getGroupPath(sibling) === getGroupPath(field));
		const acceptsEveryValue = (parameters: ParameterValues) =>
			values.every((value) => isAccepted(entry, field.setValue(parameters, value)));
		for (const count of [0, 1, 2, 3, 4, 5]) {
			for (const extraFields of generateCombinations(siblings, count)) {
				const withoutValue = field.ensureParent(fillFields(required, extraFields));
				if (acceptsEveryValue(withoutValue))
					return {
						...field,
						extraPaths: extraFields.map(({ path }) => path.join('.')),
						withoutValue: isAccepted(entry, withoutValue) ? withoutValue : undefined,
						withValues: values.map((value) => field.setValue(withoutValue, value)),
					};
			}
		}
		if (field.isOutputOnly)
			return {
				...field,
				extraPaths: [],
				withoutValue: required,
				withValues: values
					.map((value) => field.setValue(required, value))
					.filter((parameters) => isAccepted(entry, parameters)),
			};
		throw new Error(`${entry.name}: no values were found with which '${field.displayPath.join(' → ')}' is taken`);
	});
}

/** Form with example values, and the inputs without one. */
interface FilledForm {
	parameters: ParameterValues;
	omittedFields: string[];
}

const filledForms = new Map<OperationEntry, FilledForm>();

/**
 * Fills all inputs of a form, without at most one that a rule excludes.
 * @throws Error when a rule excludes more than one
 */
export function fillNearlyAllFields(entry: OperationEntry): FilledForm {
	const filledForm = filledForms.get(entry) ?? findFilledForm(entry);
	filledForms.set(entry, filledForm);
	return filledForm;
}

function findFilledForm(entry: OperationEntry): FilledForm {
	// A preview sends nothing, and a field with a value cannot be cleared.
	const fields = getFormFields(entry).filter(({ path }) => !['preview', 'fieldsToClear'].includes(path.join('.')));
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

/** Path, query and body of a request. */
export interface RequestPayload {
	path: string;
	query: Record<string, unknown>;
	body: unknown;
}

/** Extracts path, query and body from a request, without its pages. */
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

/** Lists GoFive's keys whose values differ between requests, with `path` for a path that differs. */
export function findDifferingKeys(payloads: RequestPayload[]): string[] {
	const leavesByKey = payloads.map(({ path, query, body }) => {
		const leaves = [...flattenLeaves(body ?? {}, ''), ...flattenLeaves(query, ''), ['path', path] as [string, unknown]];
		return new Map(leaves.map(([key]) => [key, JSON.stringify(leaves.filter(([otherKey]) => otherKey === key))]));
	});
	const keys = [...new Set(leavesByKey.flatMap((map) => [...map.keys()]))];
	return keys.filter((key) => new Set(leavesByKey.map((map) => map.get(key))).size > 1);
}
