import type { IExecuteFunctions } from 'n8n-workflow';
import { joinNames } from '../../shared/text';
import { SECOND_MS } from '../../shared/units';

/** Maximum number of item names in a hint, so that it fits into a few lines. */
const MAX_ITEM_NAMES = 5;

/** Rounds to whole seconds, at least 1. */
const toSeconds = (waitMs: number): number => Math.max(1, Math.round(waitMs / SECOND_MS));

/** Escapes HTML, because n8n renders hints as HTML, and they quote values of the input and of GoFive. */
const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Builds the hint for a list that GoFive may have cut at the maximum of a response, or of which too many pages were read. */
export const mayHaveMoreHint = ({ records, pluralName }: { records: number; pluralName: string }): string =>
	`GoFive returned ${records} ${pluralName}, and may have more. If ${pluralName} are missing, add a filter so that fewer ${pluralName} match.`;

/** Builds the hint for an empty item, which could be mistaken for a record. */
export const emptyItemHint = (pluralName: string): string =>
	`No matching ${pluralName} found. The empty item is due to the option 'If Nothing Found'.`;

/** Builds the hint for requests of an item that failed while the others were successful. */
export const failedPartsHint = (count: number): string =>
	`${count} of the requests failed, so the output is incomplete. The messages are in the field 'error'.`;

/** Collects the hints of an execution, which n8n shows above the output. */
export class Hints {
	private readonly texts = new Map<string, { text: string; count: number }>();
	/** Fields whose expressions returned no value, with the number of items. */
	private readonly blanks = new Map<string, { items: number; consequence: string | undefined }>();
	/** Items whose records were cut by the limit, and the sums of their records. */
	private readonly limited = { items: 0, returnedRecords: 0, totalRecords: 0, hasUnknownTotal: false, pluralName: '' };

	/** @param kind - Kind of the hint. Of several texts of a kind only the first is shown, with the number of items. */
	add(kind: string, text: string): void {
		const existing = this.texts.get(kind);
		if (existing) existing.count += 1;
		else this.texts.set(kind, { text, count: 1 });
	}

	/**
	 * Counts an item in which the expression of a field returned no value.
	 * @param consequence - See `ReadContext.addBlankHint`.
	 */
	addBlank(displayName: string, consequence: string | undefined): void {
		const existing = this.blanks.get(displayName);
		this.blanks.set(displayName, { consequence, items: (existing?.items ?? 0) + 1 });
	}

	/** Adds a hint for each field that `addBlank` has counted. */
	addBlankFields(totalItems: number): void {
		for (const [displayName, { items, consequence }] of this.blanks) {
			const where = totalItems === 1 ? '' : ` in ${items} of ${totalItems} items`;
			const result = consequence === undefined ? ' and was not sent' : `, so ${consequence}`;
			const advice = items === totalItems ? ' The name of the column in the expression may be wrong.' : '';
			this.add(`${displayName} blank`, `'${displayName}' was empty${where}${result}.${advice}`);
		}
	}

	/** @param totalRecords - Number of records of the item. Undefined if GoFive may have more than were read. */
	addLimit(returnedRecords: number, totalRecords: number | undefined, pluralName: string): void {
		this.limited.items += 1;
		this.limited.returnedRecords += returnedRecords;
		this.limited.totalRecords += totalRecords ?? 0;
		this.limited.hasUnknownTotal ||= totalRecords === undefined;
		this.limited.pluralName = pluralName;
	}

	/**
	 * @param waitMs - Time in ms for which the rate limit paused the execution.
	 * @param isComplete - Whether all items were read.
	 */
	addRateLimitWait(waitMs: number, isComplete: boolean): void {
		if (waitMs < 1) return;
		const suffix = isComplete ? ' No data was lost.' : '';
		this.add('rateLimitWait', `The execution waited ${toSeconds(waitMs)} s because of GoFive's rate limit.${suffix}`);
	}

	/** @param retries - Number of requests that were retried for other reasons, and the longest wait of one in ms. */
	addRetries({ requests, longestWaitMs }: { requests: number; longestWaitMs: number }): void {
		if (requests === 0) return;
		const requestCount = requests === 1 ? '1 request' : `${requests} requests`;
		const reason = 'had to be sent again because GoFive or the network was temporarily unavailable';
		this.add('retries', `${requestCount} ${reason}. The longest wait was ${toSeconds(longestWaitMs)} s.`);
	}

	/**
	 * A single item needs no hint, because its error is the output.
	 * @param names - Names of the failed items.
	 * @param items - Number of all items.
	 */
	addFailedItems(names: string[], items: number): void {
		if (names.length === 0 || items === 1) return;
		const nameList = joinNames([...new Set(names)], MAX_ITEM_NAMES);
		const text = `${names.length} of ${items} items failed: ${nameList}. The messages are in the field 'error'.`;
		this.add('failedItems', text);
	}

	/** @param recordText - Text of the record that all items read. See `RecordReference`. */
	addEqualItems(items: number, recordText: string | undefined): void {
		const request = recordText ? `the same record (${recordText})` : 'the same data';
		const advice = recordText
			? 'Drag the column with the values from the input panel to the field, or turn on'
			: 'Turn on';
		const text = `All ${items} input items request ${request}, so every result is returned ${items} times. ${advice} 'Execute Once' in the settings of this node.`;
		this.add('equalItems', text);
	}

	/** Passes the hints to n8n. */
	show(context: IExecuteFunctions, redact: (text: string) => string): void {
		if (this.limited.items > 0) this.add('limit', this.describeLimit());
		const hints = [...this.texts.values()].map(({ text, count }) => ({
			message: escapeHtml(redact(count > 1 ? `${text} This applies to ${count} items.` : text)),
			location: 'outputPane' as const,
		}));
		if (hints.length > 0) context.addExecutionHints(...hints);
	}

	private describeLimit(): string {
		const { items, returnedRecords, totalRecords, hasUnknownTotal, pluralName } = this.limited;
		const itemCount = items > 1 ? ` for ${items} input items` : '';
		const counts = hasUnknownTotal
			? `The node returned ${returnedRecords} ${pluralName}${itemCount}, and GoFive has more`
			: `The node returned ${returnedRecords} of ${totalRecords} ${pluralName}${itemCount}`;
		return `${counts}. Turn on 'Return All' to return all of them.`;
	}
}
