import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { joinNames, MAX_LISTED_NAMES } from '../../shared/text';
import { toIdData } from './recordReference';
import type { InvalidItem, Task } from './tasks';

/** Output data of an input item, or its error. */
export type ItemResult = IDataObject[] | GoFiveError;

/**
 * Describes how many sequential writes were processed before an error stopped the node. Empty for a single item.
 * The message is the only place for it, because n8n discards the output of a node that throws.
 */
export function describeProgress(item: number, items: number): string {
	if (items === 1) return '';
	const rerunAdvice = item > 0 ? ' When you run the workflow again, omit the items that were already processed.' : '';
	return ` Items processed before this one: ${item}. Items not sent: ${items - item - 1}.${rerunAdvice}`;
}

/** Statuses whose items are all named, because the user has to check each of them. */
const LISTED_IN_FULL = ['Not processed', 'Possibly processed'];

/**
 * Describes the progress of a batch operation. See `describeProgress`.
 * @param sentItems - Indexes of the items whose batch was sent.
 */
export function describeBatchProgress(
	results: ItemResult[],
	sentItems: Set<number>,
	itemName: (item: number) => string,
): string {
	if (results.length === 1) return '';
	const statusOf = (result: ItemResult, item: number) => {
		if (!sentItems.has(item)) return 'Not sent';
		if (!(result instanceof GoFiveError)) return 'Processed';
		return result.origin.mayBeProcessed ? 'Possibly processed' : 'Not processed';
	};
	return ['Processed', 'Not processed', 'Possibly processed', 'Not sent']
		.map((status) => {
			const names = results.flatMap((result, item) => (statusOf(result, item) === status ? [itemName(item)] : []));
			const maxNames = LISTED_IN_FULL.includes(status) ? Infinity : MAX_LISTED_NAMES;
			return names.length > 0 ? ` ${status}: ${joinNames(names, maxNames)}.` : '';
		})
		.join('');
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
	const toErrorItem = (itemError: GoFiveError, item: number): IDataObject => {
		const error = items.length > 1 ? `${itemError.text} [Item ${item}]` : itemError.text;
		return usesErrorOutput ? { error } : { ...toIdData(inputItems[item]?.reference), ...items[item]?.json, error };
	};
	return results.flatMap((result, item) => {
		const records = result instanceof GoFiveError ? [toErrorItem(result, item)] : result;
		return records.map((json) => ({ json, pairedItem: { item } }));
	});
}
