import { DateTime } from 'luxon';
import type { Operation } from 'openapi-backend';
import type { ContractValidator } from './contractValidator.mts';
import { buildExampleRows, buildListBody, getRowsExtension } from './exampleResponses.mts';
import type { SeedBuilder } from './seed/seedCalendar.mts';
import { buildSeedCustomerRecords } from './seed/seedCustomers.mts';
import { buildSeedDeals } from './seed/seedDeals.mts';
import { SEED_EMPLOYEES } from './seed/seedEmployees.mts';
import { buildSeedExpenses } from './seed/seedExpenses.mts';
import { SEED_PRODUCTS } from './seed/seedProducts.mts';
import { buildSeedQuotations } from './seed/seedQuotations.mts';

/** Record as GoFive returns it in a list. */
export type SandboxRecord = Record<string, unknown>;

interface RecordListDefinition {
	/** Operation that reads the list. */
	operationId: string;
	/** Builds the values in which the first records differ from the contract's example. */
	seed: SeedBuilder<readonly SandboxRecord[]>;
	/** Filters by their key in the request. A filter that is not listed compares the value of the same key. */
	filters: Record<string, (record: SandboxRecord, value: unknown) => boolean>;
}

const containsKeyword = (record: SandboxRecord, keyword: unknown): boolean =>
	JSON.stringify(Object.values(record)).toLowerCase().includes(String(keyword).toLowerCase());

const toTime = (date: unknown): number => DateTime.fromISO(String(date)).toMillis();

/** Lists whose records can be changed. */
const RECORD_LISTS = {
	customers: { operationId: 'findCustomers', seed: buildSeedCustomerRecords, filters: {} },
	deals: {
		operationId: 'findDeals',
		seed: buildSeedDeals,
		filters: { dealStageIds: ({ dealStageId }, ids) => (ids as unknown[]).includes(dealStageId) },
	},
	employees: {
		operationId: 'findEmployees',
		seed: () => SEED_EMPLOYEES,
		filters: { keyWord: containsKeyword },
	},
	expenses: {
		operationId: 'findExpenses',
		seed: buildSeedExpenses,
		filters: {
			// Whether the type 0, No Type, returns all expenses is not known.
			expenseTypeId: ({ expenseDetails }, id) =>
				id === 0 || (expenseDetails as SandboxRecord[]).some(({ expenseTypeId }) => expenseTypeId === id),
			statusIds: ({ statusId }, ids) => (ids as string[]).includes(String(statusId)),
			// A row does not contain its employee.
			staffCodes: () => true,
			searchText: containsKeyword,
			dateStart: ({ dateTransaction }, date) => toTime(dateTransaction) >= toTime(date),
			dateEnd: ({ dateTransaction }, date) => toTime(dateTransaction) <= toTime(date),
		},
	},
	products: {
		operationId: 'listProducts',
		seed: () => SEED_PRODUCTS,
		filters: { status: ({ active }, statuses) => (statuses as number[]).includes(active === false ? 0 : 1) },
	},
	quotations: { operationId: 'findQuotations', seed: buildSeedQuotations, filters: {} },
} satisfies Record<string, RecordListDefinition>;

/** Name of a list. */
export type RecordListName = keyof typeof RECORD_LISTS;

const RECORD_LIST_NAMES = Object.keys(RECORD_LISTS) as RecordListName[];

/** Keys of a request that select no records. */
const PAGE_KEYS = ['take', 'pageLength', 'skip', 'orderBy'];

const isEmptyFilter = (value: unknown): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Records of one list, in memory. They begin as the seed data. */
export class RecordList {
	/** Records in the order of the list. New records come first. */
	records: SandboxRecord[] = [];
	readonly operationId: string;
	private readonly operation: Operation;
	private readonly definition: RecordListDefinition;
	private rowCount = 0;
	private shift = { by: 0, hasStarted: false };

	constructor(
		name: RecordListName,
		private readonly contract: ContractValidator,
	) {
		this.definition = RECORD_LISTS[name];
		this.operationId = this.definition.operationId;
		this.operation = contract.getOperation(this.operationId);
		this.reset();
	}

	/** Restores the seed data. */
	reset(): void {
		const seedRecords = this.definition.seed(Date.now());
		this.fill(seedRecords.length);
		this.records = this.records.map((row, index) => ({ ...row, ...seedRecords[index] }));
		this.shiftPages(0);
	}

	/**
	 * Replaces the records by rows of the contract's example.
	 * @param count - Number of records. Defaults to `x-rows` in the contract, which is more than a page for most lists
	 */
	fill(count = getRowsExtension(this.operation)?.count ?? 0): void {
		this.rowCount = 0;
		this.records = this.buildRows(count);
	}

	/**
	 * Adds records at the start of the list.
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
		const key = getRowsExtension(this.operation)?.key ?? '';
		const index = this.records.findIndex((record) => String(record[key]) === id);
		if (index < 0) throw new Error(`No record ${id}`);
		return (this.records[index] = this.validate({ ...this.records[index], ...changes }));
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

	private matches(record: SandboxRecord, key: string, value: unknown): boolean {
		const filter = this.definition.filters[key];
		if (filter) return filter(record, value);
		return key === 'keyword' ? containsKeyword(record, value) : record[key] === value;
	}

	private buildRows(count: number): SandboxRecord[] {
		const rows = buildExampleRows(this.operation, this.rowCount, count);
		this.rowCount += count;
		return rows;
	}

	private validate(record: SandboxRecord): SandboxRecord {
		const body = buildListBody(this.operation, [record]);
		const violations = this.contract.validateResponse(this.operationId, 200, body);
		if (violations.length > 0) throw new Error(violations.join(', '));
		return record;
	}
}

/** Creates all lists. */
export const createRecordLists = (contract: ContractValidator): Record<RecordListName, RecordList> =>
	Object.fromEntries(RECORD_LIST_NAMES.map((name) => [name, new RecordList(name, contract)])) as Record<
		RecordListName,
		RecordList
	>;
