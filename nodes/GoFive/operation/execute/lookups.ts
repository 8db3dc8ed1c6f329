import type { Client } from '../../api/transport/client';
import type { Entity, Lookup, LookupTables } from '../types';

/** Fetches the lookups of an execution, each once. A lookup that fails leaves its column null and adds a hint. */
export class LookupCache {
	private readonly tables = new Map<Lookup, Promise<Map<string, string> | undefined>>();

	constructor(
		private readonly client: Client,
		private readonly addHint: (text: string) => void,
	) {}

	/** @param columnKeys Keys of the columns that need a lookup. */
	async fetch({ columns }: Entity, columnKeys: string[]): Promise<LookupTables> {
		const lookups: LookupTables = {};
		for (const column of columnKeys) {
			const lookup = columns[column]?.lookup;
			if (lookup) lookups[column] = await this.load(lookup.source);
		}
		return lookups;
	}

	private async load(lookup: Lookup): Promise<Map<string, string> | undefined> {
		let table = this.tables.get(lookup);
		if (!table) {
			table = this.request(lookup);
			this.tables.set(lookup, table);
		}
		return await table;
	}

	private async request(lookup: Lookup): Promise<Map<string, string> | undefined> {
		try {
			// With priority, because the items that are already read wait for it.
			return lookup.receive(await this.client.send(lookup.request, true));
		} catch {
			this.addHint(lookup.failureHint);
			return undefined;
		}
	}
}
