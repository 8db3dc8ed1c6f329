// Which of several ID columns identifies a record, and values that identify none. See operation/recordIdsTests.cts.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** Sources whose records have two IDs: Trigger On, operation of the sandbox, keys, number of pages, and parameters. */
const SOURCES: Array<[string, string, [string, string], number, INodeParameters]> = [
	['newCustomer', 'findCustomers', ['customerId', 'customerCode'], 2, { customerStateIds: [11300] }],
	['newDeal', 'findDeals', ['dealsId', 'dealNo'], 2, {}],
	['newExpense', 'findExpenses', ['expenseId', 'expenseNo'], 1, { expenseTypeIds: [1006] }],
	['newQuotation', 'findQuotations', ['quotationId', 'quotationNo'], 2, {}],
];

describe.each(SOURCES)('%s', (triggerOn, operationId, [idKey, numberKey], pages, parameters) => {
	function respond(records: IDataObject[]): void {
		for (const data of [records, []].slice(0, pages)) fixture.respondWithData(operationId, data);
	}

	test.each([0, '0', null, '', 2 ** 53])('new records with the ID %j are reported', async (id) => {
		const [first, ...added] = ['A', 'B', 'C'].map((number) => ({ [idKey]: id, [numberKey]: number }));
		respond([first as IDataObject]);
		const workflow = await fixture.activateWorkflow({ triggerOn, ...parameters });
		respond([first as IDataObject, ...added]);
		expect((await workflow.poll()).items).toEqual(added);
	});

	test.each([0, '0', null, '', 2 ** 53])('records with only the ID %j cannot be watched', async (id) => {
		respond([{ [idKey]: id, [numberKey]: id }]);
		const { error } = await fixture.createWorkflow({ triggerOn, ...parameters }).activate();
		expect(error?.message).toMatch(/GoFive returned \w+ without \w+ or \w+$/);
	});
});

test.each([
	['newProduct', 'listProducts', 'productCode', '0', 1],
	['newProduct', 'listProducts', 'productCode', null, 1],
	['newQuotation', 'findQuotations', 'quotationNo', '', 2],
])('%s: a record of %s with the %s %j does not hide a new record', async (triggerOn, operationId, key, id, pages) => {
	const respond = (ids: Array<string | null>) => {
		const records = ids.map((value) => ({ [key]: value }));
		for (const data of [records, []].slice(0, pages)) fixture.respondWithData(operationId, data);
	};
	respond(['A']);
	const workflow = await fixture.activateWorkflow({ triggerOn });
	respond(['A', id, 'B']);
	expect((await workflow.poll()).items).toMatchObject([{ [key]: 'B' }]);
	respond([id, 'A', 'B']);
	expect((await workflow.poll()).items).toEqual([]);
});

test('an event with the ID 0 does not hide a new event', async () => {
	const workflow = await fixture.activateWorkflow({ customerCodes: 'A' });
	fixture.respondWith('A', [{ eventId: 0 }, { eventId: 99 }]);
	expect((await workflow.poll()).items).toMatchObject([{ eventId: 99 }]);
});

test('a customer without a code does not hide the events of the others', async () => {
	const respond = () => {
		for (const data of [[{ customerCode: null }, { customerCode: 'A' }], []])
			fixture.respondWithData('findCustomers', data);
	};
	respond();
	const workflow = await fixture.activateWorkflow({ customerSelection: 'all', customerStateIds: [11300] });
	respond();
	fixture.respondWith('A', [{ eventId: 99 }]);
	expect((await workflow.poll()).items).toMatchObject([{ eventId: 99 }]);
});
