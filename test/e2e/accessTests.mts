import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import {
	buildGoFiveNode,
	buildLinearWorkflow,
	buildManualTrigger,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

/** Text that GoFive returns and that the output must not contain. */
const MARK = 'MARKED';
const respondWithData = (data: unknown): FaultResponse => ({
	status: 200,
	body: { status: { code: '1000', description: MARK }, data },
});

/** Fault of a path by operation of the contract, and the result of the operation that calls it. */
const FAULTS: Array<[operationId: string, answer: FaultResponse, operation: string, result: string]> = [
	['findDeals', { status: 403, body: { message: MARK } }, 'Deal > Get Many', 'No Permission'],
	['getProductUnits', { status: 404 }, 'Product > Get Units', 'Path Not Found'],
	['findEmployees', { status: 500, body: { message: MARK } }, 'Employee > Get Many', 'Failed'],
	['findQuotations', { kind: 'hang' }, 'Quotation > Get Many', 'Failed'],
	['filterCustomers', { kind: 'html' }, 'Customer > Customers Filter (Any Endpoint)', 'Failed'],
	['findActivities', { kind: 'redirect' }, 'Activity > Activities Enquiry (Any Endpoint)', 'Failed'],
	['listProducts', respondWithData([{ someKey: MARK, [MARK]: 1 }]), 'Product > Get Many', 'Unknown Format'],
	['getCustomerEventTypes', respondWithData({ [MARK]: MARK }), 'Customer Event > Get Event Types', 'Unknown Format'],
	['findExpenses', respondWithData([]), 'Expense > Get Many', 'Works, No Records'],
];

/** Results of the operations whose paths have no fault. */
const OTHER_RESULTS = {
	'Customer > Get': 'Works',
	'Customer > Get Many': 'Works',
	'Customer Event > Get by Customer Code': 'Works',
	'Customer Event > Get Many': 'Works',
	'Case > Get': 'Works',
	'Contract > Get': 'Not Checked',
	'Customer > Create or Update': 'Not Checked',
};

/** Builds a workflow that runs Check Access. */
function buildCheckWorkflow(recordIds: Record<string, string>, overrides: Partial<WorkflowNode> = {}) {
	const parameters = { resource: 'account', operation: 'checkAccess', recordIds, options: {} };
	return buildLinearWorkflow('Check access', [buildManualTrigger(), buildGoFiveNode(parameters, overrides)]);
}

/** Addresses at which no GoFive is, and the message about each. */
const WRONG_ADDRESSES: Array<[title: string, baseUrl: string, message: string]> = [
	['a misspelled host', 'https://gofive.invalid', messages.hostNotFound.message],
	['a port that refuses connections', 'http://127.0.0.1:9', messages.noConnection.message],
];

/** Defines the tests of the operation Check Access: with a wrong address, and with another fault on each path. */
export function defineAccessTests(n8nServer: N8nTestServer): void {
	/** Runs the check with a wrong base URL. */
	async function assertOneError(title: string, baseUrl: string, message: string): Promise<void> {
		const data = { ...SANDBOX_CREDENTIAL_DATA, authentication: 'accessToken', baseUrl };
		const goFiveApi = await n8nServer.rest.createCredential(title, 'goFiveApi', data);
		const { status, error } = await n8nServer.execute(buildCheckWorkflow({}, { credentials: { goFiveApi } }));
		assert.equal(status, 'error');
		assert.ok(error?.message.startsWith(message), error?.message);
		assert.match(error?.description ?? '', /'Base URL' in the GoFive credential/u);
	}

	for (const [title, baseUrl, message] of WRONG_ADDRESSES)
		test(`Check Access ends with one message that names the cause: ${title}`, async () => {
			await assertOneError(title, baseUrl, message);
		});

	test('Check Access ends with one message that names the cause: a server that returns a web page', async () => {
		const server = createServer((_request, response) => response.end('<!DOCTYPE html><title>Welcome</title>'));
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const { port } = server.address() as AddressInfo;
		await assertOneError('Web page', `http://127.0.0.1:${port}`, messages.notJson('a web page').message);
		server.close();
	});

	test('Check Access shows the result of each path within two minutes, without a value of GoFive', async () => {
		for (const [operationId, answer] of FAULTS)
			n8nServer.sandbox.faults.add({ match: { operationId }, times: 'always', answer });
		const startMs = Date.now();
		const execution = assertSucceeded(await n8nServer.execute(buildCheckWorkflow({ caseNo: 'T250200010' })));
		assert.ok(Date.now() - startMs < 120_000);
		const items = execution.items('GoFive');
		const results = Object.fromEntries(
			items.map(({ resource, operation, result }) => [`${String(resource)} > ${String(operation)}`, result]),
		);
		const expected = Object.fromEntries(FAULTS.map(([, , operation, result]) => [operation, result]));
		for (const [operation, result] of Object.entries({ ...expected, ...OTHER_RESULTS }))
			assert.equal(results[operation], result, operation);
		const text = JSON.stringify(items);
		const codes = n8nServer.sandbox.records.customers.records.map(({ customerCode }) => String(customerCode));
		const values = [MARK, ...Object.values(SANDBOX_CREDENTIAL_DATA), ...codes];
		assert.deepEqual(
			values.filter((value) => text.includes(value)),
			[],
		);
		assert.equal(items.find(({ operation }) => operation === 'Get Event Types')?.['otherKeys'], '');
	});
}
