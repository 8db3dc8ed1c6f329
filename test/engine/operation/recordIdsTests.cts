// Values that identify no record, in any ID column: 0, '0', null, '', and a number that JSON may have rounded.
import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const NO_IDS = [0, '0', null, '', undefined, 2 ** 53, -1, '00000000-0000-0000-0000-000000000000'];

/** Runs an operation whose first response has this data. Further pages of a list are empty. */
async function runWithData(name: string, operationId: string, data: unknown[], parameters: IDataObject = {}) {
	fixture.respondWithData(operationId, data);
	fixture.respondWithData(operationId, [], { times: 'always' });
	return await fixture.runExample(name, { returnAll: true, output: 'raw', ...parameters });
}

/** Operation, operation of the contract, and keys of its IDs. */
const LISTS: Array<[name: string, operationId: string, idKeys: string[], parameters: IDataObject]> = [
	['customer.getAll', 'findCustomers', ['customerId', 'customerCode'], { customerStateIds: [11300] }],
	['customerEvent.getByCustomerCode', 'getCustomerEvents', ['eventId'], { dateRange: 'allDates' }],
	['deal.getAll', 'findDeals', ['dealsId', 'dealNo'], {}],
	['employee.getAll', 'findEmployees', ['userId'], {}],
	['expense.getAll', 'findExpenses', ['expenseId', 'expenseNo'], { expenseTypeIds: [1006] }],
	['product.getAll', 'listProducts', ['productCode'], {}],
	['quotation.getAll', 'findQuotations', ['quotationId', 'quotationNo'], {}],
];

describe.each(LISTS)('%s', (name, operationId, idKeys, parameters) => {
	const [firstKey = '', secondKey] = idKeys;

	test.each(NO_IDS)('returns all records with the ID %j', async (id) => {
		const records = [1, 2, 3].map((note) => ({ ...Object.fromEntries(idKeys.map((key) => [key, id])), note }));
		const { items, error } = await runWithData(name, operationId, records, parameters);
		expect(error).toBeUndefined();
		expect(items.map(({ note }) => note)).toEqual([1, 2, 3]);
	});

	if (secondKey) {
		test('returns a record whose second ID is the first ID of another record', async () => {
			const records = [
				{ [firstKey]: null, [secondKey]: '1' },
				{ [firstKey]: 1, [secondKey]: 'A' },
			];
			const { items } = await runWithData(name, operationId, records, parameters);
			expect(items).toHaveLength(2);
		});
	}
});

test.each(NO_IDS)('a customer with the code %j is no customer whose events can be read', async (customerCode) => {
	fixture.respondWithData('findCustomers', [{ customerCode, customerName: 'A' }]);
	const { error } = await fixture.runExample('customerEvent.getAll', { customerStateIds: [11300] });
	expect(error?.message).toBe('GoFive returned customers without customerCode');
	expect(fixture.findRequests('getCustomerEvents')).toEqual([]);
});

test.each(NO_IDS)('the ID %j has no name', async (id) => {
	const employees = [
		{ userId: id, fullname: 'Nobody' },
		{ userId: 'U1', fullname: 'Somchai' },
	];
	for (const data of [employees, []]) fixture.respondWithData('findEmployees', data);
	const expenses = [
		{ expenseId: 1, createdByUserId: id },
		{ expenseId: 2, createdByUserId: 'U1' },
	];
	const parameters = { expenseTypeIds: [1006], output: 'simplified', options: { addNames: true } };
	const { items, error } = await runWithData('expense.getAll', 'findExpenses', expenses, parameters);
	expect(error).toBeUndefined();
	expect(items.map(({ createdByUserName }) => createdByUserName)).toEqual([id ?? null, 'Somchai']);
});

test.each(NO_IDS)('an entry with the ID %j has no name that an input can contain', async (eventTypeId) => {
	fixture.respondWithData('getCustomerEventTypes', [
		{ eventTypeId, eventTypeName: 'Visit' },
		{ eventTypeId: 2, eventTypeName: 'Call' },
	]);
	const { error } = await fixture.runExample('customerEvent.create', { eventType: 'Visit' });
	expect(error?.description).toMatch(/Use the name or the ID of one of the .*: Call \(2\)\./);
});

test.each(NO_IDS)('Check Access reads no record with the ID %j', async (id) => {
	const row = { dealsId: id, dealNo: id, dealName: 'A' };
	fixture.respondWithData('findDeals', [row], { times: 'always' });
	const { items } = await fixture.runOperation('checkAccess', { resource: 'account', recordIds: {} });
	const results = items
		.filter(({ resource }) => resource === 'Deal')
		.map(({ operation, result }) => [operation, result]);
	expect(results).toEqual(
		expect.arrayContaining([
			['Get Many', 'Unknown Format'],
			['Get', 'Not Checked'],
		]),
	);
	expect(fixture.findRequests('getDeal')).toEqual([]);
});
