import { joinNames, MAX_LISTED_NAMES } from '../../shared/text';
import { getItemName } from './recordReference';
import { findError, type ItemResult } from './step';
import type { InputItem } from './tasks';

/** What happened to the item of a write, in the order of a message. */
const WRITE_STATUSES = ['Processed', 'Not processed', 'Possibly processed', 'Not sent'] as const;

/** Statuses whose items are all named, because the user has to check each of them. */
const LISTED_IN_FULL = ['Not processed', 'Possibly processed'];

const RERUN_ADVICE = ' When you run the workflow again, omit the items that were already processed.';

function getWriteStatus(result: ItemResult, isStarted: boolean): (typeof WRITE_STATUSES)[number] {
	if (!isStarted) return 'Not sent';
	const error = findError(result);
	if (!error || error.processed === 'yes') return 'Processed';
	return error.processed ? 'Possibly processed' : 'Not processed';
}

/**
 * Describes which writes were processed before an error stopped the node. Empty for a single item.
 * The message is the only place for it, because n8n discards the output of a node that throws.
 */
export function describeProgress(
	inputItems: InputItem[],
	results: ItemResult[],
	startedItems: ReadonlySet<number>,
): string {
	if (inputItems.length === 1) return '';
	const namesByStatus = new Map<string, string[]>(WRITE_STATUSES.map((status) => [status, []]));
	for (const [item, result] of results.entries()) {
		const status = getWriteStatus(result, startedItems.has(item));
		namesByStatus.get(status)?.push(getItemName(item, inputItems[item]?.reference));
	}
	let progress = '';
	for (const [status, names] of namesByStatus) {
		const maxNames = LISTED_IN_FULL.includes(status) ? Infinity : MAX_LISTED_NAMES;
		if (names.length > 0) progress += ` ${status}: ${joinNames(names, maxNames)}.`;
	}
	const hasProcessed = (namesByStatus.get('Processed') ?? []).length > 0;
	return hasProcessed ? progress + RERUN_ADVICE : progress;
}
