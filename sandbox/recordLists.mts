import type { Operation } from 'openapi-backend';
import type { ContractValidator } from './contractValidator.mts';
import { buildExampleRows, buildResponseBody, getExampleData, getRowsExtension } from './exampleResponses.mts';
import {
	containsKeyword,
	getModification,
	RECORD_LISTS,
	type RecordListDefinition,
	type RecordListName,
	type RecordLists,
} from './recordDefinitions.mts';
import { getRecordsExtension } from './recordsExtension.mts';

export type { RecordListName, RecordLists } from './recordDefinitions.mts';

/** Record as GoFive returns it. */
export type SandboxRecord = Record<string, unknown>;

/** Keys of a request that select no records. */
const PAGE_KEYS = ['take', 'pageLength', 'skip', 'orderBy'];

const isEmptyFilter = (value: unknown): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Returns a record in which lists are empty and all other values null. */
const clearValues = (record: SandboxRecord): SandboxRecord =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, Array.isArray(value) ? [] : null]));

const isSent = ([, value]: [string, unknown]): boolean => value !== null && value !== undefined;

/**
 * Records of one list, in memory. They begin as the seed data. `createFromRequest` and `updateFromRequest` take the
 * values of a request, and derive the others from them. `create` and `update` take a record as GoFive returns it, also
 * values that no request can write. They derive nothing.
 */
export class RecordList {
	/** Undefined until the seed data is needed, because most tests use few of the lists. */
	private listedRecords: SandboxRecord[] | undefined;
	private resetAtMs = 0;
	/** Records by the text of `indexedKey`. Undefined after a change of the list. */
	private index: Map<string, SandboxRecord[]> | undefined;
	/** Operation that reads the list or, if none does, a single record. */
	private readonly operation: Operation | undefined;
	private readonly definition: RecordListDefinition;
	/** Record in the example of Get, or the first one in that of a list. */
	private readonly example: SandboxRecord;
	/** Values of records before their changes, in the order of the changes. */
	private versions: Array<{ record: SandboxRecord; replacedAt: number; values: SandboxRecord }> = [];
	private rowCount = 0;
	/** Highest number so far, by the key of `nextId`. */
	private readonly lastIds = new Map<string, number>();
	private shift = { by: 0, hasStarted: false };

	constructor(
		name: RecordListName,
		private readonly contract: ContractValidator,
		/** All lists, to which this one is added. */
		private readonly lists: RecordLists,
	) {
		this.definition = RECORD_LISTS[name];
		const operations = contract.operations.filter((operation) => getRecordsExtension(operation)?.list === name);
		const getOperation = operations.find(({ method }) => method === 'get');
		this.operation = operations.find(getRowsExtension) ?? getOperation;
		const [example = {}] = getOperation ? ([getExampleData(getOperation)].flat() as SandboxRecord[]) : [];
		this.example = example;
	}

	/** Records in the order of the list. */
	get records(): SandboxRecord[] {
		return this.listedRecords ?? this.buildSeedRecords();
	}

	set records(records: SandboxRecord[]) {
		this.listedRecords = records;
		this.index = undefined;
	}

	/** Restores the seed data. */
	reset(): void {
		this.versions = [];
		this.listedRecords = undefined;
		this.index = undefined;
		this.lastIds.clear();
		this.resetAtMs = Date.now();
		this.shiftPages(0);
	}

	/**
	 * Replaces the records by rows of the contract's example.
	 * @param count - Number of records. Defaults to `x-rows` in the contract, which is more than a page for most lists
	 */
	fill(count = this.rowsExtension?.count ?? 0): void {
		this.rowCount = 0;
		this.records = this.buildRows(count);
	}

	/**
	 * Adds records as GoFive returns them: rows of the contract's example.
	 * @param values - Values that differ from the contract's example
	 * @throws Error if they break the contract, or if it has no rows of this list
	 */
	create(values: SandboxRecord = {}, count = 1): SandboxRecord[] {
		if (!this.rowsExtension) throw new Error('The contract has no rows of this list. Use createFromRequest().');
		// The rows are numbered after those of the seed data.
		const { records } = this;
		const newRecords = this.buildRows(count).map((row) => this.validate({ ...row, ...values }));
		this.add(records, newRecords);
		return newRecords;
	}

	/** Adds a record with the values of a request, and with the values that the sandbox assigns. */
	createFromRequest(values: SandboxRecord): SandboxRecord {
		const sentValues = Object.fromEntries(Object.entries(values).filter(isSent));
		const assignedValues = this.definition.assign?.(this, values);
		const record = { ...values, ...clearValues(this.example), ...assignedValues, ...sentValues };
		this.add(this.records, [record]);
		return this.write(record, {});
	}

	/**
	 * Changes values of a record as GoFive returns it. It keeps its position.
	 * @throws Error if there is no such record, or if the changes break the contract
	 */
	update(id: string, changes: SandboxRecord): SandboxRecord {
		const key = this.rowsExtension?.key ?? '';
		const index = this.records.findIndex((record) => String(record[key]) === id);
		if (index < 0) throw new Error(`No record ${id}`);
		this.index = undefined;
		return (this.records[index] = this.validate({ ...this.records[index], ...changes }));
	}

	/** Changes a record with the values of a request. Values that are not sent stay as they are. */
	updateFromRequest(record: SandboxRecord, changes: SandboxRecord): SandboxRecord {
		this.versions.push({ record, replacedAt: Date.now(), values: structuredClone(record) });
		return this.write(record, changes);
	}

	/** Removes a record of the list. */
	remove(record: SandboxRecord): void {
		this.records = this.records.filter((other) => other !== record);
	}

	/**
	 * Returns a record as it was some time ago.
	 * @param ageMs - The time in ms
	 */
	readOldVersion(record: SandboxRecord, ageMs: number): SandboxRecord {
		const at = Date.now() - ageMs;
		this.versions = this.versions.filter(({ replacedAt }) => replacedAt > at);
		return this.versions.find((version) => version.record === record)?.values ?? record;
	}

	/** Returns the values of the records that a request contains. */
	split(values: SandboxRecord): SandboxRecord[] {
		return this.definition.split?.(values) ?? [values];
	}

	/** Finds the record that has a text or a number in a key. A number and its text are equal. */
	findBy(key: string, value: unknown): SandboxRecord | undefined {
		if (value === undefined || value === null) return undefined;
		const text = `${value as string | number}`;
		if (key === this.definition.indexedKey) return this.findIndexed(text)[0];
		return this.records.find((record) => `${record[key] as string | number}` === text);
	}

	/** Returns the number after the highest one in a key, or after the one that it returned last. */
	nextId(key: string): number {
		const lastId =
			this.lastIds.get(key) ?? this.records.reduce((highest, record) => Math.max(highest, Number(record[key]) || 0), 0);
		this.lastIds.set(key, lastId + 1);
		return lastId + 1;
	}

	/**
	 * Returns a number of a document or a code: a prefix, which may end with a month, and the next serial number.
	 * @param digits - Number of digits of the serial number
	 */
	nextNumber(key: string, prefix: string, digits: number): string {
		const [letters = ''] = /^[A-Z]*/.exec(prefix) ?? [];
		const pattern = new RegExp(`^${letters}\\d{${prefix.length - letters.length}}(\\d{${digits}})$`);
		const serialNumbers = this.records.map((record) => Number(pattern.exec(String(record[key]))?.[1] ?? 0));
		return prefix + String(1 + Math.max(0, ...serialNumbers)).padStart(digits, '0');
	}

	/**
	 * Shifts all pages but the first one of the next time that the list is read.
	 * @param by - 1 as if a record of the first page had been deleted meanwhile, -1 as if one had been added
	 */
	shiftPages(by: number): void {
		this.shift = { by, hasStarted: false };
	}

	/** Returns the index of the first record of a page, and counts the page as read. */
	startOfPage(skip: number): number {
		if (skip === 0 && this.shift.hasStarted) this.shiftPages(0);
		if (skip > 0) this.shift.hasStarted = true;
		return skip > 0 ? Math.max(0, skip + this.shift.by) : 0;
	}

	/** Finds the records that match all filters in the query and the body of a request. */
	find(filters: SandboxRecord): SandboxRecord[] {
		const criteria = Object.entries(filters).filter(
			([key, value]) => !PAGE_KEYS.includes(key) && !isEmptyFilter(value),
		);
		const [, indexedValue] = criteria.find(([key]) => key === this.definition.indexedKey) ?? [];
		const records = typeof indexedValue === 'string' ? this.findIndexed(indexedValue) : this.records;
		return records.filter((record) => criteria.every(([key, value]) => this.matches(record, key, value)));
	}

	/** Returns the row that the list shows of a record. */
	toRow(record: SandboxRecord): SandboxRecord {
		return this.definition.toRow?.(record) ?? record;
	}

	/** Returns what a record breaks in the contract. */
	findViolations(record: SandboxRecord): string[] {
		if (!this.operation) return [];
		const body = buildResponseBody(this.operation, this.rowsExtension ? [record] : record);
		return this.contract.validateResponse(this.operation.operationId ?? '', 200, body);
	}

	private buildSeedRecords(): SandboxRecord[] {
		const seedRecords = this.definition.seed?.(this.resetAtMs, this.lists) ?? [];
		this.rowCount = 0;
		const rows = this.buildRows(seedRecords.length);
		const records: SandboxRecord[] = seedRecords.map((record, index) => Object.assign(rows[index] ?? {}, record));
		// Completing a record may read the list.
		this.records = records;
		for (const record of records) this.complete(record);
		if (this.definition.containsExample) records.push({ ...this.example });
		this.index = undefined;
		return records;
	}

	private add(records: SandboxRecord[], newRecords: SandboxRecord[]): void {
		this.index = undefined;
		if (this.definition.isOldestFirst) records.push(...newRecords);
		else records.unshift(...newRecords);
	}

	private write(record: SandboxRecord, changes: SandboxRecord): SandboxRecord {
		this.index = undefined;
		const hasModification = 'dateModified' in this.example;
		this.complete(Object.assign(record, changes, hasModification && getModification()));
		return Object.assign(record, this.definition.writeOtherLists?.(record, this.lists));
	}

	private findIndexed(text: string): SandboxRecord[] {
		this.index ??= this.buildIndex(this.definition.indexedKey ?? '');
		return this.index.get(text) ?? [];
	}

	private buildIndex(key: string): Map<string, SandboxRecord[]> {
		const index = new Map<string, SandboxRecord[]>();
		for (const record of this.records) {
			const text = `${record[key] as string | number}`;
			const others = index.get(text);
			if (others) others.push(record);
			else index.set(text, [record]);
		}
		return index;
	}

	private complete(record: SandboxRecord): void {
		Object.assign(record, this.definition.complete?.(record, this.lists));
	}

	private get rowsExtension() {
		return this.operation && getRowsExtension(this.operation);
	}

	private matches(record: SandboxRecord, key: string, value: unknown): boolean {
		const filter = this.definition.filters?.[key];
		if (filter) return filter(record, value);
		return key === 'keyword' ? containsKeyword(record, value) : record[key] === value;
	}

	private buildRows(count: number): SandboxRecord[] {
		this.lastIds.clear();
		if (!this.operation || !this.rowsExtension) return [];
		const rows = buildExampleRows(this.operation, this.rowCount, count);
		this.rowCount += count;
		return rows;
	}

	private validate(record: SandboxRecord): SandboxRecord {
		const violations = this.findViolations(record);
		if (violations.length > 0) throw new Error(violations.join(', '));
		return record;
	}
}

/** Creates all lists with the seed data. */
export function createRecordLists(contract: ContractValidator): RecordLists {
	const lists = {} as RecordLists;
	for (const name of Object.keys(RECORD_LISTS) as RecordListName[]) {
		lists[name] = new RecordList(name, contract, lists);
		lists[name].reset();
	}
	return lists;
}
