import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

type CredentialRef = { id: string; name: string };

/** Builds a workflow with an HTTP Request node that uses the credential. */
function buildHttpRequestWorkflow(url: string, goFiveApi: CredentialRef, otherParameters = {}): WorkflowDefinition {
	const parameters = {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'goFiveApi',
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Content-Type', value: 'application/json' }] },
		...otherParameters,
	};
	const type = 'n8n-nodes-base.httpRequest';
	const node = { name: 'HTTP Request', type, typeVersion: 4.2, parameters, credentials: { goFiveApi } };
	return buildLinearWorkflow('HTTP Request', [buildManualTrigger(), node]);
}

/** Defines the tests of where n8n sends and stores the secrets of the credential. */
export function defineCredentialUseTests(n8nServer: N8nTestServer): void {
	const DEFAULTS = { authentication: 'accessToken', allowedHttpRequestDomains: 'all' };
	const createCredential = async (name: string, overrides: object): Promise<CredentialRef> => {
		const { rest, sandbox } = n8nServer;
		const data = { ...SANDBOX_CREDENTIAL_DATA, ...DEFAULTS, baseUrl: sandbox.url, ...overrides };
		return await rest.createCredential(name, 'goFiveApi', data);
	};

	test('the HTTP Request node calls an endpoint without an operation, with both headers and a renewed token', async () => {
		const url = `${n8nServer.sandbox.url}/v3/Products/serials/status`;
		const goFiveApi = await createCredential('HTTP Request', { authentication: 'clientCredentials' });
		const workflow = buildHttpRequestWorkflow(url, goFiveApi);
		assertSucceeded(await n8nServer.execute(workflow));
		const sent = n8nServer.getApiRequests().at(-1);
		assert.match(String(sent?.headers['authorization']), /^Bearer \S+$/u);
		assert.equal(sent?.headers['ocp-apim-subscription-key'], SANDBOX_CREDENTIAL_DATA.subscriptionApiKey);
		n8nServer.sandbox.tokens.expireAll();
		const countBefore = n8nServer.requestCount;
		assertSucceeded(await n8nServer.execute(workflow));
		assert.deepEqual(
			n8nServer.getApiRequests(countBefore).map((request) => request.status),
			[401, 200],
		);
		assert.equal(n8nServer.countTokenRequests(countBefore), 1);
	});

	// n8n checks the permission only for credentials that it knows, if they are selected as a generic type.
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount }}' }] },
		paginationCompleteWhen: 'other',
		completeExpression: '={{ true }}',
	};
	const asGenericType = {
		authentication: 'genericCredentialType',
		genericAuthType: 'goFiveApi',
		options: { pagination: { pagination } },
	};
	for (const [title, parameters] of Object.entries({ 'predefined type': {}, 'generic type': asGenericType }))
		test(`the HTTP Request node cannot use the credential by default: ${title}`, async () => {
			const goFiveApi = await createCredential('Default', { allowedHttpRequestDomains: undefined });
			const countBefore = n8nServer.requestCount;
			const url = `${n8nServer.sandbox.url}/v1/x`;
			const { error } = await n8nServer.execute(buildHttpRequestWorkflow(url, goFiveApi, parameters));
			assert.match(String(error?.message), /prevent use within an HTTP Request|can be used in the GoFive nodes only/u);
			assert.equal(n8nServer.requestCount, countBefore);
		});

	// The search for secrets in n8n's data and logs, at the end of these tests, covers these executions, too.
	const asFile = { options: { response: { response: { responseFormat: 'file' } } } };
	const paddedKey = { subscriptionApiKey: ` ${SANDBOX_CREDENTIAL_DATA.subscriptionApiKey} ` };
	for (const [title, path, parameters, overrides] of [
		['a subscription key with blanks', 'unknown', {}, paddedKey],
		['a response as a file', 'event-types', asFile, {}],
	] as const)
		test(`the HTTP Request node shows and stores no secret: ${title}`, async () => {
			const goFiveApi = await createCredential(title, overrides);
			const url = `${n8nServer.sandbox.url}/v1/customerEvent/${path}`;
			const { id, error } = await n8nServer.execute(buildHttpRequestWorkflow(url, goFiveApi, parameters));
			assert.equal(error === undefined, path !== 'unknown', error?.message);
			const stored = JSON.stringify(await n8nServer.rest.requestData('GET', `executions/${id}`));
			const { accessToken, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
			for (const secret of [accessToken, subscriptionApiKey]) assert.ok(!stored.includes(secret));
		});
}
