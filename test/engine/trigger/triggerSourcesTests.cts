import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TriggerPollResult } from '../harness.cts';
import { readStaticData, type TriggerWorkflow } from '../triggerWorkflow.cts';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** A source of the trigger, and how its records change in the sandbox. */
interface SourceCase {
	parameters: INodeParameters;
	/** List of the sandbox that contains the records. Events are in its store. */
	list?: keyof typeof fixture.sandbox.records;
	idKey: string;
	operationId: string;
	/** Creates a record that does not match the filter if `isOutside` is set. */
	create(isOutside?: boolean): string;
	/** Changes a watched value. */
	change(id: string): void;
	/** Moves a record into or out of the filter. */
	move(id: string, isOutside: boolean): void;
	/** Parameters with which other records are read. */
	otherFilter: INodeParameters;
	/** Parameters under which the change above is not watched. */
	otherColumns: INodeParameters;
	/** Builds a record as GoFive returns it. */
	buildRecord(index: number): IDataObject;
}

let changeCount = 0;

/** Records of the sandbox's lists, with the changes of a test. */
function createListCase(
	list: keyof typeof fixture.sandbox.records,
	key: string,
	[column, matching, other]: [string, unknown, unknown],
	changedColumn: string,
): Pick<SourceCase, 'list' | 'idKey' | 'create' | 'change' | 'move'> {
	const getList = () => fixture.sandbox.records[list];
	return {
		list,
		idKey: key,
		create: (isOutside) => String(getList().create({ [column]: isOutside ? other : matching })[0]?.[key]),
		change: (id) => void getList().update(id, { [changedColumn]: `Changed ${(changeCount += 1)}` }),
		move: (id, isOutside) => void getList().update(id, { [column]: isOutside ? other : matching }),
	};
}

const SOURCES: Record<string, SourceCase> = {
	Event: {
		parameters: { triggerOn: 'newOrChangedEvent', customerCodes: 'A', options: { lookAhead: 30 } },
		idKey: 'eventId',
		operationId: 'getCustomerEvents',
		create: (isOutside) => String(fixture.createEvent('A', isOutside ? 60 : 1)),
		change: (id) => fixture.updateEvent(Number(id), { eventName: `Changed ${(changeCount += 1)}` }),
		move: (id, isOutside) =>
			fixture.sandbox.store.updateEvent(Number(id), { eventDate: `2025-0${isOutside ? 9 : 6}-20T12:00:00` }),
		otherFilter: { options: { lookAhead: 90 } },
		otherColumns: { triggerOn: 'newEvent' },
		buildRecord: (index) => ({
			eventId: 900_000 + index,
			eventName: 'ประชุม',
			eventDate: '2025-06-16T10:00:00+0700',
			eventType: 1,
		}),
	},
	Customer: {
		...createListCase('customers', 'customerCode', ['customerType', 11300, 11200], 'customerName'),
		parameters: { triggerOn: 'newOrChangedCustomer', customerTypes: [11300] },
		operationId: 'findCustomers',
		otherFilter: { filters: { keyword: '={{ "" }}' } },
		otherColumns: { columnsToWatch: ['customerPhone'] },
		buildRecord: (index) => ({ customerCode: `ลูกค้า-${10_000 + index}`, customerName: 'บริษัท', customerType: 11300 }),
	},
	Deal: {
		...createListCase('deals', 'dealsId', ['dealStageId', 12, 11], 'dealsName'),
		parameters: { triggerOn: 'newOrChangedDeal', filters: { dealStageIds: [12] } },
		operationId: 'findDeals',
		otherFilter: { filters: { dealStageIds: [11, 12] } },
		otherColumns: { columnsToWatch: ['dealValue', 'probability'] },
		buildRecord: (index) => ({ dealsId: 1_000_000 + index, dealsName: 'ดีล', dealStageId: 12 }),
	},
	Expense: {
		...createListCase(
			'expenses',
			'expenseId',
			['dateTransaction', '2025-06-10T10:00:00+0700', '2025-01-10T10:00:00+0700'],
			'subject',
		),
		parameters: { triggerOn: 'newOrChangedExpense', expenseTypeIds: [1006] },
		operationId: 'findExpenses',
		otherFilter: { filters: { searchText: '={{ "" }}' } },
		otherColumns: { columnsToWatch: ['totalBaht'] },
		buildRecord: (index) => ({ expenseId: 900_000 + index, expenseNo: `EX${index}`, dateTransaction: '2025-06-10' }),
	},
	Product: {
		...createListCase('products', 'productCode', ['active', true, false], 'productName'),
		parameters: { triggerOn: 'newOrChangedProduct', filters: { status: 1 } },
		operationId: 'listProducts',
		otherFilter: { filters: { status: '={{ 1 }}' } },
		otherColumns: { columnsToWatch: ['qty'] },
		buildRecord: (index) => ({ productCode: `สินค้า-${10_000 + index}`, productName: 'กาแฟ', active: true }),
	},
	Quotation: {
		...createListCase('quotations', 'quotationNo', ['quotationStatus', 5, 1], 'quotationSubject'),
		parameters: { triggerOn: 'newOrChangedQuotation', filters: { quotationStatus: 5 } },
		operationId: 'findQuotations',
		otherFilter: { filters: { customerCode: '={{ "" }}' } },
		otherColumns: { columnsToWatch: ['quotationStatus'] },
		buildRecord: (index) => ({ quotationNo: `ใบเสนอราคา-${10_000 + index}`, quotationStatus: 5 }),
	},
};

const SOURCE_NAMES = Object.keys(SOURCES);
const LIST_NAMES = SOURCE_NAMES.filter((name) => name !== 'Event');
/** Sources whose operation reads pages. That of products cannot skip records. */
const PAGED_NAMES = LIST_NAMES.filter((name) => name !== 'Expense');
const SKIPPING_NAMES = PAGED_NAMES.filter((name) => name !== 'Product');
const getSource = (name: string) => SOURCES[name] as SourceCase;

/** Returns the IDs of the records that a poll emitted, sorted. */
function getIds({ idKey }: SourceCase, { items, error }: TriggerPollResult): string[] {
	if (error) throw error;
	return items.map((item) => String(item[idKey] as string | number)).sort();
}

const activate = async ({ parameters }: SourceCase, changes: INodeParameters = {}): Promise<TriggerWorkflow> =>
	await fixture.activateWorkflow({ ...parameters, ...changes });

/** Responds to the next requests of a source with these records. Pages after the first one are empty. */
function respondWithRecords({ operationId }: SourceCase, records: IDataObject[], polls = 1): void {
	const isPaged = SKIPPING_NAMES.some((name) => getSource(name).operationId === operationId);
	for (let poll = 0; poll < polls; poll += 1) {
		fixture.respondWithData(operationId, records);
		if (isPaged) fixture.respondWithData(operationId, []);
	}
}

const getPageSizes = ({ operationId }: SourceCase) =>
	fixture.getSentBodies(operationId).map(({ take, pageLength }) => take ?? pageLength);
const getList = ({ list }: SourceCase) => fixture.sandbox.records[list as keyof typeof fixture.sandbox.records];

describe.each(SOURCE_NAMES)('%s', (name) => {
	const source = getSource(name);

	test('baseline: existing records start nothing, a new record starts the workflow once, also after a restart', async () => {
		source.create();
		const workflow = await activate(source);
		const ids = [source.create(), source.create()].sort();
		expect(getIds(source, await workflow.poll())).toEqual(ids);
		expect((await workflow.poll()).data).toBeNull();
		expect(getIds(source, await workflow.restart())).toEqual([]);
		const id = source.create();
		expect(getIds(source, await workflow.restart())).toEqual([id]);
	});

	test('Include Existing Records: the first activation reports what exists', async () => {
		const id = source.create();
		const { options } = source.parameters as { options?: INodeParameters };
		const workflow = fixture.createWorkflow({ ...source.parameters, options: { ...options, emitExisting: true } });
		expect(getIds(source, await workflow.activate())).toContain(id);
		expect(getIds(source, await workflow.restart())).toEqual([]);
	});

	test('a changed record starts the workflow once per change, also if it changed while n8n was stopped', async () => {
		const id = source.create();
		const workflow = await activate(source);
		source.change(id);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
		source.change(id);
		expect(getIds(source, await workflow.restart())).toEqual([id]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('New does not report changes', async () => {
		const id = source.create();
		const workflow = await activate(source, { triggerOn: `new${name}` });
		source.change(id);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('a record that enters the filter is new, not again within two days, and again later', async () => {
		const [id, otherId] = [source.create(true), source.create()];
		const workflow = await activate(source);
		expect((await workflow.poll()).data).toBeNull();
		source.move(id, false);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
		for (const [hours, expectedIds] of [
			[47, []],
			[50, [id]],
		] as const) {
			source.move(id, true);
			expect((await workflow.poll()).data).toBeNull();
			fixture.advanceHours(hours);
			expect((await workflow.poll()).data).toBeNull();
			source.move(id, false);
			const ids = getIds(source, await workflow.poll());
			expect(ids.filter((emittedId) => emittedId !== otherId)).toEqual(expectedIds);
		}
	});

	test('a record that is missing in one response, or in empty ones for days, is not new in the next', async () => {
		const workflow = await activate(source);
		const records = [1, 2, 3].map(source.buildRecord);
		respondWithRecords(source, records);
		expect(getIds(source, await workflow.poll())).toHaveLength(3);
		respondWithRecords(source, records.slice(1));
		expect((await workflow.poll()).data).toBeNull();
		respondWithRecords(source, records);
		expect((await workflow.poll()).data).toBeNull();
		for (const hours of [0, 60]) {
			fixture.advanceHours(hours);
			fixture.respondWithData(source.operationId, []);
			expect((await workflow.poll()).data).toBeNull();
		}
		respondWithRecords(source, records);
		expect((await workflow.poll()).data).toBeNull();
	});

	test.each([
		['fails', 'HTTP 500'],
		['contains a record without an identifier', ' without '],
	])('a response that %s keeps the memory and is reported, and the new records follow', async (_, message) => {
		const workflow = await activate(source);
		const id = source.create();
		const before = workflow.memoryStaticData;
		if (message === 'HTTP 500') fixture.addFault(source.operationId, { status: 500 });
		else respondWithRecords(source, [source.buildRecord(1), { [source.idKey]: '' }]);
		expect((await workflow.poll()).error?.message).toContain(message);
		expect(workflow.memoryStaticData).toEqual(before);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test.each([
		['filter', source.otherFilter],
		['time zone', { options: { timeZone: 'Asia/Tokyo' } }],
	])('another %s starts again: existing records start nothing, new ones do', async (_, changes) => {
		const workflow = await activate(source);
		source.create(true);
		source.create();
		expect(getIds(source, await workflow.publish(changes))).toEqual([]);
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('other watched columns: old changes start nothing, new records and later changes do', async () => {
		const id = source.create();
		const workflow = await activate(source, source.otherColumns);
		source.change(id);
		expect((await workflow.poll()).data).toBeNull();
		const newId = source.create();
		const { triggerOn } = source.parameters;
		expect(getIds(source, await workflow.publish({ triggerOn, columnsToWatch: [] }))).toEqual([newId]);
		source.change(id);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('another object in the same node starts again, in both directions', async () => {
		const other = getSource(name === 'Deal' ? 'Event' : 'Deal');
		// The object has to count, although nothing else differs.
		const filters = {};
		const workflow = await activate(source, { filters });
		source.create();
		other.create();
		expect(getIds(other, await workflow.publish({ ...other.parameters, filters }))).toEqual([]);
		const otherId = other.create();
		expect(getIds(other, await workflow.poll())).toEqual([otherId]);
		expect(getIds(source, await workflow.publish({ ...source.parameters, filters }))).toEqual([]);
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('10,000 records take at most 300,000 characters, and one more ends publishing with advice', async () => {
		const records = Array.from({ length: 10_000 }, (_, index) => source.buildRecord(index));
		respondWithRecords(source, records, 2);
		const workflow = await activate(source);
		const stored = JSON.stringify(readStaticData(workflow.storedStaticData));
		expect(stored).toContain(String(records.at(-1)?.[source.idKey] as string | number));
		expect(stored.length).toBeLessThan(300_000);
		expect((await workflow.poll()).data).toBeNull();
		respondWithRecords(source, [...records, source.buildRecord(10_000)]);
		const { error } = await fixture.createWorkflow(source.parameters).activate();
		expect(error).toMatchObject({ message: expect.stringMatching(/: GoFive has more than 10,000 .* to watch$/) });
		expect(error).toMatchObject({ description: expect.stringMatching(/[Ww]atch fewer/) });
	});

	test.each(['activate', 'manual'] as const)('rows without an identifier are a message: %s', async (mode) => {
		const row = { [source.idKey]: '', note: 'no identifier' };
		respondWithRecords(source, [source.buildRecord(1), row]);
		const trigger = fixture.createWorkflow(source.parameters).load();
		const { error } = await trigger.poll(mode === 'manual' ? { mode } : { activation: mode });
		expect(error).toMatchObject({ message: expect.stringContaining(`without `) });
		expect(error).toMatchObject({ description: expect.stringContaining('note') });
		expect(JSON.stringify(trigger.staticData())).not.toContain('goFive"');
	});

	test('Fetch Test Event shows the first record and stores nothing', async () => {
		const records = Array.from({ length: 12 }, (_, index) => source.buildRecord(index));
		fixture.respondWithData(source.operationId, records);
		const { items } = await fixture.fetchTestEvent({ ...source.parameters, output: 'raw' });
		expect(items.map((item) => item[source.idKey])).toEqual([records[0]?.[source.idKey]]);
	});
});

describe.each(LIST_NAMES)('%s', (name) => {
	const source = getSource(name);

	test('reports why a record starts the workflow in Simplified and Selected Fields, not in Raw', async () => {
		const changedId = source.create();
		for (const output of ['simplified', 'selected', 'raw']) {
			const workflow = await activate(source, { output, fields: ['change'] });
			source.create();
			source.change(changedId);
			const { items } = await workflow.poll();
			expect(items.map(({ change }) => change)).toEqual(output === 'raw' ? [undefined, undefined] : ['new', 'changed']);
		}
	});

	test('names the filters if GoFive rejects the request', async () => {
		fixture.addFault(source.operationId, { status: 400 }, { times: 2 });
		const { error } = await fixture.createWorkflow(source.parameters).activate();
		expect(error?.message).toMatch(
			/^GoFive's list of \w+s( \(\w+\))? could not be read, so the trigger cannot start: /,
		);
	});

	test('a filter whose expression returns another value is the same filter', async () => {
		const [filter = ''] = Object.keys(source.otherFilter.filters as INodeParameters);
		const workflow = await activate(source, { filters: { [filter]: '={{ $now.toMillis() % 2 ? "" : " " }}' } });
		for (let poll = 0; poll < 3; poll += 1) {
			const id = source.create();
			expect(getIds(source, await workflow.poll())).toEqual([id]);
		}
	});

	test('shows what is missing if there is no record', async () => {
		getList(source).records = [];
		const { error } = await fixture.fetchTestEvent(source.parameters);
		expect(error?.message).toMatch(/^No \w+s available as test data$/);
	});
});

describe.each(PAGED_NAMES)('%s in pages', (name) => {
	const source = getSource(name);

	test('Fetch Test Event requests few records', async () => {
		await fixture.fetchTestEvent({ ...source.parameters, filters: {} });
		expect(getPageSizes(source)).toEqual([11]);
	});
});

describe.each(SKIPPING_NAMES)('%s in pages with skip', (name) => {
	const source = getSource(name);

	test('a list whose pages repeat is watched as far as GoFive returns it', async () => {
		getList(source).create({}, 150);
		fixture.sandbox.setBehaviour({ pageCap: 100, ignoredPageKeys: ['skip'] });
		const workflow = await activate(source, { filters: {} });
		const { data, error } = await workflow.poll();
		expect([data, error]).toEqual([null, undefined]);
	});

	test.each([1, -1])('pages that shift by %i while they are read: no record is new again', async (by) => {
		fixture.sandbox.setBehaviour({ pageCap: 5 });
		const workflow = await activate(source, { filters: {} });
		getList(source).shiftPages(by);
		expect((await workflow.poll()).data).toBeNull();
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('a page that fails keeps the memory', async () => {
		fixture.sandbox.setBehaviour({ pageCap: 100 });
		const workflow = await activate(source, { filters: {} });
		const before = workflow.memoryStaticData;
		const id = source.create();
		fixture.addFault(source.operationId, { status: 500 }, { skip: 1 });
		expect((await workflow.poll()).error?.message).toContain('HTTP 500');
		expect(workflow.memoryStaticData).toEqual(before);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test.each([
		['HTTP 400', { status: 400 }],
		['HTTP 422', { status: 422 }],
		['a code other than 1000', { status: 200, body: { status: { code: '4001', description: 'Too many' } } }],
	])('reads pages of 100 if GoFive rejects pages of 1,000 with %s', async (_, answer) => {
		fixture.addFault(source.operationId, answer);
		await activate(source);
		expect(getPageSizes(source).slice(0, 2)).toEqual([1000, 100]);
		const before = getPageSizes(source).length;
		fixture.addFault(source.operationId, { status: 500 });
		await fixture.createWorkflow(source.parameters).activate();
		expect(getPageSizes(source)).toHaveLength(before + 1);
	});
});

describe('parts by type', () => {
	const CUSTOMER_PARAMETERS = { triggerOn: 'newOrChangedCustomer', output: 'simplified' };
	const EXPENSE_PARAMETERS = { triggerOn: 'newExpense', output: 'simplified' };

	test.each([
		['all types', {}, []],
		['both types', { customerTypes: [11100, 11300] }, []],
		['Customer only', { customerTypes: [11300] }, ['new']],
	])('a lead that becomes a customer, watching %s', async (_, parameters, changes) => {
		const customers = fixture.sandbox.records.customers;
		const lead = String(customers.create({ customerType: 11100 })[0]?.customerCode);
		const workflow = await fixture.activateWorkflow({
			...CUSTOMER_PARAMETERS,
			columnsToWatch: ['customerName'],
			...parameters,
		});
		customers.update(lead, { customerType: 11300 });
		expect((await workflow.poll()).items.map(({ change }) => change)).toEqual(changes);
	});

	test('fills the type of a customer from its part', async () => {
		const workflow = await fixture.activateWorkflow(CUSTOMER_PARAMETERS);
		for (const records of [[], [{ customerId: 7, customerCode: 'C7' }], []])
			fixture.respondWithData('findCustomers', records);
		const { items } = await workflow.poll();
		expect(items).toMatchObject([{ customerCode: 'C7', customerTypeName: expect.any(String) }]);
	});

	test.each([
		['Customer', 'keyword'],
		['Expense', 'searchText'],
	])('%s: reports only records that match %s', async (name, filter) => {
		const source = getSource(name);
		const workflow = await activate(source, { filters: { [filter]: 'Changed' } });
		const [id] = [source.create(), source.create()];
		source.change(id);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test.each([
		['Customer', { customerTypes: [11200] }, { customerTypes: [11200, 11300] }],
		['Expense', { expenseTypeIds: [1003] }, { expenseTypeIds: [1003, 1006] }],
	])('%s: an added type reports no existing records', async (name, types, moreTypes) => {
		const source = getSource(name);
		const workflow = await activate(source, types);
		source.create();
		expect(getIds(source, await workflow.publish(moreTypes))).toEqual([]);
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('an expense type that fails is named, delays no other type, and an expense of two types starts the workflow once', async () => {
		const workflow = await fixture.activateWorkflow(EXPENSE_PARAMETERS);
		const id = getSource('Expense').create();
		const types = fixture.getSentBodies('findExpenses').map(({ expenseTypeId }) => expenseTypeId);
		expect(new Set(types).size).toBe(9);
		const messages: string[] = [];
		for (let poll = 0; poll < 3; poll += 1) {
			fixture.addFault('findExpenses', { status: 500 });
			const result = await workflow.poll();
			messages.push(...getIds(getSource('Expense'), result), ...result.emittedErrors.map(({ message }) => message));
		}
		const failedType = `GoFive's list of expenses (Accommodation) could not be read in 3 consecutive polls`;
		expect(messages).toEqual([id, expect.stringContaining(failedType)]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('Look Back sets the start of the expenses in UTC', async () => {
		await fixture.activateWorkflow({ ...EXPENSE_PARAMETERS, expenseTypeIds: [1003], options: { lookBack: 3 } });
		expect(fixture.getSentBodies('findExpenses')).toEqual([
			{ expenseTypeId: 1003, dateStart: '2025-06-11T17:00:00.000Z' },
		]);
	});
});

test('the same watched columns in another order: a change in between starts the workflow', async () => {
	const deal = getSource('Deal');
	const id = deal.create();
	const workflow = await activate(deal, { columnsToWatch: ['dealName', 'dealValue'] });
	deal.change(id);
	expect(getIds(deal, await workflow.publish({ columnsToWatch: ['dealValue', 'dealName'] }))).toEqual([id]);
});

test('a list choice counts with its value only: entered as an ID, it is the same filter', async () => {
	const source = getSource('Quotation');
	const toFilters = (staffCode: INodeParameters) => ({
		filters: { staffCode: { __rl: true, value: 'S1', ...staffCode } },
	});
	const workflow = await activate(source, toFilters({ mode: 'list', cachedResultName: 'Somchai' }));
	const newQuotation = [source.buildRecord(1)];
	respondWithRecords(source, newQuotation);
	expect(getIds(source, await workflow.publish(toFilters({ mode: 'id' })))).toHaveLength(1);
	respondWithRecords(source, [source.buildRecord(2)]);
	expect(getIds(source, await workflow.publish(toFilters({ mode: 'id', value: 'S2' })))).toEqual([]);
});

test.each(['Customer', 'Deal'])(
	'%s: if GoFive does not have the path, publishing fails with the reason',
	async (name) => {
		const source = getSource(name);
		fixture.addFault(source.operationId, { status: 404 }, { times: 'always' });
		const { error } = await fixture.createWorkflow(source.parameters).activate();
		expect(error?.message).toContain('could not find the requested endpoint (HTTP 404)');
		const reason =
			"The page of this endpoint was not found in the public copy of GoFive's documentation, so GoFive may not support it. Check 'Base URL'";
		expect(error).toMatchObject({ description: expect.stringContaining(reason) });
	},
);

test.each(['Expense', 'Product', 'Quotation'])('%s: Lines say why the record starts the workflow', async (name) => {
	const source = getSource(name);
	const workflow = await activate(source, { output: 'lines' });
	source.create();
	const { items } = await workflow.poll();
	expect(new Set(items.map(({ change }) => change))).toEqual(new Set(['new']));
});

// 1,000 is also the number of rows that the first request takes, and 10,000 the maximum that the trigger watches.
test.each([100, 1000, 10_000])('%i products: new and changed ones start the workflow', async (count) => {
	const source = getSource('Product');
	const { products } = fixture.sandbox.records;
	products.records = [];
	products.create({}, count - 1);
	const changedId = source.create();
	const workflow = await activate(source, { filters: {} });
	// Two products replace two others, so that the list still has that length.
	products.records.splice(-2);
	const newIds = [source.create(), source.create()];
	source.change(changedId);
	expect(products.records).toHaveLength(count);
	expect(getIds(source, await workflow.poll())).toEqual([...newIds, changedId].sort());
	expect((await workflow.poll()).data).toBeNull();
});

test.each([
	['Event', { customerCodes: 'A,B' }, 2],
	['Customer', { customerTypes: [] }, 6],
	['Deal', { filters: {} }, 2],
	['Expense', { expenseTypeIds: [] }, 9],
	['Product', { filters: {} }, 1],
	['Quotation', { filters: {} }, 2],
])('%s: a poll with %j sends %i requests', async (name, parameters, requestCount) => {
	const workflow = await activate(getSource(name), parameters);
	fixture.sandbox.requestLog.length = 0;
	await workflow.poll();
	expect(fixture.apiRequests).toHaveLength(requestCount);
});

const PRICE = { priceTierName: 'Standard', regularPrice: 190, salePrice: 165, vatValue: 7, useDefaultVat: true };
const DETAIL = { expenseDetailId: 1, expenseTypeId: 1006, amount1: 250, note: '' };

test.each<[string, string, string[], IDataObject, IDataObject]>([
	['Product', 'Prices', ['priceCount'], { productName: 'กาแฟใหม่' }, { prices: [PRICE] }],
	['Product', 'Quantity', ['qty'], { productName: 'กาแฟใหม่' }, { qty: 3 }],
	['Expense', 'Details', ['detailCount'], { subject: 'แท็กซี่' }, { expenseDetails: [DETAIL] }],
	['Quotation', 'Products', ['productCount'], { quotationSubject: 'กาแฟ' }, { quotationDetails: [] }],
	['Quotation', 'Status Name', ['quotationStatusName'], { quotationSubject: 'กาแฟ' }, { quotationStatus: 3 }],
	['Deal', 'Status Name', ['statusName'], { dealStageId: 13 }, { statusName: 'Won' }],
	['Deal', 'no columns', [], { notes: 'โทรกลับ' }, { statusName: 'Won' }],
	['Product', 'no columns', [], { brandName: 'ดอย' }, { prices: [PRICE] }],
	['Expense', 'no columns', [], { total: 1 }, { expenseDetails: [DETAIL] }],
	['Quotation', 'no columns', [], { quotationNote: 'ด่วน' }, { quotationDetails: [] }],
])('%s, watching %s: only a watched column starts the workflow', async (name, _, columnsToWatch, other, watched) => {
	const source = getSource(name);
	const id = source.create();
	const workflow = await activate(source, { columnsToWatch, filters: {}, output: 'simplified' });
	getList(source).update(id, other);
	expect((await workflow.poll()).data).toBeNull();
	getList(source).update(id, watched);
	expect((await workflow.poll()).items).toMatchObject([{ change: 'changed' }]);
});
