import type { IExecuteFunctions } from 'n8n-workflow';
import { truncateValue } from '../invalidValue';
import { joinNames } from './items';
import { SECOND_MS } from '../../shared/units';

/** How many items a hint names; a list of hundreds helps nobody. */
const MAX_ITEM_NAMES = 5;

const toSeconds = (waitMs: number): number => Math.max(1, Math.round(waitMs / SECOND_MS));

/** Told where GoFive gives no other records than those that it has given. */
export const repeatedPageHint = (pluralName: string): string =>
	`GoFive gave the same ${pluralName} again when it was asked for the next ones, so it may have more than were returned.`;

/** What the user is told beside the data once a run has ended; of each kind once. */
export class Hints {
	private readonly texts = new Map<string, { text: string; count: number }>();
	private limitedItems = 0;
	private returnedRecords = 0;
	private foundRecords = 0;
	private pluralName = '';

	/** @param kind of several texts of one kind only the first is told */
	add(kind: string, text: string): void {
		const existing = this.texts.get(kind);
		if (existing) existing.count += 1;
		else this.texts.set(kind, { text, count: 1 });
	}

	/** A limit kept `shown` of `found` records of one item; undefined where GoFive does not say how many there are. */
	addLimit(returnedRecords: number, foundRecords: number | undefined, pluralName: string): void {
		this.limitedItems += 1;
		this.returnedRecords += returnedRecords;
		this.foundRecords += foundRecords ?? NaN;
		this.pluralName = pluralName;
	}

	/** @param waitMs how long the rate limit made the run stand still; @param hasFailures whether it cost an item all the same */
	addRateLimitWait(waitMs: number, hasFailures: boolean): void {
		if (waitMs < 1) return;
		const end = hasFailures ? '' : ' Nothing was lost.';
		this.add('waited', `The run waited ${toSeconds(waitMs)} s because GoFive's rate limit asked for it.${end}`);
	}

	/** @param requests how many were sent again after other trouble; @param longest how long the last of them waited, in milliseconds */
	addRetries({ requests, longestWaitMs }: { requests: number; longestWaitMs: number }): void {
		if (requests === 0) return;
		const what = requests === 1 ? '1 request' : `${requests} requests`;
		const why = 'had to be sent again because of a short interruption at GoFive or in the network';
		this.add('repeated', `${what} ${why}; the longest wait was ${toSeconds(longestWaitMs)} s.`);
	}

	/** @param names of the items that failed, @param items how many there were; a single one speaks for itself */
	addFailedItems(names: string[], items: number): void {
		if (names.length === 0 || items === 1) return;
		const uniqueNames = [...new Set(names)];
		const nameList = joinNames(uniqueNames.map(truncateValue), MAX_ITEM_NAMES);
		this.add(
			'failed',
			`${names.length} of ${items} items failed: ${nameList}. Their messages are in the column 'error'.`,
		);
	}

	/** All items of the run ask for the same. @param subject what they ask about */
	addEqualItems(items: number, subject: string | undefined): void {
		const what = subject ? `the same, ${subject}` : 'the same';
		const next = subject ? 'Take the value from a column of the input, or turn on' : 'Turn on';
		this.add(
			'equal',
			`All ${items} input items ask for ${what}, so every result comes ${items} times. ${next} 'Execute Once' in the settings of this node.`,
		);
	}

	/** Hands the hints to n8n, which shows them above the output. */
	show(context: IExecuteFunctions): void {
		if (this.limitedItems > 0) {
			const where = this.limitedItems > 1 ? ` (of ${this.limitedItems} input items)` : '';
			const { returnedRecords, foundRecords, pluralName } = this;
			const what = Number.isNaN(foundRecords)
				? `${returnedRecords} returned${where}, and GoFive has more ${pluralName}`
				: `${returnedRecords} of ${foundRecords} ${pluralName}${where}`;
			this.add('cut', `${what}; turn on 'Return All' to get them all.`);
		}
		const hints = [...this.texts.values()].map(({ text, count }) => ({
			message: count > 1 ? `${text} This applies to ${count} items.` : text,
			location: 'outputPane' as const,
		}));
		if (hints.length) context.addExecutionHints(...hints);
	}
}
