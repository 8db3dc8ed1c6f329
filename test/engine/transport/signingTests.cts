import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createRequire } from 'node:module';
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
const sendAsOtherNode = async (helper: Helper, options: object, credential = fixture.accessTokenCredential) =>
	await runRequestNode(
		async function () {
			return (await this.helpers[helper].call(this, 'goFiveApi', options as IHttpRequestOptions)) as unknown;
		},
		{ credential },
	);
type Helper = 'requestWithAuthentication' | 'httpRequestWithAuthentication';
const HELPERS: Helper[] = ['requestWithAuthentication', 'httpRequestWithAuthentication'];

describe.each(HELPERS)('a request of another node with %s', (helper) => {
	/** Poses as a stream and as form data, as an expression can in n8n's older expression engine. */
	const createFakeStream = () => {
		const stream = {
			on: () => stream,
			once: () => stream,
			append: () => undefined,
			getHeaders: () => ({ Host: 'example.com' }),
			getLength: (callback: (error: null, length: number) => void) => callback(null, 0),
			pipe: (request: { getHeaders?: () => object; emit: (event: string, error: object) => void }) =>
				request.emit('error', { message: JSON.stringify(request.getHeaders?.()) }),
		};
		return stream;
	};

	test.each<readonly [string, (url: string) => object]>([
		['a body with functions', () => ({ body: createFakeStream() })],
		['a list with a function', () => ({ body: Object.assign([createFakeStream()], { map: createFakeStream }) })],
		['form data with functions', () => ({ formData: createFakeStream() })],
		['a value in a form with functions', () => ({ form: { value: createFakeStream() } })],
		['another base URL, and a blank before the URL', (url) => ({ baseURL: otherUrl, url: ` ${url}` })],
		['another base URL, and a tab in the URL', (url) => ({ baseURL: otherUrl, url: url.replace('t', 't\t') })],
		['another base URL, and null as the URL', (url) => ({ baseURL: otherUrl, url: null, uri: url })],
		['another base URL, and the URL of the older helper', (url) => ({ baseURL: otherUrl, url: undefined, uri: url })],
		['a value that is nested too deeply', () => ({ body: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as object })],
		['a host of the agent', () => ({ agentOptions: { host: '127.0.0.1', port: new URL(otherUrl).port } })],
		['a TLS session of the agent', () => ({ agentOptions: { session: 'session' } })],
		...['TRACE', 'trace', 'TRACK'].map((method) => [`the method ${method}`, () => ({ method })] as const),
	])('is not signed with %s', async (_, toOptions) => {
		const url = `${fixture.sandbox.url}/v1/x`;
		const { error, runDataText } = await sendAsOtherNode(helper, { method: 'POST', url, ...toOptions(url) });
		expect(error?.message).toMatch(/^The credential 'GoFive API' was not sent/);
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
		const credential = { ...fixture.accessTokenCredential, allowedHttpRequestDomains };
		const testUrl = { baseURL: `${fixture.sandbox.url}/v1/x?`, url: '/v1/customerEvent/event-types' };
		for (const options of [{ url: `${fixture.sandbox.url}/v1/x` }, testUrl]) {
			const { error } = await sendAsOtherNode(helper, options, credential);
			expect(error?.message).toMatch(/^The credential 'GoFive API' can be used in the GoFive nodes only/);
		}
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
		// n8n signs twice, since no token is stored.
		await sendAsOtherNode(helper, { method: 'POST', url: `${fixture.sandbox.url}/v1/x`, body }, fixture.credential);
		expect(fixture.apiRequests[0]?.body).toBe('ใบเสนอราคา 1');
		const closedFile = new Readable({ read: () => closedFile.destroy() });
		const { error } = await sendAsOtherNode(helper, { url: `${fixture.sandbox.url}/v1/x`, body: closedFile });
		expect(error?.message).toBe('The file ended before it was read completely');
	});
});

/** Library of which n8n's HTTP Request node uses the forms. */
const FormData = createRequire(require.resolve('n8n-core'))('form-data') as new () => {
	append(name: string, value: unknown, options: object): void;
};

test.each([Readable.from([Buffer.from('ใบเสนอราคา')]), Buffer.from('ใบเสนอราคา')])(
	'sends a form twice',
	async (file) => {
		const formData = new FormData();
		formData.append('file', file, { filename: 'quotation.txt', contentType: 'text/plain' });
		const headers = { 'content-type': 'multipart/form-data' };
		const options = { method: 'POST', uri: `${fixture.sandbox.url}/v1/x`, headers, formData };
		// As with Pagination in the HTTP Request node, which uses the same form for each page.
		for (let page = 1; page <= 2; page++)
			await sendAsOtherNode('requestWithAuthentication', options, fixture.credential);
		const bodies = fixture.apiRequests.map(({ body, headers: { 'content-type': type = '' } }) =>
			body.replaceAll(/^multipart\/form-data; boundary=(\S+)$/i.exec(type)?.[1] ?? '', 'BOUNDARY'),
		);
		const form = /^--BOUNDARY\r\n[^]*filename="quotation.txt"[^]*\r\n\r\nใบเสนอราคา\r\n--BOUNDARY--\r\n$/;
		expect(bodies.filter((body) => form.test(body))).toHaveLength(4);
	},
);
