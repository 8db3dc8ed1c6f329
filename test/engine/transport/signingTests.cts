// What n8n's two helpers do with a request before the credential signs it. Which requests it signs is in
// unit/credentialAuthenticateTests.cts.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { runRequestNode } from '../harness.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { startsWith } from '../../support/expectedMessages.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';

const fixture = setupExecutionFixture();
let otherServer: Server;
let otherUrl: string;
let receivedHeaders: IncomingHttpHeaders[];
beforeAll(async () => {
	otherServer = createServer((request, response) => {
		receivedHeaders.push(request.headers);
		response.end('{}');
	});
	otherUrl = `http://127.0.0.1:${await listenOnLoopback(otherServer)}`;
});
beforeEach(() => void (receivedHeaders = []));
afterAll(() => void otherServer.close());

/** Sends a request as another node does, with the helper of n8n's HTTP Request node or with the newer one. */
const sendAsOtherNode = async (helper: Helper, options: object) =>
	await runRequestNode(
		async function () {
			return (await this.helpers[helper].call(this, 'goFiveApi', options as IHttpRequestOptions)) as unknown;
		},
		{ credential: fixture.accessTokenCredential },
	);
type Helper = 'requestWithAuthentication' | 'httpRequestWithAuthentication';
const HELPERS: Helper[] = ['requestWithAuthentication', 'httpRequestWithAuthentication'];

describe.each(HELPERS)('a request of another node with %s', (helper) => {
	test.each<readonly [string, (url: string) => object]>([
		['another URL', () => ({ url: otherUrl })],
		['another base URL, and the URL of the older helper', (url) => ({ baseURL: otherUrl, url: undefined, uri: url })],
	])('is not signed with %s', async (_, toOptions) => {
		const url = `${fixture.sandbox.url}/v1/x`;
		const { error, runDataText } = await sendAsOtherNode(helper, { method: 'POST', url, ...toOptions(url) });
		expect(error?.message).toMatch(/^The GoFive credential was not sent/);
		expect(runDataText).not.toContain(fixture.accessTokenCredential.accessToken);
		expect([...fixture.sandbox.requestLog, ...receivedHeaders]).toEqual([]);
	});

	test('is signed in a copy, so that the node itself does not have the secrets', async () => {
		const { accessToken, subscriptionApiKey } = fixture.accessTokenCredential;
		const options = { url: `${fixture.sandbox.url}/v1/x`, headers: { Accept: '*/*' }, qs: { from: new Date(0) } };
		await sendAsOtherNode(helper, options);
		expect(fixture.sandbox.requestLog).toEqual([
			expect.objectContaining({
				query: 'from=1970-01-01T00%3A00%3A00.000Z',
				headers: expect.objectContaining({ authorization: expect.stringMatching(/^Bearer ./) }),
			}),
		]);
		for (const secret of [accessToken, subscriptionApiKey]) expect(JSON.stringify(options)).not.toContain(secret);
	});

	test('is not signed if the URL is an object, whose text may change', async () => {
		const url = { toString: () => `${fixture.sandbox.url}/v1/x` };
		const { error } = await sendAsOtherNode(helper, { url });
		expect(error?.message).toMatch(startsWith(messages.otherOrigin('this URL').message));
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	const STREAM_OPTIONS = {
		requestWithAuthentication: { useStream: true },
		httpRequestWithAuthentication: { encoding: 'stream' },
	};
	test('returns no stream, which contains the secrets', async () => {
		const { accessToken, subscriptionApiKey } = fixture.accessTokenCredential;
		const url = `${fixture.sandbox.url}/v1/customerEvent/event-types`;
		const headers = { 'Content-Type': 'application/json' };
		const { items, runDataText } = await sendAsOtherNode(helper, { url, headers, ...STREAM_OPTIONS[helper] });
		expect(Buffer.from(items[0]?.response as string).toString()).toContain('"eventTypeId"');
		for (const secret of [accessToken, subscriptionApiKey]) expect(runDataText).not.toContain(secret);
	});

	test('sends a file', async () => {
		const body = Readable.from([Buffer.from('ใบเสนอราคา'), Buffer.from(' 1')]);
		await sendAsOtherNode(helper, { method: 'POST', url: `${fixture.sandbox.url}/v1/x`, body });
		expect(fixture.apiRequests[0]?.body).toBe('ใบเสนอราคา 1');
	});
});
