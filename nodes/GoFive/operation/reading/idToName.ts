import type { GoFiveError } from '../../api/errors';
import type { Client } from '../../api/client';
import type { Column, LookupTables, NameSource } from '../entity';
import type { Part } from '../operation';
import { collectLookupIds, selectColumns, type NameFormat, type NameLookup, type Row } from '../records/columns';
import { addLabels, getOperation, readEntries, readEntry } from './entries';
import { readParts } from './readParts';

/** Whether only the one name is not known: its ID is wrong, or cannot be part of a path. Otherwise no name can be loaded. */
const isUnknownRecord = ({ fault }: GoFiveError): boolean => fault === 'record' || fault === 'input';

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
		const { idField } = this.source;
		if (idField === undefined) await (this.list ??= this.fetchList());
		else await this.fetchEach([...ids], idField);
		this.hasFoundNames ||= [...ids].some((id) => Boolean(this.names.get(id)));
	}

	private async fetchList(): Promise<void> {
		try {
			addLabels(this.names, await readEntries(this.source, this.client));
		} catch (error) {
			this.fail(this.client.toError(error));
		}
	}

	/** Fetches the names for IDs, each of them once. */
	private async fetchEach(ids: string[], idField: string): Promise<void> {
		const lookups = ids.map(async (id) => {
			const lookup = this.lookups.get(id) ?? this.fetchName(id, idField);
			this.lookups.set(id, lookup);
			await lookup;
		});
		await Promise.all(lookups);
	}

	/** Reads the record with a name. After a failure that concerns all names, no other name is requested. */
	private async fetchName(id: string, idField: string): Promise<void> {
		const part: Part = { key: id, name: '', values: { [idField]: id } };
		const [result] = await readParts(getOperation(this.source), {}, [part], this.client, {
			isObsolete: () => this.error !== undefined,
		});
		if (!result) return;
		if ('error' in result) return isUnknownRecord(result.error) ? undefined : this.fail(result.error);
		const [record] = result.records;
		// The table has the ID that was requested, because GoFive may spell it differently.
		if (record) this.names.set(id, readEntry({ record }, this.source).label);
	}

	private fail(error: GoFiveError): void {
		if (this.error) return;
		this.error = error;
		this.onError(error);
	}
}

/** Fetches the names that the records of an execution show. Each problem is reported once. */
export class NamesById implements NameLookup {
	private readonly tables = new Map<NameSource, NameTable>();

	/** @param report - Reports that names are missing. */
	constructor(
		private readonly client: Client,
		private readonly report: (text: string) => void,
	) {}

	/** Fetches the names for the columns that the output shows. */
	async get(rows: Row[], { entity, output, idField }: NameFormat): Promise<LookupTables> {
		const lookupTables: LookupTables = {};
		if (!entity || output.mode === 'raw') return lookupTables;
		const loads: Array<Promise<void>> = [];
		for (const key of selectColumns(entity, output)) {
			const table = this.getTable(key, entity.columns[key] as Column);
			if (!table) continue;
			lookupTables[key] = table.names;
			loads.push(table.load(collectLookupIds(rows, key, entity, idField)));
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
			const columnText = `${subject} from GoFive, so '${key}' is empty. The other fields are not affected.`;
			this.report(isAddedName ? addedNamesText : columnText);
		};
		const table = new NameTable(this.client, source, isAddedName === true, onError);
		this.tables.set(source, table);
		return table;
	}
}
