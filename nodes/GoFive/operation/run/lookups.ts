import type { Client } from '../../api/send/client';
import type { Entity, Lookup, Names } from '../types';

/** Fetches the look-ups of a run, each once; one that does not work is missing, and a hint says so. */
export class LookupDesk {
	private readonly fetched = new Map<Lookup, Promise<Map<string, string> | undefined>>();

	constructor(
		private readonly client: Client,
		private readonly hint: (text: string) => void,
	) {}

	/** @param needed the columns that need a look-up */
	async fetch({ columns }: Entity, needed: string[]): Promise<Names> {
		const names: Names = {};
		for (const column of needed) {
			const lookup = columns[column]?.lookup;
			if (lookup) names[column] = await this.once(lookup.names);
		}
		return names;
	}

	private async once(lookup: Lookup): Promise<Map<string, string> | undefined> {
		let known = this.fetched.get(lookup);
		if (!known) {
			known = this.ask(lookup);
			this.fetched.set(lookup, known);
		}
		return await known;
	}

	private async ask(lookup: Lookup): Promise<Map<string, string> | undefined> {
		try {
			return lookup.receive(await this.client.send(lookup.request, true));
		} catch {
			this.hint(lookup.missing);
			return undefined;
		}
	}
}
