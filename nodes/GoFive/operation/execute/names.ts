import type { Client } from '../../api/client';
import type { Entity, LookupTables, NameSource, Output } from '../types';
import { selectColumns } from './formatRecords';
import { fetchLabels } from './loadList';

/** Names by ID. Undefined if they could not be fetched. */
type NameTable = Map<string, string> | undefined;

/** Fetches the names of each source at most once per execution. If that fails, their column is null and a hint is added. */
export class NameCache {
	private readonly tables = new Map<NameSource, Promise<NameTable>>();

	constructor(
		private readonly client: Client,
		private readonly addHint: (text: string) => void,
	) {}

	/** Fetches the names that the columns of the output show. */
	async get(entity: Entity, output: Output): Promise<LookupTables> {
		const lookupTables: LookupTables = {};
		if (output.mode === 'raw') return lookupTables;
		for (const columnKey of selectColumns(entity, output)) {
			const source = entity.columns[columnKey]?.lookup?.source;
			if (source) lookupTables[columnKey] = await this.getTable(source, columnKey);
		}
		return lookupTables;
	}

	private async getTable(source: NameSource, columnKey: string): Promise<NameTable> {
		const table = this.tables.get(source) ?? this.fetchTable(source, columnKey);
		this.tables.set(source, table);
		return await table;
	}

	private async fetchTable(source: NameSource, columnKey: string): Promise<NameTable> {
		try {
			return (await fetchLabels(source, async (request) => await this.client.send(request))).labels;
		} catch {
			const text = `The names of the ${source.pluralName} could not be loaded from GoFive, so '${columnKey}' is empty. All other data is complete.`;
			this.addHint(text);
			return undefined;
		}
	}
}
