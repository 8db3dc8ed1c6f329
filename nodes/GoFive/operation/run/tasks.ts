import { deepCopy, type IDataObject, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { GoFiveError, NOTHING_SENT, toGoFiveError } from '../../api/errors';
import { listParameters } from '../fields/fieldRecord';
import { readNodeOptions } from '../fields/nodeOptions';
import { getLocatorValue } from '../fields/resourceLocator';
import type { Field, GetParameter, NodeOptions, OperationValues, ReadContext } from '../field';
import type { OperationBase } from '../operation';
import type { Hints } from './hints';
import { assertValid } from '../reading/buildRequest';
import { toRecordReference, readRecordReference, type RecordReference } from './recordReference';

/** The work for one input item: the values of its parameters. */
export interface Task {
	/** Index of the input item. */
	item: number;
	/** Record that the item reads or writes. Undefined if the operation has no ID field or its value is blank. */
	reference?: RecordReference;
	values: OperationValues;
	/** Fields of the input item that each output item begins with. */
	inputFields?: IDataObject;
}

/** Input item whose parameters are invalid. */
export interface InvalidItem {
	reference?: RecordReference;
	error: GoFiveError;
}

/** Input item of a run: its task, or the error about its parameters. */
export type InputItem = Task | InvalidItem;

/** Context that the reads of all items share. */
type BaseContext = Omit<ReadContext, 'timeZone' | 'addHint' | 'addBlankHint'>;

/** Context of the reads of one item. The time zone is added from its options. */
type ItemContext = Omit<ReadContext, 'timeZone'>;

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

/** Whether a stored value contains an expression, so that its result may differ between items. */
function containsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.values(stored).some(containsExpression);
}

/** Values of the fields without an expression, and the hints that reading them added. */
interface Constants {
	values: Record<string, unknown>;
	hints: Array<{ kind: string; text: string }>;
}

/** Reads the fields without an expression. */
function readConstants(fields: Array<[string, Field]>, getParameter: GetParameter, context: ReadContext): Constants {
	const constants: Constants = { values: {}, hints: [] };
	const addHint = (kind: string, text: string) => void constants.hints.push({ kind, text });
	for (const [name, field] of fields) constants.values[name] = field.read(getParameter, name, { ...context, addHint });
	return constants;
}

/**
 * Creates the function that reads the values of an item. Reading a parameter is slow in n8n, so the values without an
 * expression are read once for all items, and once per time zone, in which dates are read.
 */
function createValuesReader(context: IExecuteFunctions, { fields }: OperationBase) {
	const { parameters: storedParameters } = context.getNode();
	const isConstant = (parameter: string) => !containsExpression(storedParameters[parameter]);
	const constantFields = Object.entries(fields).filter(([name, field]) =>
		listParameters(name, field).every(isConstant),
	);
	const constantsByZone = new Map<string, Constants>();
	let constantOptions: NodeOptions | undefined;

	const readOptions = (getParameter: GetParameter): NodeOptions => {
		if (constantOptions) return constantOptions;
		const options = readNodeOptions(getParameter('options'));
		if (isConstant('options')) constantOptions = options;
		return options;
	};
	return (getParameter: GetParameter, itemContext: ItemContext): OperationValues => {
		const options = readOptions(getParameter);
		const { timeZone } = options;
		const readContext = { ...itemContext, timeZone };
		const constants = constantsByZone.get(timeZone) ?? readConstants(constantFields, getParameter, readContext);
		constantsByZone.set(timeZone, constants);
		// Hints count the items.
		for (const { kind, text } of constants.hints) itemContext.addHint(kind, text);
		// In the order of the form, which is the order of the keys in the body.
		const values = Object.entries(fields).map(([name, field]) => [
			name,
			name in constants.values ? constants.values[name] : field.read(getParameter, name, readContext),
		]);
		return { ...Object.fromEntries(values), options } as OperationValues;
	};
}

/** Adds to our own errors that the item's request is not sent. n8n's errors, for example about an expression, stay unchanged. */
function toItemError(error: unknown): GoFiveError {
	if (!(error instanceof GoFiveError)) return toGoFiveError(error);
	return error.with({ description: `${error.description} ${NOTHING_SENT}` });
}

/**
 * Returns the fields of the input item that the option Include Input Fields adds. Objects of other types than those of
 * JSON, for example dates of expressions, are converted once, so that the output can clone the fields for each row.
 */
function getInputFields(json: IDataObject, { options, output }: OperationValues): IDataObject | undefined {
	if (!options.includeInputFields || output?.mode === 'raw') return undefined;
	return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, deepCopy(value)]));
}

/** Reads the parameters of all input items, and checks them before anything is sent. */
export function createTasks(
	context: IExecuteFunctions,
	operation: OperationBase,
	baseContext: BaseContext,
	hints: Hints,
): InputItem[] {
	const readValues = createValuesReader(context, operation);
	const inputItems = context.getInputData();
	const tasks = inputItems.map(({ json }, item) => {
		const getParameter: GetParameter = (name) => context.getNodeParameter(name, item, null);
		// Rows repeat a field, but an item counts once.
		const addedKinds = new Set<string>();
		const addHint = (kind: string, text: string) => {
			if (addedKinds.has(kind)) return;
			addedKinds.add(kind);
			hints.add(kind, text);
		};
		const blankFields = new Map<string, string | undefined>();
		const addBlankHint = (name: string, consequence?: string) => void blankFields.set(name, consequence);
		try {
			const values = readValues(getParameter, { ...baseContext, addHint, addBlankHint });
			for (const [name, consequence] of blankFields) hints.addBlank(name, consequence);
			assertValid(operation, values);
			const inputFields = getInputFields(json, values);
			return { item, reference: toRecordReference(operation, values), values, inputFields };
		} catch (error) {
			// Reads the ID field a second time only after an error, because most of an item's time goes into expressions.
			return { reference: readRecordReference(operation, getParameter), error: toItemError(error) };
		}
	});
	hints.addBlankFields(inputItems.length);
	return tasks;
}

/**
 * Returns the sent values of an item by GoFive's key, with which rows are completed: the ID field and, for a write, the body.
 * Undefined if the columns are not known, because columns that a user enters are not completed.
 */
export function getSentValues(
	{ entity, idField = '' }: OperationBase,
	values: OperationValues,
	body?: IDataObject,
): IDataObject | undefined {
	if (!entity) return undefined;
	return values[idField] === undefined ? { ...body } : { ...body, [idField]: values[idField] as IDataObject };
}

/**
 * Builds a key that is equal for reads with equal results. The request follows from the values.
 * JSON omits the `includes` function of a date range. The function is derived from `from` and `to` of the range and
 * from the option Time Zone, which are all part of the key. Ranges whose sides lie in the two readings of the hour that
 * daylight saving time repeats share a key. That is acceptable, because the key only decides about a hint.
 */
const taskKey = ({ values }: Task): string => JSON.stringify(values);

/** Whether several tasks read the same, so that each item returns the same records. */
export function areEqual([firstTask, ...otherTasks]: Task[]): boolean {
	if (!firstTask || otherTasks.length === 0) return false;
	const firstKey = taskKey(firstTask);
	return otherTasks.every((task) => taskKey(task) === firstKey);
}
