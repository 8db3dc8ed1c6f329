import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '../../nodes/GoFive/api/errors/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { buildGoFiveNode, buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { buildCreateEventParameters, type N8nTestServer } from './n8nTestServer.mts';

const { createSelfSignedCertificate } = createRequire(import.meta.url)(
	'../engine/harness/selfSignedCertificate.cts',
) as typeof import('../engine/harness/selfSignedCertificate.cts');

type CredentialRef = { id: string; name: string };

/** Builds a workflow with an HTTP Request node that uses the credential. */
export function buildHttpRequestWorkflow(
	url: string,
	goFiveApi: CredentialRef,
	otherParameters = {},
): WorkflowDefinition {
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

/** Defines the tests of where secrets go, and of a write that is not sent after its timeout. */
export function defineSecretTests(getN8nServer: () => N8nTestServer): void {
	const DEFAULTS = { authentication: 'accessToken', allowedHttpRequestDomains: 'all' };
	const createCredential = async (name: string, overrides: object): Promise<CredentialRef> => {
		const { rest, sandbox } = getN8nServer();
		const data = { ...SANDBOX_CREDENTIAL_DATA, ...DEFAULTS, baseUrl: sandbox.url, ...overrides };
		return await rest.createCredential(name, 'goFiveApi', data);
	};

	test('a write that timed out while n8n fetched the token is never sent later', async () => {
		const n8nServer = getN8nServer();
		const goFiveApi = await createCredential('Slow sign-in', { authentication: 'clientCredentials' });
		const countBefore = n8nServer.requestCount;
		n8nServer.sandbox.addFault({ match: { operationId: 'createToken' }, answer: { kind: 'late', ms: 13_000 } });
		const parameters = { ...buildCreateEventParameters('C000055', 'Too late'), options: { timeout: 1 } };
		const { error } = await n8nServer.execute(
			buildLinearWorkflow('Slow sign-in', [
				buildManualTrigger(),
				buildGoFiveNode(parameters, { credentials: { goFiveApi } }),
			]),
		);
		assert.match(String(error?.message), /^GoFive did not respond within 10 seconds/u);
		const newRequests = () => n8nServer.sandbox.requestLog.slice(countBefore);
		await n8nServer.waitFor('the token was issued', () => newRequests().some(({ status }) => status === 200));
		await sleep(2_000);
		assert.deepEqual(
			newRequests().map(({ operationId }) => operationId),
			['createToken'],
		);
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
	for (const parameters of [{}, asGenericType])
		test(`the HTTP Request node cannot use the credential by default: ${Object.keys(parameters).join()}`, async () => {
			const n8nServer = getN8nServer();
			const goFiveApi = await createCredential('Default', { allowedHttpRequestDomains: undefined });
			const countBefore = n8nServer.requestCount;
			const url = `${n8nServer.sandbox.url}/v1/x`;
			const { error } = await n8nServer.execute(buildHttpRequestWorkflow(url, goFiveApi, parameters));
			assert.match(String(error?.message), /prevent use within an HTTP Request|can be used in the GoFive nodes only/u);
			assert.equal(n8nServer.requestCount, countBefore);
		});

	test("the HTTP Request node with 'Ignore SSL Issues' does not get the secrets for an https base URL", async () => {
		const receivedHeaders: object[] = [];
		const server = createServer(createSelfSignedCertificate(), (request, response) => {
			receivedHeaders.push(request.headers);
			response.end('{}');
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
		const goFiveApi = await createCredential('Https', { baseUrl });
		const parameters = { options: { allowUnauthorizedCerts: true } };
		const workflow = buildHttpRequestWorkflow(`${baseUrl}/v1/x`, goFiveApi, parameters);
		const { error } = await getN8nServer().execute(workflow);
		server.close();
		assert.ok(error?.message?.startsWith(messages.certificateNotVerified.message), error?.message);
		assert.deepEqual(receivedHeaders, []);
	});

	// The search for secrets in n8n's data and logs, at the end of these tests, covers these executions, too.
	const FAKE_STREAM = `={{ (() => {
		const stream = { on: () => stream, once: () => stream };
		const steal = (request) => request.emit('error', { message: JSON.stringify(request.getHeaders()) });
		stream.pipe = (target) => { if (target.getHeaders) steal(target); else target.pipe = steal; };
		return stream;
	})() }}`;
	const asFile = { options: { response: { response: { responseFormat: 'file' } } } };
	const paddedKey = { subscriptionApiKey: ` ${SANDBOX_CREDENTIAL_DATA.subscriptionApiKey} ` };
	for (const [title, path, parameters, overrides] of [
		[
			'a body that poses as a stream',
			'unknown',
			{ method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: FAKE_STREAM },
			{},
		],
		['a subscription key with blanks', 'unknown', {}, paddedKey],
		['a response as a file', 'event-types', asFile, {}],
	] as const)
		test(`the HTTP Request node shows and stores no secret: ${title}`, async () => {
			const n8nServer = getN8nServer();
			const goFiveApi = await createCredential(title, overrides);
			const url = `${n8nServer.sandbox.url}/v1/customerEvent/${path}`;
			const { id, error } = await n8nServer.execute(buildHttpRequestWorkflow(url, goFiveApi, parameters));
			assert.equal(error === undefined, path !== 'unknown', error?.message);
			const stored = JSON.stringify(await n8nServer.rest.requestData('GET', `executions/${id}`));
			const { accessToken, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
			for (const secret of [accessToken, subscriptionApiKey]) assert.ok(!stored.includes(secret));
		});
}
