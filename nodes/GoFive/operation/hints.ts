import type { IExecuteFunctions } from 'n8n-workflow';

/** What the user is told beside the data once a run has ended; each text once. */
export class Hints {
	private readonly texts = new Set<string>();
	private cuts = 0;
	private shown = 0;
	private found = 0;
	private plural = '';

	add(text: string): void {
		this.texts.add(text);
	}

	/** A limit kept `shown` of `found` records of one item. */
	cut(shown: number, found: number, plural: string): void {
		this.cuts += 1;
		this.shown += shown;
		this.found += found;
		this.plural = plural;
	}

	/** @param milliseconds how long the rate limit made the run stand still */
	waited(milliseconds: number): void {
		if (milliseconds < 1) return;
		const seconds = Math.max(1, Math.round(milliseconds / 1000));
		this.add(`The run waited ${seconds} s because GoFive's rate limit asked for it. Nothing was lost.`);
	}

	/** Hands the hints to n8n, which shows them above the output. */
	tell(context: IExecuteFunctions): void {
		if (this.cuts > 0) {
			const where = this.cuts > 1 ? ` (of ${this.cuts} input items)` : '';
			this.add(`${this.shown} of ${this.found} ${this.plural}${where}; turn on 'Return All' to get them all.`);
		}
		const hints = [...this.texts].map((message) => ({ message, location: 'outputPane' as const }));
		if (hints.length) context.addExecutionHints(...hints);
	}
}
