import type { Client } from '../../api/transport/client';
import type { Entity, Lookup, LookupTables } from '../types';

/** Fetches each lookup at most once per execution. A lookup that fails leaves its column null and adds a hint. */
export class LookupCache {
	private readonly tables = new Map<Lookup, Promise<Map<string, string> | undefined>>();

	constructor(
		private readonly client: Client,
		private readonly addHint: (text: string) => void,
	) {}

	/**
	 * Fetches the lookup tables of columns.
	 * @param columnKeys - Keys of the returned columns. Columns without a lookup are ignored.
	 */
	async getTables({ columns }: Entity, columnKeys: string[]): Promise<LookupTables> {
		const lookupTables: LookupTables = {};
		for (const columnKey of columnKeys) {
			const columnLookup = columns[columnKey]?.lookup;
			if (columnLookup) lookupTables[columnKey] = await this.getTable(columnLookup.source);
		}
		return lookupTables;
	}

	private async getTable(lookup: Lookup): Promise<Map<string, string> | undefined> {
		let tablePromise = this.tables.get(lookup);
		if (!tablePromise) {
			tablePromise = this.fetchTable(lookup);
			this.tables.set(lookup, tablePromise);
		}
		return await tablePromise;
	}

	private async fetchTable(lookup: Lookup): Promise<Map<string, string> | undefined> {
		try {
			// Sent with priority, because items whose records have been fetched wait for the lookup.
			return lookup.receive(await this.client.send(lookup.request, true));
		} catch {
			this.addHint(lookup.failureHint);
			return undefined;
		}
	}
}
