// Which of several ID columns identifies a record, and values that identify none. See operation/recordIdsTests.cts.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** Sources whose records have two IDs: Trigger On, operation of the sandbox, keys, number of pages, and parameters. */
const SOURCES: Array<[string, string, [string, string], number, INodeParameters]> = [
	['newCustomer', 'findCustomers', ['customerId', 'customerCode'], 2, { customerTypes: [11300] }],
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
