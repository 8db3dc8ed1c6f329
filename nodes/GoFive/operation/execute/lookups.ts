import type { Client } from '../../api/client';
import type { ListSource } from '../listSource';
import type { Entity, LookupTables, Output } from '../types';
import { selectColumns } from './formatRecords';
import { fetchLabels } from './loadList';

/** Fetches each lookup at most once per execution. A lookup that fails leaves its column null and adds a hint. */
export class LookupCache {
	private readonly tables = new Map<ListSource, Promise<Map<string, string> | undefined>>();

	constructor(
		private readonly client: Client,
		private readonly addHint: (text: string) => void,
	) {}

	/** Fetches the lookup tables of the columns that the output contains. */
	async getTables(entity: Entity, output: Output): Promise<LookupTables> {
		const lookupTables: LookupTables = {};
		for (const columnKey of output.mode === 'raw' ? [] : selectColumns(entity, output)) {
			const source = entity.columns[columnKey]?.lookup?.source;
			if (!source) continue;
			const table = this.tables.get(source) ?? this.fetchTable(source, columnKey);
			this.tables.set(source, table);
			lookupTables[columnKey] = await table;
		}
		return lookupTables;
	}

	private async fetchTable(source: ListSource, columnKey: string): Promise<Map<string, string> | undefined> {
		try {
			return (await fetchLabels(source, async (request) => await this.client.send(request))).labels;
		} catch {
			const text = `The names of the ${source.pluralName} could not be loaded from GoFive, so '${columnKey}' is empty. All other data is complete.`;
			this.addHint(text);
			return undefined;
		}
	}
}
