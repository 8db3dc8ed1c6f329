import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { toIdValues } from './subject';
import type { Task } from './tasks';

/** What an input item ended as. */
export type ItemResult = IDataObject[] | GoFiveError;

/** How many items a message lists. */
const MAX_LISTED_NAMES = 10;

/** How far writes came that go one after the other, since nothing else tells once the node has stopped; empty for a single item. */
export function describeProgress(item: number, items: number): string {
	if (items === 1) return '';
	const rerunAdvice = item > 0 ? ' When you run it again, leave out the items already carried out.' : '';
	return ` Items carried out before this one: ${item}; not sent: ${items - item - 1}.${rerunAdvice}`;
}

/** Names in a sentence; of many the first ones. */
export function joinNames(names: string[], max = MAX_LISTED_NAMES): string {
	const suffix = names.length > max ? ` and ${names.length - max} more` : '';
	return names.slice(0, max).join(', ') + suffix;
}

/** The same as `restAfter` for items that went many in one call. @param sentItems the items whose call has ended */
export function describeBatchProgress(
	results: ItemResult[],
	sentItems: Set<number>,
	itemName: (item: number) => string,
): string {
	if (results.length === 1) return '';
	const statusOf = (result: ItemResult, item: number) => {
		if (!sentItems.has(item)) return 'Not sent';
		if (!(result instanceof GoFiveError)) return 'Carried out';
		return result.origin.mayBeProcessed ? 'Possibly carried out' : 'Not carried out';
	};
	return ['Carried out', 'Not carried out', 'Possibly carried out', 'Not sent']
		.map((status) => ({
			status,
			names: results.flatMap((result, item) => (statusOf(result, item) === status ? [itemName(item)] : [])),
		}))
		.map(({ status, names }) =>
			names.length > 0
				? ` ${status}: ${joinNames(names, status.includes('carried') && status !== 'Carried out' ? Infinity : MAX_LISTED_NAMES)}.`
				: '',
		)
		.join('');
}

/** n8n's items: in input order, paired, and a message where an item failed. */
export function toNodeItems(results: ItemResult[], context: IExecuteFunctions, tasks: Task[]): INodeExecutionData[] {
	const items = context.getInputData();
	// n8n itself adds the input to an item on the error output, but only to one that holds nothing else.
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const toErrorItem = (itemError: GoFiveError, item: number): IDataObject => {
		const error = items.length > 1 ? `${itemError.text} [Item ${item}]` : itemError.text;
		return usesErrorOutput ? { error } : { ...toIdValues(tasks[item]?.subject), ...items[item]?.json, error };
	};
	return results.flatMap((result, item) => {
		const records = result instanceof GoFiveError ? [toErrorItem(result, item)] : result;
		return records.map((json) => ({ json, pairedItem: { item } }));
	});
}
