import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { joinNames, MAX_LISTED_NAMES } from '../../shared/text';
import { toReferenceData } from './recordReference';
import type { InvalidItem, Task } from './tasks';

/** Output data of an input item, or its error. Errors of single parts follow the data of the others. */
export type ItemResult = Array<IDataObject | GoFiveError>;

/** Returns the first error of a result. */
export const findError = (result: ItemResult | undefined): GoFiveError | undefined =>
	result?.find((entry) => entry instanceof GoFiveError);

/** What happened to the item of a write, in the order of a message. */
const WRITE_STATUSES = ['Processed', 'Not processed', 'Possibly processed', 'Not sent'] as const;

/** Statuses whose items are all named, because the user has to check each of them. */
const LISTED_IN_FULL = ['Not processed', 'Possibly processed'];

const RERUN_ADVICE = ' When you run the workflow again, omit the items that were already processed.';

function getWriteStatus(result: ItemResult, isSent: boolean): (typeof WRITE_STATUSES)[number] {
	if (!isSent) return 'Not sent';
	const error = findError(result);
	if (!error || error.processed === 'yes') return 'Processed';
	return error.processed ? 'Possibly processed' : 'Not processed';
}

/**
 * Describes which writes were processed before an error stopped the node. Empty for a single item.
 * The message is the only place for it, because n8n discards the output of a node that throws.
 * @param sentItems - Indexes of the items that were sent.
 */
export function describeProgress(
	results: ItemResult[],
	sentItems: ReadonlySet<number>,
	getItemName: (item: number) => string,
): string {
	if (results.length === 1) return '';
	const namesByStatus = new Map<string, string[]>(WRITE_STATUSES.map((status) => [status, []]));
	for (const [item, result] of results.entries())
		namesByStatus.get(getWriteStatus(result, sentItems.has(item)))?.push(getItemName(item));
	let progress = '';
	for (const [status, names] of namesByStatus) {
		const maxNames = LISTED_IN_FULL.includes(status) ? Infinity : MAX_LISTED_NAMES;
		if (names.length > 0) progress += ` ${status}: ${joinNames(names, maxNames)}.`;
	}
	const hasProcessed = (namesByStatus.get('Processed') ?? []).length > 0;
	return hasProcessed ? progress + RERUN_ADVICE : progress;
}

/** Returns the data of a failed item: the input item with the message. */
function toErrorItem(
	error: GoFiveError,
	item: number,
	items: INodeExecutionData[],
	inputItem: Task | InvalidItem | undefined,
): IDataObject {
	const text = items.length > 1 ? `${error.text} [Item ${item}]` : error.text;
	const before = error.before && { before: error.before };
	return { ...toReferenceData(inputItem?.reference), ...items[item]?.json, error: text, ...before };
}

/** Converts results to n8n's items, in input order and paired. The data of a failed item holds the error. */
export function toNodeItems(
	results: ItemResult[],
	context: IExecuteFunctions,
	inputItems: Array<Task | InvalidItem>,
): INodeExecutionData[] {
	const items = context.getInputData();
	// On the error output n8n adds the input data, but only to an item that holds nothing but the error.
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const toJson = (entry: IDataObject | GoFiveError, item: number): IDataObject => {
		if (!(entry instanceof GoFiveError)) return entry;
		const errorItem = toErrorItem(entry, item, items, inputItems[item]);
		if (!usesErrorOutput) return errorItem;
		const { error, before } = errorItem;
		return { error: before ? { message: error, before } : error };
	};
	return results.flatMap((result, item) =>
		result.map((entry) => ({ json: toJson(entry, item), pairedItem: { item } })),
	);
}
