import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import type { Fault } from '../../sandbox/sandboxTypes.mts';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import {
	buildGoFiveNode,
	buildLinearWorkflow,
	buildManualTrigger,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { buildServerError, REJECTED } from '../../scripts/supportModules.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

const CUSTOMER_COUNT = 3000;
/** Number of requests that may be in flight at the same time. */
const MAX_PARALLEL_REQUESTS = 128;

/** Customers that GoFive cannot return, with their faults and the beginnings of their messages, by code. */
const FAILED_CUSTOMERS: Array<[code: string, answer: Fault['answer'], message: string]> = [
	['MANY0500', { kind: 'hang' }, messages.timeout(3).message],
	['MANY1000', { status: 500 }, buildServerError(500)],
	['MANY1500', { status: 400 }, `${REJECTED}: `],
	['MANY2000', { kind: 'html' }, messages.notJson('a web page').message],
];

/** Builds a workflow that reads the events of all customers. */
function buildAllCustomersWorkflow(onError?: WorkflowNode['onError']): WorkflowDefinition {
	const parameters = {
		resource: 'customerEvent',
		operation: 'getAll',
		dateRange: 'allDates',
		customerStateIds: [11300],
		returnAll: true,
		output: 'selected',
		fields: ['customerCode'],
		options: { timeoutSeconds: 3, maxParallelRequests: MAX_PARALLEL_REQUESTS },
	};
	const goFiveNode = buildGoFiveNode(parameters, onError ? { onError } : {});
	return buildLinearWorkflow('All customers', [buildManualTrigger(), goFiveNode]);
}

/** Defines the tests of a report about 3,000 customers, of which four cannot be read. */
export function defineFailedCustomersTests(n8nServer: N8nTestServer): void {
	describe('four of 3,000 customers cannot be read', () => {
		beforeEach(() => {
			const { sandbox } = n8nServer;
			sandbox.records.customers.records = [];
			addCustomers(sandbox.records, buildCodes(CUSTOMER_COUNT, 'MANY'), 1);
			for (const [customerCode, answer] of FAILED_CUSTOMERS)
				sandbox.faults.add({ match: { operationId: 'getCustomerEvents', customerCode }, times: 'always', answer });
		});

		const readEvents = async (onError?: WorkflowNode['onError']): Promise<FinishedExecution> =>
			await n8nServer.execute(buildAllCustomersWorkflow(onError));

		const assertErrors = (items: Array<Record<string, unknown>>): void => {
			const errors = items.map(({ error }) => String(error)).sort();
			assert.equal(errors.length, FAILED_CUSTOMERS.length);
			for (const [code, , message] of FAILED_CUSTOMERS)
				assert.ok(
					errors.some((error) => error.startsWith(message) && error.includes(` for customer code '${code}'`)),
					`${message} for ${code} is not in ${errors.join('\n')}`,
				);
		};

		test('On Error = Continue returns the events of all others, then four errors', async () => {
			const { items } = assertSucceeded(await readEvents('continueRegularOutput'));
			const results = items('GoFive');
			const events = results.slice(0, CUSTOMER_COUNT - FAILED_CUSTOMERS.length);
			assert.equal(new Set(events.map(({ customerCode }) => customerCode)).size, events.length);
			assert.ok(events.every(({ error }) => error === undefined));
			assertErrors(results.slice(events.length));
		});

		test('the error output has the four errors', async () => {
			const { items } = assertSucceeded(await readEvents('continueErrorOutput'));
			assertErrors(items('GoFive', 1));
		});

		test('On Error = Stop sends no request after the first failure', async (t) => {
			const { sandbox } = n8nServer;
			sandbox.faults.clear();
			const countBefore = n8nServer.requestCount;
			const execution = readEvents();
			const isThirdRead = () => n8nServer.countAnsweredReads(countBefore) >= CUSTOMER_COUNT / 3;
			await n8nServer.waitFor('a third of the customers are read', isThirdRead);
			const hold = sandbox.hold('getCustomerEvents');
			t.after(() => hold.end());
			sandbox.faults.add({ match: { operationId: 'getCustomerEvents' }, answer: { status: 500 } });
			await hold.waitForRequests(MAX_PARALLEL_REQUESTS, execution);
			const countAtFailure = n8nServer.requestCount;
			// The first request that is held has the fault.
			hold.release(1);
			const { status, error } = await execution;
			assert.equal(status, 'error');
			assert.match(String(error?.message), /for customer code 'MANY\d{4}'$/u);
			assert.equal(n8nServer.requestCount, countAtFailure);
		});
	});
}
