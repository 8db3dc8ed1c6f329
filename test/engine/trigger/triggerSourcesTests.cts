// What a source declares: its operation, its parts and filters, and what identifies and changes its records. Which
// records a poll reports is in triggerModelBased for events, and in unit/triggerComparePartsTests.cts for all sources.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { UNCONFIRMED_PATH_NOTE } from '../../../nodes/GoFive/operation/pathEvidence';
import type { TriggerPollResult } from '../harness.cts';
import type { TriggerWorkflow } from '../triggerWorkflow.cts';
import { buildStartMessage, setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** A source of the trigger, and how its records change in the sandbox. */
interface SourceCase {
	parameters: INodeParameters;
	/** List of the sandbox that contains the records. */
	list: keyof typeof fixture.sandbox.records;
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
	/** Parameters with an expression that returns another value in some polls. */
	changingFilter: INodeParameters;
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

const buildChangingFilter = (name: string) => ({
	filters: { [name]: '={{ $now.toMillis() % 2 ? "" : " " }}' },
});

const SOURCES: Record<string, SourceCase> = {
	Event: {
		...createListCase(
			'customerEvents',
			'eventId',
			['eventDate', '2025-06-20T12:00:00+0700', '2025-09-20T12:00:00+0700'],
			'eventName',
		),
		parameters: { triggerOn: 'newOrChangedEvent', customerCodes: 'A', options: { lookAhead: 30 } },
		operationId: 'getCustomerEvents',
		create: (isOutside) => String(fixture.createEvent('A', isOutside ? 60 : 1)),
		otherFilter: { options: { lookAhead: 90 } },
		changingFilter: { eventTypes: '={{ $now.toMillis() % 2 ? [1, 2] : [1] }}' },
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
		parameters: { triggerOn: 'newOrChangedCustomer', customerStateIds: [11300] },
		operationId: 'findCustomers',
		otherFilter: { filters: { searchText: '={{ "" }}' } },
		changingFilter: buildChangingFilter('searchText'),
		otherColumns: { fieldsToWatch: ['customerPhone'] },
		buildRecord: (index) => ({ customerCode: `ลูกค้า-${10_000 + index}`, customerName: 'บริษัท', customerType: 11300 }),
	},
	Deal: {
		...createListCase('deals', 'dealsId', ['dealStageId', 12, 11], 'dealsName'),
		parameters: { triggerOn: 'newOrChangedDeal', filters: { dealStageIds: [12] } },
		operationId: 'findDeals',
		otherFilter: { filters: { dealStageIds: [11, 12] } },
		changingFilter: buildChangingFilter('dealStageIds'),
		otherColumns: { fieldsToWatch: ['dealValue', 'probability'] },
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
		changingFilter: buildChangingFilter('searchText'),
		otherColumns: { fieldsToWatch: ['totalBaht'] },
		buildRecord: (index) => ({ expenseId: 900_000 + index, expenseNo: `EX${index}`, dateTransaction: '2025-06-10' }),
	},
	Product: {
		...createListCase('products', 'productCode', ['active', true, false], 'productName'),
		parameters: { triggerOn: 'newOrChangedProduct', filters: { status: 1 } },
		operationId: 'listProducts',
		otherFilter: { filters: { status: '={{ 1 }}' } },
		changingFilter: buildChangingFilter('status'),
		otherColumns: { fieldsToWatch: ['qty'] },
		buildRecord: (index) => ({ productCode: `สินค้า-${10_000 + index}`, productName: 'กาแฟ', active: true }),
	},
	Quotation: {
		...createListCase('quotations', 'quotationNo', ['quotationStatus', 5, 1], 'quotationSubject'),
		parameters: { triggerOn: 'newOrChangedQuotation', filters: { quotationStatuses: [5] } },
		operationId: 'findQuotations',
		otherFilter: { filters: { customerCode: '={{ "" }}' } },
		changingFilter: buildChangingFilter('customerCode'),
		otherColumns: { fieldsToWatch: ['quotationStatus'] },
		buildRecord: (index) => ({ quotationNo: `ใบเสนอราคา-${10_000 + index}`, quotationStatus: 5 }),
	},
};

const SOURCE_NAMES = Object.keys(SOURCES);
const LIST_NAMES = SOURCE_NAMES.filter((name) => name !== 'Event');
const getSource = (name: string) => SOURCES[name] as SourceCase;

/** Returns the IDs of the records that a poll emitted, sorted. */
function getIds({ idKey }: SourceCase, { items, error }: TriggerPollResult): string[] {
	if (error) throw error;
	return items.map((item) => String(item[idKey] as string | number)).sort();
}

const activate = async ({ parameters }: SourceCase, changes: INodeParameters = {}): Promise<TriggerWorkflow> =>
	await fixture.activateWorkflow({ ...parameters, ...changes });

/** Activates a trigger whose list has one record. */
async function activateWith(source: SourceCase, changes: IDataObject): Promise<TriggerWorkflow> {
	respondWithRecords(source, [{ ...source.buildRecord(1), ...changes }]);
	return await activate(source);
}

/** Builds records as GoFive returns them. */
const buildRecords = ({ buildRecord }: SourceCase, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => buildRecord(index));

/** Responds to the next requests of a source with these records. Pages after the first one are empty. */
function respondWithRecords({ operationId }: SourceCase, records: IDataObject[], polls = 1): void {
	// Events and expenses have no pages, and products cannot be skipped.
	const isPaged = ['findCustomers', 'findDeals', 'findQuotations'].includes(operationId);
	for (let poll = 0; poll < polls; poll += 1) {
		fixture.respondWithData(operationId, records);
		if (isPaged) fixture.respondWithData(operationId, []);
	}
}

const getPageSizes = ({ operationId }: SourceCase) =>
	fixture.getSentBodies(operationId).map(({ take, pageLength }) => take ?? pageLength);
const getList = ({ list }: SourceCase) => fixture.sandbox.records[list];

describe.each(SOURCE_NAMES)('%s', (name) => {
	const source = getSource(name);

	test('a new record starts the workflow once, and so does a change unless only new records do', async () => {
		const changedId = source.create();
		const [workflow, newOnly] = [await activate(source), await activate(source, { triggerOn: `new${name}` })];
		expect((await workflow.poll()).data).toBeNull();
		const id = source.create();
		source.change(changedId);
		expect(getIds(source, await workflow.restart())).toEqual([id, changedId].sort());
		expect((await workflow.poll()).data).toBeNull();
		expect(getIds(source, await newOnly.poll())).toEqual([id]);
	});

	test('a record that enters the filter is new', async () => {
		const id = source.create(true);
		const workflow = await activate(source);
		source.move(id, false);
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

	test('a filter whose expression returns another value is the same filter', async () => {
		const workflow = await activate(source, source.changingFilter);
		for (let poll = 0; poll < 3; poll += 1) {
			const id = source.create();
			expect(getIds(source, await workflow.poll())).toEqual([id]);
		}
	});

	test('other watched columns: old changes start nothing, new records and later changes do', async () => {
		const id = source.create();
		const workflow = await activate(source, source.otherColumns);
		source.change(id);
		expect((await workflow.poll()).data).toBeNull();
		const newId = source.create();
		const { triggerOn } = source.parameters;
		expect(getIds(source, await workflow.publish({ triggerOn, fieldsToWatch: [] }))).toEqual([newId]);
		source.change(id);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('1,000 records take at most 30,000 characters', async () => {
		const records = buildRecords(source, 1000);
		respondWithRecords(source, records, 2);
		const workflow = await activate(source);
		expect(JSON.stringify(workflow.storedStaticData).length).toBeLessThan(30_000);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('more than 10,000 records end publishing with advice', async () => {
		respondWithRecords(source, buildRecords(source, 10_001));
		const { error } = await fixture.createWorkflow(source.parameters).activate();
		expect(error).toMatchObject({ message: expect.stringMatching(/: GoFive has more than 10,000 .* to watch$/) });
		expect(error).toMatchObject({ description: expect.stringMatching(/[Ww]atch fewer/) });
	});

	test.each(['activate', 'manual'] as const)('only rows without an identifier are a message: %s', async (mode) => {
		const row = { [source.idKey]: '', note: 'no identifier' };
		respondWithRecords(source, [row, row]);
		const trigger = fixture.createWorkflow(source.parameters).load();
		const { error } = await trigger.poll(mode === 'manual' ? { mode } : { activation: mode });
		expect(error).toMatchObject({ message: expect.stringContaining(`without `) });
		expect(error).toMatchObject({ description: expect.stringContaining('note') });
		expect(JSON.stringify(trigger.staticData())).not.toContain('goFive"');
	});

	test('Fetch Test Event shows the first record, stores nothing, and requests few records of a list in pages', async () => {
		const records = buildRecords(source, 12);
		fixture.respondWithData(source.operationId, records);
		const { items } = await fixture.fetchTestEvent({ ...source.parameters, output: 'raw' });
		expect(items.map((item) => item[source.idKey])).toEqual([records[0]?.[source.idKey]]);
		const isPaged = !['Event', 'Expense'].includes(name);
		expect(getPageSizes(source).slice(0, 1)).toEqual([isPaged ? 11 : undefined]);
	});

	test('Fetch Test Event says that there is no record', async () => {
		fixture.respondWithData(source.operationId, [], { times: 'always' });
		const { error } = await fixture.fetchTestEvent(source.parameters);
		expect(error).toMatchObject({
			message: expect.stringMatching(/^No (?:\w+ )?\w+s available as test data$/),
			description: expect.stringMatching(/^No matching .* were found in GoFive\. Check the settings of this node\./),
		});
	});
});

test('another object in the same node starts again, in both directions', async () => {
	const [source, other] = [getSource('Quotation'), getSource('Deal')];
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

describe.each(LIST_NAMES)('%s', (name) => {
	const source = getSource(name);

	test('reports why a record starts the workflow in each output except Raw', async () => {
		const changedId = source.create();
		const hasLines = ['Expense', 'Product', 'Quotation'].includes(name);
		for (const output of ['simplified', 'selected', 'raw', ...(hasLines ? ['rows'] : [])]) {
			const workflow = await activate(source, { output, fields: ['change'] });
			source.create();
			source.change(changedId);
			const { items } = await workflow.poll();
			expect(new Set(items.map(({ change }) => change))).toEqual(
				new Set(output === 'raw' ? [undefined] : ['new', 'changed']),
			);
		}
	});

	test('names the list if GoFive rejects the request', async () => {
		fixture.addFault(source.operationId, { status: 400 }, { times: 2 });
		const { error } = await fixture.createWorkflow(source.parameters).activate();
		expect(error?.message).toMatch(new RegExp(`^${buildStartMessage("GoFive's list of \\w+s( \\(\\w+\\))?", '')}`));
	});
});

describe('pages', () => {
	const source = getSource('Deal');

	test.each([1, -1])('that shift by %i while they are read: no record is new again', async (by) => {
		fixture.sandbox.setBehaviour({ pageCap: 5 });
		const workflow = await activate(source, { filters: {} });
		getList(source).shiftPages(by);
		expect((await workflow.poll()).data).toBeNull();
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('are large, and smaller if GoFive rejects these', async () => {
		fixture.addFault(source.operationId, { status: 400 });
		await activate(source);
		const [first, second] = getPageSizes(source);
		expect(Number(first)).toBeGreaterThan(Number(second));
	});
});

describe('parts by type', () => {
	const CUSTOMER_PARAMETERS = { triggerOn: 'newOrChangedCustomer', output: 'simplified' };
	const EXPENSE_PARAMETERS = { triggerOn: 'newExpense', output: 'simplified' };

	test.each([
		['all types', {}, []],
		['both types', { customerStateIds: [11100, 11300] }, []],
		['Customer only', { customerStateIds: [11300] }, ['new']],
	])('a lead that becomes a customer, watching %s', async (_, parameters, changes) => {
		const customers = fixture.sandbox.records.customers;
		const lead = String(customers.create({ customerType: 11100 })[0]?.customerCode);
		const workflow = await fixture.activateWorkflow({
			...CUSTOMER_PARAMETERS,
			fieldsToWatch: ['customerName'],
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
		['Customer', 'searchText'],
		['Expense', 'searchText'],
	])('%s: reports only records that match %s', async (name, filter) => {
		const source = getSource(name);
		const workflow = await activate(source, { filters: { [filter]: 'Changed' } });
		const [id] = [source.create(), source.create()];
		source.change(id);
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

	test('expenses that GoFive groups by status start the workflow as others do, also if they leave their group', async () => {
		fixture.sandbox.setBehaviour({ groupsRows: true });
		const source = getSource('Expense');
		const workflow = await activate(source);
		const id = source.create();
		expect(getIds(source, await workflow.poll())).toEqual([id]);
		fixture.sandbox.records.expenses.update(id, { statusName: 'อนุมัติแล้ว' });
		expect((await workflow.poll()).data).toBeNull();
		source.change(id);
		expect(getIds(source, await workflow.poll())).toEqual([id]);
	});

	test('Look Back sets the start of the expenses in UTC', async () => {
		await fixture.activateWorkflow({ ...EXPENSE_PARAMETERS, expenseTypeIds: [1003], options: { lookBack: 3 } });
		expect(fixture.getSentBodies('findExpenses')).toEqual([
			{ expenseTypeId: 1003, dateStart: '2025-06-11T17:00:00.000Z' },
		]);
	});
});

test.each([
	['Customer', 'customerName'],
	['Deal', 'dealStageId'],
	['Expense', 'expenseNo'],
	['Quotation', 'quotationStatus'],
])('Unchanged %s: 1,000 reported records take at most 40,000 characters', async (name, column) => {
	const source = getSource(name);
	const records = buildRecords(source, 1000);
	respondWithRecords(source, records, 2);
	const workflow = await activate(source, { triggerOn: `unchanged${name}`, fieldsToWatch: [column] });
	fixture.now += 14 * 24 * 3_600_000;
	expect((await workflow.poll()).items).toHaveLength(1000);
	const { length } = JSON.stringify(workflow.storedStaticData);
	expect(length).toBeGreaterThan(25_000);
	expect(length).toBeLessThan(40_000);
	respondWithRecords(source, records);
	expect(await workflow.restart()).toMatchObject({ data: null });
});

test.each(['Event', 'Deal'])('%s: 10,000 records are watched', async (name) => {
	const source = getSource(name);
	const records = buildRecords(source, 10_000);
	respondWithRecords(source, records);
	const workflow = await activate(source);
	expect(JSON.stringify(workflow.storedStaticData)).toContain(`${records.at(-1)?.[source.idKey] as string}`);
});

// The values of fewer records are below the limit of the stored values.
test('with previous values, 5,000 records with long texts take at most 1,200,000 characters', async () => {
	const source = getSource('Quotation');
	const longText = 'ก'.repeat(100);
	const longTexts = { recipientName: longText, quotationSubject: longText };
	const records = buildRecords(source, 5000).map((record) => ({ ...record, ...longTexts }));
	respondWithRecords(source, records);
	const workflow = await activate(source, { options: { includePreviousValues: true }, output: 'simplified' });
	const { length } = JSON.stringify(workflow.storedStaticData);
	expect(length).toBeGreaterThan(1_100_000);
	expect(length).toBeLessThan(1_200_000);
	const changedRecords = records.map((record, index) =>
		index === 0 || index === 4999 ? { ...record, quotationStatus: 6 } : record,
	);
	respondWithRecords(source, changedRecords);
	expect((await workflow.poll()).items).toMatchObject([
		{ change: 'changed', changedFields: ['quotationStatusName'], previous: { quotationStatusName: 'Completed' } },
		{ change: 'changed', changedFields: null, previous: null },
	]);
});

test('the same event types in another order are the same selection', async () => {
	const source = getSource('Event');
	const workflow = await activate(source, { eventTypes: [1, 11, 2] });
	const id = source.create();
	expect(getIds(source, await workflow.publish({ eventTypes: [2, 1, 11] }))).toEqual([id]);
});

test('the same watched columns in another order: a change in between starts the workflow', async () => {
	const deal = getSource('Deal');
	const id = deal.create();
	const workflow = await activate(deal, { fieldsToWatch: ['dealName', 'dealValue'] });
	deal.change(id);
	expect(getIds(deal, await workflow.publish({ fieldsToWatch: ['dealValue', 'dealName'] }))).toEqual([id]);
});

test('if GoFive does not have the path, publishing fails with the reason', async () => {
	const { operationId, parameters } = getSource('Deal');
	fixture.addFault(operationId, { status: 404 }, { times: 'always' });
	const { error } = await fixture.createWorkflow(parameters).activate();
	expect(error?.message).toContain(messages.notFound('operation', '').message);
	expect(error).toMatchObject({ description: expect.stringContaining(`${UNCONFIRMED_PATH_NOTE}Check 'Base URL'`) });
});

test.each([
	['Event', { customerCodes: 'A,B' }, 2],
	['Event', { customerSelection: 'all', customerStateIds: [] }, 25],
	['Customer', { customerStateIds: [] }, 6],
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
])('%s, watching %s: only a watched column starts the workflow', async (name, _, fieldsToWatch, other, watched) => {
	const source = getSource(name);
	const id = source.create();
	const workflow = await activate(source, { fieldsToWatch, filters: {}, output: 'simplified' });
	getList(source).update(id, other);
	expect((await workflow.poll()).data).toBeNull();
	getList(source).update(id, watched);
	expect((await workflow.poll()).items).toMatchObject([{ change: 'changed' }]);
});

test.each(['Product', 'Expense', 'Quotation'])('%s: another order of the keys in a row is no change', async (name) => {
	const source = getSource(name);
	const rowsKey = { Product: 'prices', Expense: 'expenseDetails', Quotation: 'quotationDetails' }[name] ?? '';
	const workflow = await activateWith(source, { [rowsKey]: [{ productCode: 'A', price: 1, priceTierName: null }] });
	const poll = async (row: IDataObject) => {
		respondWithRecords(source, [{ ...source.buildRecord(1), [rowsKey]: [row] }]);
		return getIds(source, await workflow.poll());
	};
	expect(await poll({ priceTierName: null, price: 1, productCode: 'A' })).toEqual([]);
	expect(await poll({ priceTierName: null, price: 2, productCode: 'A' })).toHaveLength(1);
});
