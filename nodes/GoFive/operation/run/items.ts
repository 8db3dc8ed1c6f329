import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Failure } from '../../api/words/failure';
import { carried } from './subject';
import type { Task } from './task';

/** What an input item ended as. */
export type Result = IDataObject[] | Failure;

/** How many items a message lists. */
const MOST_LISTED = 10;

/** How far writes came that go one after the other, since nothing else tells once the node has stopped; empty for a single item. */
export function restAfter(item: number, items: number): string {
	if (items === 1) return '';
	const again = item > 0 ? ' When you run it again, leave out the items already carried out.' : '';
	return ` Items carried out before this one: ${item}; not sent: ${items - item - 1}.${again}`;
}

/** Names in a sentence; of many the first ones. */
export function listed(names: string[], most = MOST_LISTED): string {
	const more = names.length > most ? ` and ${names.length - most} more` : '';
	return names.slice(0, most).join(', ') + more;
}

/** The same as `restAfter` for items that went many in one call. @param sent the items whose call has ended */
export function restOfCalls(results: Result[], sent: Set<number>, nameOf: (item: number) => string): string {
	if (results.length === 1) return '';
	const fateOf = (result: Result, item: number) => {
		if (!sent.has(item)) return 'Not sent';
		if (!(result instanceof Failure)) return 'Carried out';
		return result.origin.doubtful ? 'Possibly carried out' : 'Not carried out';
	};
	return ['Carried out', 'Not carried out', 'Possibly carried out', 'Not sent']
		.map((fate) => ({
			fate,
			names: results.flatMap((one, item) => (fateOf(one, item) === fate ? [nameOf(item)] : [])),
		}))
		.map(({ fate, names }) =>
			names.length > 0
				? ` ${fate}: ${listed(names, fate.includes('carried') && fate !== 'Carried out' ? Infinity : MOST_LISTED)}.`
				: '',
		)
		.join('');
}

/** n8n's items: in input order, paired, and a message where an item failed. */
export function asItems(results: Result[], context: IExecuteFunctions, tasks: Task[]): INodeExecutionData[] {
	const items = context.getInputData();
	// n8n itself adds the input to an item on the error output, but only to one that holds nothing else.
	const isSorted = context.getNode().onError === 'continueErrorOutput';
	const failed = (failure: Failure, item: number): IDataObject => {
		const error = items.length > 1 ? `${failure.text} [Item ${item}]` : failure.text;
		return isSorted ? { error } : { ...carried(tasks[item]?.subject), ...items[item]?.json, error };
	};
	return results.flatMap((result, item) => {
		const records = result instanceof Failure ? [failed(result, item)] : result;
		return records.map((json) => ({ json, pairedItem: { item } }));
	});
}
