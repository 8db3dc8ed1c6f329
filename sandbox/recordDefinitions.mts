import { DateTime } from 'luxon';
import { completeQuotation, completeSalesOrder, toSalesOrder } from './documentRecords.mts';
import type { RecordList, SandboxRecord } from './recordLists.mts';
import { formatThaiTime } from './seed/seedCalendar.mts';
import { buildSeedCustomerRecords, CUSTOMER_STATES } from './seed/seedCustomers.mts';
import { buildSeedDeals, DEAL_STAGES } from './seed/seedDeals.mts';
import { SEED_EMPLOYEES } from './seed/seedEmployees.mts';
import { buildSeedEvents, SEED_EVENT_TYPES } from './seed/seedEvents.mts';
import { buildSeedExpenses } from './seed/seedExpenses.mts';
import { SEED_PRODUCTS } from './seed/seedProducts.mts';
import { buildSeedQuotations } from './seed/seedQuotations.mts';

/** Name of a list, as in the extension `x-records` of the contract. */
export type RecordListName =
	| 'cases'
	| 'chatMessages'
	| 'contracts'
	| 'conversions'
	| 'customerEvents'
	| 'customers'
	| 'deals'
	| 'employees'
	| 'eventTypes'
	| 'expenses'
	| 'products'
	| 'quotations'
	| 'salesOrders'
	| 'satisfactionScores'
	| 'serialNumbers'
	| 'serviceAgreements';

/** All lists by name. */
export type RecordLists = Record<RecordListName, RecordList>;

/** What a list contains, and which values of its records are not sent by a request. */
export interface RecordListDefinition {
	/** Builds the values in which the first records differ from the contract's example. They are completed, too. */
	seed?(nowMs: number, lists: RecordLists): readonly SandboxRecord[];
	/** Whether the record in the example of Get is in the list, too. */
	containsExample?: boolean;
	/** Whether new records come last instead of first. */
	isOldestFirst?: boolean;
	/**
	 * Key by which thousands of requests search, so that the sandbox takes little time for each. Records that are added
	 * to the array of the list, not by a method, are not found by it.
	 */
	indexedKey?: string;
	/** Filters by their key in the request. A filter that is not listed compares the value of the same key. */
	filters?: Record<string, (record: SandboxRecord, value: unknown) => boolean>;
	/** Replaces what a request sends by the values of one or more records. */
	split?(values: SandboxRecord): SandboxRecord[];
	/** Builds the codes, numbers and IDs of a new record, and other values that a request need not send. */
	assign?(list: RecordList, values: SandboxRecord): SandboxRecord;
	/** Builds the values that follow from others, at the start and after each write. */
	complete?(record: SandboxRecord, lists: RecordLists): SandboxRecord;
	/** Writes records of other lists after each write of a record, and returns values that it gets from them. */
	writeOtherLists?(record: SandboxRecord, lists: RecordLists): SandboxRecord;
	/** Builds the row that a list shows of a record, if it is not the record. */
	toRow?(record: SandboxRecord): SandboxRecord;
}

/** Whether a value of a record contains a text, in any letter case. */
export const containsKeyword = (record: SandboxRecord, keyword: unknown): boolean =>
	JSON.stringify(Object.values(record)).toLowerCase().includes(String(keyword).toLowerCase());

const toTime = (date: unknown): number => DateTime.fromISO(String(date)).toMillis();

const getNow = (): DateTime => DateTime.now().setZone('Asia/Bangkok');
const formatNow = (): string => formatThaiTime(getNow());
const formatMonth = (): string => getNow().toFormat('yyMM');

const toRows = (value: unknown): SandboxRecord[] => (Array.isArray(value) ? (value as SandboxRecord[]) : []);

/** User who creates the records of the API. */
const API_USER_ID = SEED_EMPLOYEES[0]?.userId;

/** Returns the user and the time of a change. */
export const getModification = (): SandboxRecord => ({ modifiedByUserId: API_USER_ID, dateModified: formatNow() });

/** Highest type of a customer in a request: 1 for a business, 2 for an individual. */
const MAX_LEGAL_TYPE = 2;

const getCustomerState = (state: unknown) =>
	Object.values(CUSTOMER_STATES).find(({ customerState }) => customerState === state) ?? CUSTOMER_STATES.customer;

/** Returns the code of the partner portal for the state of a customer. Some tests write it into the type. */
const getPortalState = ({ customerType, customerState }: SandboxRecord): unknown =>
	Number(customerType) > MAX_LEGAL_TYPE ? customerType : getCustomerState(customerState).customerType;

/** Finds the customer of another record. */
const findCustomer = ({ customerCode }: SandboxRecord, { customers }: RecordLists): SandboxRecord | undefined =>
	customers.findBy('customerCode', customerCode);

/** Returns a date with the offset of Thailand, which a request does not send. */
const addThaiOffset = (date: unknown): string => String(date).replace(/^.{19}$/, '$&+0700');

/** Returns the names of the employees to whom a customer belongs. */
function toOwners(owners: unknown, { employees }: RecordLists): SandboxRecord {
	const staffCodes = (owners ?? []) as unknown[];
	const names = staffCodes.map((code) => employees.findBy('staffCode', code)?.['fullname'] ?? code);
	return { customerOwnersStr: names, hasOwner: names.length > 0 };
}

/** Whether a customer belongs to one of the employees. */
function belongsTo({ customerOwnersStr }: SandboxRecord, staffCodes: unknown): boolean {
	const owners = SEED_EMPLOYEES.filter(({ staffCode }) => (staffCodes as unknown[]).includes(staffCode));
	return owners.some(({ fullname }) => ((customerOwnersStr ?? []) as unknown[]).includes(fullname));
}

function completeDeal(record: SandboxRecord, lists: RecordLists): SandboxRecord {
	const { customerCodes, dealStageId, dealQuantity, measure } = record;
	const [customerCode] = (customerCodes as string[] | undefined) ?? [record['customerCode']];
	const customer = findCustomer({ customerCode }, lists);
	const isWon = dealStageId === 13;
	return {
		customerCode,
		customerId: customer?.['customerId'] ?? null,
		customerName: customer?.['customerName'] ?? null,
		statusId: isWon ? 2 : 1,
		statusName: isWon ? 'Won' : 'Open',
		dealStageName: DEAL_STAGES[dealStageId as keyof typeof DEAL_STAGES] ?? null,
		quantity: dealQuantity,
		dealMeasure: measure,
		dealMeasureUnit: measure,
	};
}

/** Names of the statuses of expenses. Those of GoFive are not known. */
const EXPENSE_STATUS_NAMES: Record<number, string> = { 301: 'ฉบับร่าง', 302: 'รออนุมัติ', 303: 'อนุมัติแล้ว' };

function completeExpense({ expenseId, statusId, expenseDetails: rows }: SandboxRecord): SandboxRecord {
	const expenseDetails: SandboxRecord[] = toRows(rows).map((row, index) => ({
		categoryId: null,
		note: null,
		expenseLimitRangesId: null,
		// Differs from the IDs of the rows of other expenses.
		expenseDetailId: 100 * Number(expenseId) + index,
		...row,
		expenseId,
	}));
	const total = expenseDetails.reduce((sum, row) => sum + Number(row['amount1']), 0);
	return { expenseDetails, total, totalBaht: total, statusName: EXPENSE_STATUS_NAMES[Number(statusId)] ?? null };
}

/** Returns the product, and each of its variants as a product with a code of its own. */
function toProducts(values: SandboxRecord): SandboxRecord[] {
	const { productVariant, ...product } = values;
	const variants = toRows(productVariant).map((variant) => ({ ...product, ...variant }));
	return values['productCode'] === undefined ? variants : [values, ...variants];
}

/** Lists by name. The contract declares the operations that read or write them, in `x-records`. */
export const RECORD_LISTS: Record<RecordListName, RecordListDefinition> = {
	customers: {
		seed: buildSeedCustomerRecords,
		indexedKey: 'customerCode',
		filters: {
			owners: belongsTo,
			customerType: (record, value) => getPortalState(record) === value,
		},
		assign(list, { customerState }) {
			return {
				customerId: list.nextId('customerId'),
				customerCode: list.nextNumber('customerCode', getCustomerState(customerState).prefix, 6),
				companyId: 1001,
				isActive: true,
				createdByUserId: API_USER_ID,
				dateCreated: formatNow(),
				dateAcquired: customerState === 3 ? formatNow() : null,
				leadStatus: customerState,
				uniqueName: '',
			};
		},
		complete: ({ owners }, lists) => (owners === undefined ? {} : toOwners(owners, lists)),
	},
	customerEvents: {
		seed: buildSeedEvents,
		isOldestFirst: true,
		indexedKey: 'customerCode',
		filters: {
			eventTypeIds: ({ eventType }, id) => eventType === Number(id),
			// All dates have the same offset and length, so text order is time order.
			DateFrom: ({ eventDate }, date) => String(eventDate) >= addThaiOffset(date),
			DateTo: ({ eventDate }, date) => String(eventDate) <= addThaiOffset(date),
		},
		assign: (list) => ({ eventId: list.nextId('eventId'), description: '' }),
		complete: (event, lists) => ({
			eventDate: addThaiOffset(event['eventDate']),
			customerId: findCustomer(event, lists)?.['customerId'] ?? event['customerId'],
		}),
		// Without the customer code, by which the list finds the events of a customer.
		toRow: ({ eventId, eventName, eventDate, eventType, description, customerId }) => ({
			eventId,
			eventName,
			eventDate,
			eventType,
			description,
			customerId,
		}),
	},
	eventTypes: { seed: () => SEED_EVENT_TYPES },
	satisfactionScores: {},
	cases: {
		containsExample: true,
		assign: (list) => ({ caseNo: list.nextNumber('caseNo', `T${formatMonth()}`, 5) }),
	},
	chatMessages: {},
	contracts: {
		containsExample: true,
		assign: (list) => ({
			contractNo: list.nextNumber('contractNo', `CONT${formatMonth()}`, 5),
			statusId: 1601,
		}),
		complete(record, lists) {
			const customer = findCustomer(record, lists);
			return {
				customerName: customer?.['customerName'] ?? '',
				customerType: getCustomerState(customer?.['customerState']).customerType,
			};
		},
		writeOtherLists({ contractNo, contractService }, { serviceAgreements }) {
			if (contractService) serviceAgreements.createFromRequest({ ...(contractService as SandboxRecord), contractNo });
			return { contractService: undefined };
		},
	},
	serviceAgreements: {
		seed: (_nowMs, { contracts }) =>
			contracts.records.flatMap(({ contractNo, contractServices }) =>
				toRows(contractServices).map((service) => ({ ...service, contractNo })),
			),
		assign: (list) => ({ contractServiceId: list.nextId('contractServiceId'), agreementNote: null }),
		writeOtherLists({ contractNo }, { contracts, serviceAgreements }) {
			const services = serviceAgreements.records.filter((service) => service['contractNo'] === contractNo);
			const contract = contracts.findBy('contractNo', contractNo);
			if (contract) contract['contractServices'] = services.map((service) => ({ ...service, contractNo: undefined }));
			return {};
		},
	},
	conversions: {
		writeOtherLists({ quotationNo }, { quotations, salesOrders }) {
			const quotation = quotations.findBy('quotationNo', quotationNo) ?? {};
			const { salesOrderNo } = salesOrders.createFromRequest(toSalesOrder(quotation));
			return { salesOrderNo };
		},
	},
	deals: {
		seed: buildSeedDeals,
		filters: { dealStageIds: ({ dealStageId }, ids) => (ids as unknown[]).includes(dealStageId) },
		assign: (list) => ({
			dealsId: list.nextId('dealsId'),
			dealNo: list.nextNumber('dealNo', `D${formatMonth()}`, 5),
			dealStageId: 10,
			dealsDate: formatNow(),
			dealsIndex: 1,
			isActive: true,
			isAction: true,
			isEdit: true,
			createByUserId: API_USER_ID,
			dateCreated: formatNow(),
		}),
		complete: completeDeal,
	},
	employees: {
		seed: () => SEED_EMPLOYEES,
		filters: { keyWord: containsKeyword },
	},
	expenses: {
		seed: buildSeedExpenses,
		filters: {
			// Whether the type 0, No Type, returns all expenses is not known.
			expenseTypeId: ({ expenseDetails }, id) =>
				id === 0 || toRows(expenseDetails).some(({ expenseTypeId }) => expenseTypeId === id),
			statusIds: ({ statusId }, ids) => (ids as string[]).includes(String(statusId)),
			// A row does not contain its employee.
			staffCodes: () => true,
			searchText: containsKeyword,
			dateStart: ({ dateTransaction }, date) => toTime(dateTransaction) >= toTime(date),
			dateEnd: ({ dateTransaction }, date) => toTime(dateTransaction) <= toTime(date),
		},
		assign: (list) => ({
			expenseId: list.nextId('expenseId'),
			expenseNo: list.nextNumber('expenseNo', `EX${formatMonth()}`, 5),
			statusId: 301,
			subject: '',
			dateTransaction: formatNow(),
			dateCreated: formatNow(),
			createdByUserId: API_USER_ID,
			canApprove: false,
			isEdit: true,
			deletable: true,
		}),
		complete: completeExpense,
	},
	products: {
		seed: () => SEED_PRODUCTS,
		filters: { status: ({ active }, statuses) => (statuses as number[]).includes(active === false ? 0 : 1) },
		split: toProducts,
		complete: ({ prices }) => ({ price: toRows(prices)[0]?.['regularPrice'] ?? null }),
	},
	quotations: {
		seed: buildSeedQuotations,
		containsExample: true,
		assign: (list) => ({ quotationNo: list.nextNumber('quotationNo', `QT${formatMonth()}`, 4) }),
		complete: (record, lists) => ({
			...completeQuotation(record, lists.products),
			customerId: findCustomer(record, lists)?.['customerId'],
		}),
	},
	salesOrders: {
		containsExample: true,
		assign: (list) => ({
			salesOrderId: list.nextId('salesOrderId'),
			salesOrderNo: list.nextNumber('salesOrderNo', `SO${formatMonth()}`, 4),
			salesOrderStatus: 1,
			currencyCode: 'THB',
		}),
		complete: (record, lists) => ({
			...completeSalesOrder(record, lists.products),
			customerId: findCustomer(record, lists)?.['customerId'],
		}),
	},
	serialNumbers: {},
};
