import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { SANDBOX_CREDENTIAL_REF } from '../../scripts/instance/workflowBuilder.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

interface ListEntry {
	name: string;
	value: string | number;
}

/** Defines the tests of the lists in forms, as the editor of n8n 1 requests them. Browser tests use that of n8n 2. */
export function defineListTests(n8nServer: N8nTestServer): void {
	const requestList = async <T,>(endpoint: string, node: string, rest: object): Promise<T> =>
		await n8nServer.rest.requestData<T>('POST', `dynamic-node-parameters/${endpoint}`, {
			nodeTypeAndVersion: { name: `n8n-nodes-gofive.${node}`, version: 1 },
			path: '',
			currentNodeParameters: {},
			credentials: { goFiveApi: SANDBOX_CREDENTIAL_REF },
			...rest,
		});
	const loadOptions = async (methodName: string, node = 'goFive') =>
		await requestList<ListEntry[]>('options', node, { methodName });
	const search = async (methodName: string, rest: object = {}, node = 'goFive') =>
		await requestList<{ results: ListEntry[]; paginationToken?: string }>('resource-locator-results', node, {
			methodName,
			...rest,
		});

	beforeEach(() => {
		const { employees, deals } = n8nServer.sandbox.records;
		employees.fill(230);
		deals.fill(230);
	});

	test('lists of several values are loaded', async () => {
		const dealStages = await loadOptions('getDealStages');
		assert.deepEqual(dealStages.map(({ value }) => value).sort(), ['11', '12']);
		assert.equal((await loadOptions('getEventTypes', 'goFiveTrigger'))[0]?.value, 1);
	});

	test('a resource locator is loaded page by page and searched', async () => {
		const first = await search('getEmployees');
		const second = await search('getEmployees', { paginationToken: first.paginationToken });
		const third = await search('getEmployees', { paginationToken: second.paginationToken });
		const values = [first, second, third].flatMap(({ results }) => results.map(({ value }) => value));
		assert.deepEqual([values.length, new Set(values).size], [230, 230]);
		assert.deepEqual((await search('getEmployees', { paginationToken: third.paginationToken })).results, []);
		assert.deepEqual((await search('getEmployees', { filter: 'E0042' })).results, [
			{ name: 'มานะ รักงาน (E0042)', value: 'E0042' },
		]);
		assert.equal((await search('getEmployees', {}, 'goFiveTrigger')).results.length, 100);
	});

	test('a list that cannot be loaded shows what to do', async () => {
		n8nServer.sandbox.faults.add({
			match: { operationId: 'findEmployees' },
			answer: { kind: 'unauthorized', because: 'invalidKey' },
			times: 2,
		});
		const { message, description } = messages.subscriptionKeyInvalid;
		await assert.rejects(search('getEmployees'), new RegExp(`${message}.*${description}.*'By ID'`, 'su'));
		await assert.rejects(loadOptions('getEmployees'), new RegExp(`${message}\\. ${description}.* expression`, 'su'));
	});
}
