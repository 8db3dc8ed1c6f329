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

/** Records of one list, in memory. They begin as the seed data. */
export class RecordList {
	/** Records in the order of the list. New records come first. */
	records: SandboxRecord[] = [];
	/** Operation that reads the list or, if none does, a single record. */
	private readonly operation: Operation | undefined;
	private readonly definition: RecordListDefinition;
	/** Record in the example of Get. */
	private readonly example: SandboxRecord;
	/** Values of records before their changes, in the order of the changes. */
	private versions: Array<{ record: SandboxRecord; replacedAt: number; values: SandboxRecord }> = [];
	private rowCount = 0;
	private shift = { by: 0, hasStarted: false };

	constructor(
		name: RecordListName,
		private readonly contract: ContractValidator,
		/** All lists, to which this one is added. */
		readonly lists: RecordLists,
	) {
		this.definition = RECORD_LISTS[name];
		const operations = contract.operations.filter((operation) => getRecordsExtension(operation)?.list === name);
		const getOperation = operations.find(({ method }) => method === 'get');
		this.operation = operations.find(getRowsExtension) ?? getOperation;
		this.example = getOperation ? (getExampleData(getOperation) as SandboxRecord) : {};
	}

	/** Restores the seed data. */
	reset(): void {
		this.versions = [];
		const seedRecords = this.definition.seed?.(Date.now(), this.lists) ?? [];
		this.fill(seedRecords.length);
		this.records = seedRecords.map((record, index) => ({ ...this.records[index], ...record }));
		for (const record of this.records) this.complete(record);
		if (this.definition.containsExample) this.records.push({ ...this.example });
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
	 * Adds rows of the contract's example at the start of the list.
	 * @param values - Values that differ from the contract's example
	 * @throws Error if they break the contract
	 */
	create(values: SandboxRecord = {}, count = 1): SandboxRecord[] {
		const records = this.buildRows(count).map((row) => this.validate({ ...row, ...values }));
		this.records.unshift(...records);
		return records;
	}

	/**
	 * Changes a record, which keeps its position.
	 * @throws Error if there is no such record, or if the changes break the contract
	 */
	update(id: string, changes: SandboxRecord): SandboxRecord {
		const key = this.rowsExtension?.key ?? '';
		const index = this.records.findIndex((record) => String(record[key]) === id);
		if (index < 0) throw new Error(`No record ${id}`);
		return (this.records[index] = this.validate({ ...this.records[index], ...changes }));
	}

	/** Adds a record with the values of a request, and with the values that the sandbox assigns. */
	insert(values: SandboxRecord): SandboxRecord {
		const sentValues = Object.fromEntries(Object.entries(values).filter(isSent));
		const assignedValues = this.definition.assign?.(this, values);
		const record = { ...values, ...clearValues(this.example), ...assignedValues, ...sentValues };
		this.records.unshift(record);
		return this.change(record, {});
	}

	/** Changes a record of the list. Values that are not sent stay as they are. */
	change(record: SandboxRecord, changes: SandboxRecord): SandboxRecord {
		this.versions.push({ record, replacedAt: Date.now(), values: structuredClone(record) });
		const hasModification = 'dateModified' in this.example;
		return this.complete(Object.assign(record, changes, hasModification && getModification()));
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
		return this.records.find((record) => `${record[key] as string | number}` === text);
	}

	/** Returns the number after the highest one in a key. */
	nextId(key: string): number {
		return 1 + Math.max(0, ...this.records.map((record) => Number(record[key]) || 0));
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

	/** Finds the records that match all filters in the body of a request. */
	find(body: SandboxRecord): SandboxRecord[] {
		const criteria = Object.entries(body).filter(([key, value]) => !PAGE_KEYS.includes(key) && !isEmptyFilter(value));
		return this.records.filter((record) => criteria.every(([key, value]) => this.matches(record, key, value)));
	}

	/** Returns what a record breaks in the contract. */
	findViolations(record: SandboxRecord): string[] {
		if (!this.operation) return [];
		const body = buildResponseBody(this.operation, this.rowsExtension ? [record] : record);
		return this.contract.validateResponse(this.operation.operationId ?? '', 200, body);
	}

	private complete(record: SandboxRecord): SandboxRecord {
		return Object.assign(record, this.definition.complete?.(record, this.lists));
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
