import type { IExecuteFunctions } from 'n8n-workflow';
import { brief } from '../text';
import { listed } from './items';

/** How many items a hint names; a list of hundreds helps nobody. */
const MOST_NAMES = 5;

const seconds = (milliseconds: number): number => Math.max(1, Math.round(milliseconds / 1000));

/** Told where GoFive gives no other records than those that it has given. */
export const sameAgain = (plural: string): string =>
	`GoFive gave the same ${plural} again when it was asked for the next ones, so it may have more than were returned.`;

/** What the user is told beside the data once a run has ended; of each kind once. */
export class Hints {
	private readonly texts = new Map<string, { text: string; times: number }>();
	private cuts = 0;
	private shown = 0;
	private found = 0;
	private plural = '';

	/** @param kind of several texts of one kind only the first is told */
	add(kind: string, text: string): void {
		const told = this.texts.get(kind);
		if (told) told.times += 1;
		else this.texts.set(kind, { text, times: 1 });
	}

	/** A limit kept `shown` of `found` records of one item; undefined where GoFive does not say how many there are. */
	cut(shown: number, found: number | undefined, plural: string): void {
		this.cuts += 1;
		this.shown += shown;
		this.found += found ?? NaN;
		this.plural = plural;
	}

	/** @param milliseconds how long the rate limit made the run stand still; @param lost whether it cost an item all the same */
	waited(milliseconds: number, lost: boolean): void {
		if (milliseconds < 1) return;
		const end = lost ? '' : ' Nothing was lost.';
		this.add('waited', `The run waited ${seconds(milliseconds)} s because GoFive's rate limit asked for it.${end}`);
	}

	/** @param requests how many were sent again after other trouble; @param longest how long the last of them waited, in milliseconds */
	repeated({ requests, longest }: { requests: number; longest: number }): void {
		if (requests === 0) return;
		const what = requests === 1 ? '1 request' : `${requests} requests`;
		const why = 'had to be sent again because of a short interruption at GoFive or in the network';
		this.add('repeated', `${what} ${why}; the longest wait was ${seconds(longest)} s.`);
	}

	/** @param names of the items that failed, @param items how many there were; a single one speaks for itself */
	failed(names: string[], items: number): void {
		if (names.length === 0 || items === 1) return;
		const different = [...new Set(names)];
		const which = listed(different.map(brief), MOST_NAMES);
		this.add('failed', `${names.length} of ${items} items failed: ${which}. Their messages are in the column 'error'.`);
	}

	/** All items of the run ask for the same. @param subject what they ask about */
	equal(items: number, subject: string | undefined): void {
		const what = subject ? `the same, ${subject}` : 'the same';
		const next = subject ? 'Take the value from a column of the input, or turn on' : 'Turn on';
		this.add(
			'equal',
			`All ${items} input items ask for ${what}, so every result comes ${items} times. ${next} 'Execute Once' in the settings of this node.`,
		);
	}

	/** Hands the hints to n8n, which shows them above the output. */
	show(context: IExecuteFunctions): void {
		if (this.cuts > 0) {
			const where = this.cuts > 1 ? ` (of ${this.cuts} input items)` : '';
			const { shown, found, plural } = this;
			const what = Number.isNaN(found)
				? `${shown} returned${where}, and GoFive has more ${plural}`
				: `${shown} of ${found} ${plural}${where}`;
			this.add('cut', `${what}; turn on 'Return All' to get them all.`);
		}
		const hints = [...this.texts.values()].map(({ text, times }) => ({
			message: times > 1 ? `${text} This applies to ${times} items.` : text,
			location: 'outputPane' as const,
		}));
		if (hints.length) context.addExecutionHints(...hints);
	}
}
