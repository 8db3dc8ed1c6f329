// Records that do not change.
// From when the days count is in unit/triggerSilenceTests.cts.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TriggerPollResult } from '../harness.cts';
import type { TriggerWorkflow } from '../triggerWorkflow.cts';
import { setupTriggerFixture } from '../triggerFixture.cts';

const DAY_MS = 86_400_000;
const fixture = setupTriggerFixture();

const waitDays = (days: number) => (fixture.now += days * DAY_MS);
const dateOf = (days: number) => `${fixture.formatWallTime(days)}+0700`;

function getItems({ items, error }: TriggerPollResult): IDataObject[] {
	if (error) throw error;
	return items;
}

type ListName = 'customers' | 'deals' | 'expenses' | 'quotations';
/** Trigger On, list, ID, default columns with two values, and whether the list has a date of the last change. */
const CASES: Array<[string, ListName, string, string, [number, number], string | undefined]> = [
	['unchangedCustomer', 'customers', 'customerCode', 'leadStatus', [1, 2], 'dateModified'],
	['unchangedDeal', 'deals', 'dealsId', 'dealStageId', [11, 12], 'dateModified'],
	['unchangedExpense', 'expenses', 'expenseId', 'statusId', [301, 302], 'dateUpdated'],
	['unchangedQuotation', 'quotations', 'quotationNo', 'quotationStatus', [4, 5], undefined],
];

describe.each(CASES)('%s', (triggerOn, list, idKey, column, [first, second], dateKey) => {
	const getList = () => fixture.sandbox.records[list];
	const dates = (days: number): IDataObject => (dateKey ? { [dateKey]: dateOf(days) } : {});
	const create = (days: number) => String(getList().create({ [column]: first, ...dates(days) })[0]?.[idKey]);
	const update = (id: string, record: IDataObject) => void getList().update(id, record);
	const createWorkflow = (parameters: INodeParameters = {}): TriggerWorkflow => {
		getList().records = getList().records.filter((record) => ids.includes(String(record[idKey])));
		return fixture.createWorkflow({ triggerOn, daysWithoutChange: 14, ...parameters });
	};
	const activate = async (parameters: INodeParameters = {}): Promise<TriggerWorkflow> => {
		const workflow = createWorkflow(parameters);
		expect(getItems(await workflow.activate())).toEqual([]);
		return workflow;
	};
	let ids: string[] = [];
	const createOnly = (days = 0) => {
		const id = create(days);
		ids = [...ids, id];
		return id;
	};
	const listIds = (result: TriggerPollResult) =>
		getItems(result)
			.map((item) => String(item[idKey] as string))
			.sort();
	beforeEach(() => (ids = []));

	test('a record is reported once after the days, and again only after a change', async () => {
		const id = createOnly();
		const workflow = await activate();
		waitDays(13);
		expect(listIds(await workflow.poll())).toEqual([]);
		waitDays(1);
		expect(listIds(await workflow.poll())).toEqual([id]);
		expect(listIds(await workflow.restart())).toEqual([]);
		waitDays(60);
		expect(listIds(await workflow.poll())).toEqual([]);
		update(id, { [column]: second });
		expect(listIds(await workflow.poll())).toEqual([]);
		waitDays(14);
		expect(listIds(await workflow.poll())).toEqual([id]);
	});

	test('the other columns do not count, and another number of days keeps the count', async () => {
		const id = createOnly();
		const workflow = await activate();
		waitDays(8);
		update(id, { remark: 'corrected', notes: 'corrected', customerPhone: '02', quotationNote: 'corrected' });
		expect(listIds(await workflow.poll())).toEqual([]);
		expect(listIds(await workflow.publish({ daysWithoutChange: 9 }))).toEqual([]);
		expect(listIds(await workflow.publish({ daysWithoutChange: 8 }))).toEqual([id]);
		expect(listIds(await workflow.publish({ daysWithoutChange: 7 }))).toEqual([]);
	});

	test('existing records count from publishing, so that all are reported, and none immediately', async () => {
		const [old, recent] = [createOnly(-40), createOnly(-10)];
		const workflow = await activate();
		waitDays(13);
		expect(listIds(await workflow.poll())).toEqual([]);
		waitDays(1);
		expect(listIds(await workflow.poll())).toEqual([old, recent].sort());
		waitDays(1);
		expect(listIds(await workflow.poll())).toEqual([]);
	});

	test('included existing records count from their own date, if there is one', async () => {
		const [old, recent] = [createOnly(-40), createOnly(-10)];
		const workflow = createWorkflow({ options: { includeExistingRecords: true } });
		expect(listIds(await workflow.activate())).toEqual(dateKey ? [old] : []);
		expect(listIds(await workflow.restart())).toEqual([]);
		waitDays(4);
		expect(listIds(await workflow.poll())).toEqual(dateKey ? [recent] : []);
		waitDays(10);
		expect(listIds(await workflow.poll())).toEqual(dateKey ? [] : [old, recent].sort());
	});

	test('a record that enters the filters counts from that poll, whatever its date', async () => {
		createOnly();
		const workflow = await activate();
		waitDays(1);
		const entered = create(-40);
		waitDays(1);
		expect(listIds(await workflow.poll())).toEqual([]);
		await workflow.restart();
		waitDays(13);
		await workflow.poll();
		waitDays(1);
		expect(listIds(await workflow.poll())).toEqual([entered]);
	});
});

test('Repeat starts the workflow again after each further period', async () => {
	const workflow = await fixture.activateWorkflow({ triggerOn: 'unchangedDeal', options: { repeat: true } });
	const counts: number[] = [];
	for (let day = 0; day < 45; day += 1) {
		waitDays(1);
		const items = getItems(await workflow.poll());
		if (items.length > 0) counts.push(day + 1);
	}
	expect(counts).toEqual(expect.arrayContaining([14, 28, 42]));
});

test.each(['simplified', 'selected', 'raw'])('%s output says since when', async (output) => {
	const deals = fixture.sandbox.records.deals;
	deals.records = [];
	deals.create({ dealsName: 'กาแฟ', dealStageId: 12, dateModified: null });
	const workflow = await fixture.activateWorkflow({ triggerOn: 'unchangedDeal', output, fields: ['change'] });
	waitDays(15.5);
	const [item] = getItems(await workflow.poll());
	expect(item).toMatchObject(
		output === 'raw'
			? { dealsName: 'กาแฟ' }
			: { change: 'unchanged', unchangedSince: '2025-06-15T12:00:00+07:00', daysWithoutChange: 15 },
	);
	expect(Object.keys(item ?? {}).includes('unchangedSince')).toBe(output !== 'raw');
});

test('Fetch Test Event shows a record, also if it changed lately', async () => {
	fixture.sandbox.records.deals.records = [];
	fixture.sandbox.records.deals.create({ dateModified: dateOf(-3) });
	const { items } = await fixture.fetchTestEvent({ triggerOn: 'unchangedDeal', output: 'simplified' });
	expect(items).toMatchObject([{ change: 'unchanged', daysWithoutChange: 3 }]);
});

test('records without the watched fields end publishing with a message', async () => {
	for (const records of [[{ dealsId: 1, dealsName: 'กาแฟ' }], []]) fixture.respondWithData('findDeals', records);
	const { error } = await fixture.createWorkflow({ triggerOn: 'unchangedDeal' }).activate();
	expect(error?.message).toContain('GoFive returned deals without the watched fields');
	expect(error).toMatchObject({ description: expect.stringContaining('contains the fields dealsId, dealsName') });
});

test('a number of days that is not whole is rejected', async () => {
	const { error } = await fixture.createWorkflow({ triggerOn: 'unchangedDeal', daysWithoutChange: 0 }).activate();
	expect(error?.message).toBe("'Days Without Change' cannot be 0");
});

test('a Look Back that is not longer than the days is rejected by name', async () => {
	const parameters = { triggerOn: 'unchangedExpense', daysWithoutChange: 30 };
	const { error } = await fixture.createWorkflow(parameters).activate();
	expect(error).toMatchObject({
		message: expect.stringContaining("'Look Back' cannot be 30"),
		description: expect.stringContaining("Enter more than 30 days, the value of 'Days Without Change'"),
	});
	for (const changes of [{ options: { lookBack: 31 } }, { triggerOn: 'newExpense' }]) {
		const result = await fixture.createWorkflow({ ...parameters, ...changes }).activate();
		expect(getItems(result)).toEqual([]);
	}
});

test('a record keeps its days while it is missing or its list cannot be read, and is not reported then', async () => {
	const [present, hidden] = [1, 2].map((dealsId) => ({ dealsId, dealStageId: 12 }));
	const respond = (...deals: unknown[]) => {
		for (const data of [deals, []]) fixture.respondWithData('findDeals', data);
	};
	respond(present, hidden);
	const workflow = await fixture.activateWorkflow({ triggerOn: 'unchangedDeal' });
	waitDays(13);
	fixture.addFault('findDeals', { status: 500 });
	expect((await workflow.poll()).error?.message).toContain('HTTP 500');
	waitDays(1);
	respond(present);
	expect(getItems(await workflow.poll())).toMatchObject([{ dealsId: 1 }]);
	waitDays(1);
	respond(present, hidden);
	expect(getItems(await workflow.poll())).toMatchObject([{ dealsId: 2 }]);
});

test('other fields to watch start the days again without a report', async () => {
	fixture.sandbox.records.deals.records = [];
	fixture.sandbox.records.deals.create();
	const workflow = await fixture.activateWorkflow({
		triggerOn: 'unchangedDeal',
		options: { includeExistingRecords: true },
	});
	waitDays(13);
	expect(getItems(await workflow.publish({ fieldsToWatch: ['dealValue'] }))).toEqual([]);
	waitDays(13);
	expect(getItems(await workflow.poll())).toEqual([]);
	waitDays(1);
	expect(getItems(await workflow.poll())).toHaveLength(1);
});
