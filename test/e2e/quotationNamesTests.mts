import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import { buildGoFiveNode, buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

const QUOTATION_COUNT = 200;
/** One request for each of 20 customers, two pages of employees, and one to spare. */
const MAX_NAME_REQUESTS = 23;

/** Defines the test of a list with the option Add Names. */
export function defineQuotationNamesTests(getN8nServer: () => N8nTestServer): void {
	test('200 quotations of 20 customers and 5 salespersons get their names in at most 23 more requests', async (t) => {
		const n8nServer = getN8nServer();
		const { store, records } = n8nServer.sandbox;
		const customerCodes = store.seedCustomers(20, 0, 'NAMED');
		const staffNames = new Map(
			records.employees.records.slice(0, 4).map(({ staffCode, fullname }) => [staffCode, fullname]),
		);
		// The list of employees does not contain this one.
		staffNames.set('GONE', 'GONE');
		const staffCodes = [...staffNames.keys()];
		t.after(() => records.quotations.reset());
		records.quotations.records = [];
		for (let index = 0; index < QUOTATION_COUNT; index++) {
			const customerCode = customerCodes[index % customerCodes.length];
			records.quotations.create({ customerCode, staffCode: staffCodes[index % staffCodes.length] });
		}

		/** Reads all quotations. Returns their items and the number of requests. */
		const readQuotations = async (options: object) => {
			const countBefore = n8nServer.requestCount;
			const parameters = { resource: 'quotation', operation: 'getAll', returnAll: true, filters: {}, options };
			const workflow = buildLinearWorkflow('Names', [buildManualTrigger(), buildGoFiveNode(parameters)]);
			const { items } = assertSucceeded(await n8nServer.execute(workflow));
			return { items: items('GoFive'), requestCount: n8nServer.getApiRequests(countBefore).length };
		};
		const withoutNames = await readQuotations({});
		const withNames = await readQuotations({ addNames: true });

		assert.equal(withNames.items.length, QUOTATION_COUNT);
		for (const { customerCode, customerName, staffCode, staffName } of withNames.items) {
			assert.equal(customerName, `Customer ${String(customerCode)}`);
			assert.equal(staffName, staffNames.get(staffCode));
		}
		const listNumbers = (items: ItemJson[]) => items.map(({ quotationNo }) => quotationNo);
		assert.deepEqual(listNumbers(withNames.items), listNumbers(withoutNames.items));
		assert.ok(withoutNames.items.every((item) => !('customerName' in item || 'staffName' in item)));
		const nameRequestCount = withNames.requestCount - withoutNames.requestCount;
		assert.ok(nameRequestCount <= MAX_NAME_REQUESTS, `${nameRequestCount} more requests`);
	});
}
