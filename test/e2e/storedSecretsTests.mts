import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { WRONG_CREDENTIAL_VALUES } from './credentialTests.mts';
import { buildReadWorkflow } from './testWorkflows.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Builds workflows that fail because of a wrong value in the credential or a fault of the sandbox. */
async function buildFailingWorkflows({ rest, sandbox }: N8nTestServer): Promise<WorkflowDefinition[]> {
	const { clientSecret, subscriptionApiKey, accessToken } = WRONG_CREDENTIAL_VALUES;
	const wrongCredentials: Array<[name: string, overrides: object]> = [
		['Wrong key', { subscriptionApiKey }],
		['Wrong secret', { clientSecret }],
		['Wrong token', { authentication: 'accessToken', accessToken }],
	];
	const faults: Array<[customerCodePrefix: string, answer: FaultResponse]> = [
		['F500', { status: 500 }],
		['CUT', { kind: 'cutBody' }],
		['RESET', { kind: 'resetBefore' }],
		['PAGE', { kind: 'html' }],
	];
	const failingWorkflows = [buildReadWorkflow('Unknown customer', ['NOPE'])];
	const validData = { authentication: 'clientCredentials', ...SANDBOX_CREDENTIAL_DATA, baseUrl: sandbox.url };
	for (const [name, overrides] of wrongCredentials) {
		const goFiveApi = await rest.createCredential(name, 'goFiveApi', { ...validData, ...overrides });
		failingWorkflows.push(buildReadWorkflow(name, ['C000055'], { credentials: { goFiveApi } }));
	}
	for (const [prefix, answer] of faults) {
		const codes = addCustomers(sandbox.records, buildCodes(1, prefix), 1);
		sandbox.faults.add({ match: { customerCode: codes[0] }, times: 'always', answer });
		failingWorkflows.push(buildReadWorkflow(prefix, codes));
	}
	return failingWorkflows;
}

/**
 * Searches everything that n8n stores, and `texts`, for every secret, including wrong values and fetched tokens.
 * Stops n8n.
 * @param expectedTexts - Texts that the executions must contain, which proves that the search sees them
 */
async function assertNoSecretsStored(
	n8nServer: N8nTestServer,
	texts: string[],
	expectedTexts: string[],
): Promise<void> {
	const fetchedTokens = n8nServer.sandbox.requestLog.flatMap(
		({ headers }) => String(headers['authorization'] ?? '').split(' ')[1] ?? [],
	);
	const secrets = [
		...new Set([
			...[SANDBOX_CREDENTIAL_DATA, WRONG_CREDENTIAL_VALUES].flatMap(
				({ clientSecret, subscriptionApiKey, accessToken }) => [clientSecret, subscriptionApiKey, accessToken],
			),
			...fetchedTokens,
		]),
	];
	assert.ok(secrets.length > 6, 'No token was fetched');

	// A page boundary of the database file can split a text, so the executions are read through the REST API.
	const { results } = await n8nServer.rest.requestData<{ results: Array<{ id: string }> }>('GET', 'executions?limit=1');
	const newestId = Number(results[0]?.id);
	const responses = await Promise.all(
		Array.from(
			{ length: newestId },
			async (_, index) => await n8nServer.rest.request('GET', `executions/${index + 1}`),
		),
	);
	const executions = responses.filter(({ ok }) => ok).map(({ data }) => JSON.stringify(data));
	for (const text of expectedTexts)
		assert.ok(
			executions.some((execution) => execution.includes(text)),
			`No execution holds ${text}`,
		);

	await n8nServer.stop();
	const folder = path.join(n8nServer.instance.env['N8N_USER_FOLDER'] ?? '', '.n8n');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name));
	assert.ok(files.some((file) => file.endsWith('database.sqlite')));
	const sources: Array<[name: string, content: string | Buffer]> = [
		...executions.map((text): [string, string] => ['an execution', text]),
		...texts.map((text): [string, string] => ['a text or the log', text]),
		...files.map((file): [string, Buffer] => [path.basename(file), readFileSync(file)]),
	];
	// Only the place is printed, never the secret.
	const leaks = sources
		.filter(([, content]) => secrets.some((secret) => content.includes(secret)))
		.map(([name]) => name);
	assert.deepEqual(leaks, []);
}

/**
 * Defines the test that n8n stores and logs no secret after any failure. It is the last one, because it stops n8n.
 * @param shownTexts - Messages that n8n showed outside of executions
 */
export function defineStoredSecretsTest(script: ScriptContext, n8nServer: N8nTestServer, shownTexts: string[]): void {
	test('no secret is in data, logs or messages of n8n after any failure', async () => {
		const workflows = await buildFailingWorkflows(n8nServer);
		const executions = await Promise.all(workflows.map((workflow) => n8nServer.execute(workflow)));
		assert.deepEqual(
			executions.map(({ status }, index) => [workflows[index]?.name, status]),
			workflows.map(({ name }) => [name, 'error']),
		);
		await assertNoSecretsStored(
			n8nServer,
			[...shownTexts, readFileSync(script.logFile, 'utf8')],
			['NOPE', 'Wrong key', messages.subscriptionKeyInvalid.message],
		);
	});
}
