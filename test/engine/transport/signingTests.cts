import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { runRequestNode } from '../harness.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
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
const sendAsOtherNode = async (
	helper: Helper,
	options: object,
	overrides: object = { allowedHttpRequestDomains: 'all' },
) =>
	await runRequestNode(
		async function () {
			return (await this.helpers[helper].call(this, 'goFiveApi', options as IHttpRequestOptions)) as unknown;
		},
		{ credential: { ...fixture.accessTokenCredential, ...overrides } },
	);
type Helper = 'requestWithAuthentication' | 'httpRequestWithAuthentication';
const HELPERS: Helper[] = ['requestWithAuthentication', 'httpRequestWithAuthentication'];

describe.each(HELPERS)('a request of another node with %s', (helper) => {
	test.each<readonly [string, (url: string) => object]>([
		['another URL', () => ({ url: otherUrl })],
		['another base URL, and a blank before the URL', (url) => ({ baseURL: otherUrl, url: ` ${url}` })],
		['another base URL, and a tab in the URL', (url) => ({ baseURL: otherUrl, url: url.replace('t', 't\t') })],
		['another base URL, and null as the URL', (url) => ({ baseURL: otherUrl, url: null, uri: url })],
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

	test.each(['none', ''])('is not signed if its owner does not allow it: %j', async (allowedHttpRequestDomains) => {
		const testUrl = { baseURL: `${fixture.sandbox.url}/v1/x?`, url: '/v1/customerEvent/event-types' };
		for (const options of [{ url: `${fixture.sandbox.url}/v1/x` }, testUrl]) {
			const { error } = await sendAsOtherNode(helper, options, { allowedHttpRequestDomains });
			expect(error?.message).toMatch(/^The GoFive credential can be used in the GoFive nodes only/);
		}
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test('is not signed if the URL is an object, whose text may change', async () => {
		const url = { toString: () => `${fixture.sandbox.url}/v1/x` };
		const { error } = await sendAsOtherNode(helper, { url });
		expect(error?.message).toMatch(/^The GoFive credential was not sent to this URL/);
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
