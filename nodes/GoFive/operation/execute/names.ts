import type { IDataObject } from 'n8n-workflow';
import { toGoFiveError, type GoFiveError } from '../../api/errors';
import type { Client } from '../../api/client';
import type { Column, Entity, LookupTables, NameSource, Output } from '../types';
import { completeValues } from './buildRequest';
import { collectLookupIds, type ColumnContext } from './columns';
import { selectColumns } from './formatRecords';
import { addLabels } from './loadList';
import { readAll } from './readAll';

/**
 * Number of names that are looked up in parallel. After a lookup that failed, no other one starts, so this is also the
 * maximum number of requests that fail.
 */
const PARALLEL_LOOKUPS = 32;

/**
 * Whether GoFive does not know the record, or its ID cannot be part of a path. Any other error means that no name can be
 * loaded.
 */
const isUnknownRecord = ({ kind }: GoFiveError): boolean => ['refused', 'notFound', 'input'].includes(kind);

/** Names of one source. Each name, or the whole list, is fetched at most once per execution. */
class NameTable {
	readonly names = new Map<string, string>();
	/** Error after which no name is fetched any more. */
	private error?: GoFiveError;
	/** Whether a name was needed, and whether one was found. */
	private isUsed = false;
	private hasFoundNames = false;
	private list?: Promise<void>;
	private readonly lookups = new Map<string, Promise<void>>();
	private readonly lanes: Array<Promise<void>> = [];

	constructor(
		private readonly client: Client,
		private readonly source: NameSource,
		/** Whether the option Add Names adds the column of the names. */
		readonly isAddedName: boolean,
		private readonly onError: (error: GoFiveError) => void,
	) {}

	/** Whether a needed name was found. Also true if none was needed, or if the names could not be loaded. */
	get hasNames(): boolean {
		return this.hasFoundNames || !this.isUsed || this.error !== undefined;
	}

	/** Fetches the names for IDs. */
	async load(ids: Set<string>): Promise<void> {
		if (ids.size === 0) return;
		this.isUsed = true;
		if (this.source.idField === undefined) await (this.list ??= this.fetchList());
		else await Promise.all([...ids].map(async (id) => await this.fetchOnce(id)));
		this.hasFoundNames ||= [...ids].some((id) => Boolean(this.names.get(id)));
	}

	private async fetchList(): Promise<void> {
		const { operation, toEntry } = this.source;
		try {
			const values = completeValues(operation, {});
			addLabels(this.names, (await readAll(operation, values, this.client, { usesLargePages: true })).records, toEntry);
		} catch (error) {
			this.fail(error);
		}
	}

	/** Fetches the name for an ID after the previous lookup of its lane. */
	private async fetchOnce(id: string): Promise<void> {
		const startedLookup = this.lookups.get(id);
		if (startedLookup) return await startedLookup;
		const lane = this.lookups.size % PARALLEL_LOOKUPS;
		const previousLookup = this.lanes[lane] ?? Promise.resolve();
		const lookup = previousLookup.then(async () => await this.fetchName(id));
		this.lanes[lane] = lookup;
		this.lookups.set(id, lookup);
		await lookup;
	}

	private async fetchName(id: string): Promise<void> {
		if (this.error) return;
		const { operation, idField = '', toEntry } = this.source;
		const values = completeValues(operation, { [idField]: id });
		try {
			const { records } = await readAll(operation, values, this.client);
			// The table has the ID that was requested, because GoFive may spell it differently.
			addLabels(this.names, records.slice(0, 1), (record) => ({ ...toEntry(record), value: id }));
		} catch (error) {
			if (!isUnknownRecord(toGoFiveError(error))) this.fail(error);
		}
	}

	private fail(error: unknown): void {
		if (this.error) return;
		this.error = toGoFiveError(error);
		this.onError(this.error);
	}
}

/** Fetches the names that the records of an execution show. Each problem is reported once. */
export class NameCache {
	private readonly tables = new Map<NameSource, NameTable>();

	/** @param report - Reports that names are missing. */
	constructor(
		private readonly client: Client,
		private readonly report: (text: string) => void,
	) {}

	/** Fetches the names for the columns that the output shows. */
	async get(
		entity: Entity,
		output: Output,
		records: IDataObject[],
		context: Pick<ColumnContext, 'sent' | 'idField'>,
	): Promise<LookupTables> {
		const lookupTables: LookupTables = {};
		if (output.mode === 'raw') return lookupTables;
		const loads: Array<Promise<void>> = [];
		for (const key of selectColumns(entity, output)) {
			const table = this.getTable(key, entity.columns[key] as Column);
			if (!table) continue;
			lookupTables[key] = table.names;
			loads.push(table.load(collectLookupIds(records, key, entity, context)));
		}
		await Promise.all(loads);
		return lookupTables;
	}

	/** Reports the sources of added names of which not one name was found. Called after the last record. */
	reportMissingNames(): void {
		for (const [source, table] of this.tables) {
			if (!table.isAddedName || table.hasNames) continue;
			this.report(`No names of the ${source.pluralName} were found in GoFive. Codes are shown instead.`);
		}
	}

	private getTable(key: string, { lookup, isAddedName }: Column): NameTable | undefined {
		if (!lookup) return undefined;
		const { source } = lookup;
		const existing = this.tables.get(source);
		if (existing) return existing;
		const subject = `The names of the ${source.pluralName} could not be loaded`;
		const onError = (error: GoFiveError) => {
			const addedNamesText = `${subject}: ${error.message}. Codes are shown instead.`;
			const columnText = `${subject} from GoFive, so '${key}' is empty. All other data is complete.`;
			this.report(isAddedName ? addedNamesText : columnText);
		};
		const table = new NameTable(this.client, source, isAddedName === true, onError);
		this.tables.set(source, table);
		return table;
	}
}
