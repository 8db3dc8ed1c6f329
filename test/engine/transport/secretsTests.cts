import { createServer, type Server } from 'node:https';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { runCredentialTest, runLoadOptions, runRequestNode } from '../harness.cts';
import { createSelfSignedCertificate } from '../harness/selfSignedCertificate.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';

const fixture = setupFixtureWithSimulatedClock();

describe('a secret that a response repeats is masked', () => {
	const SECRET = 'p+W/x8=Zq&7kT5%h"9 Rm~v4$Ls2_uN1Xw6.';
	const SPELLINGS: Record<string, string> = {
		plain: SECRET,
		'URL-encoded': encodeURIComponent(SECRET),
		'URL-encoded with lower-case hex': encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
		'form-encoded': new URLSearchParams({ x: SECRET }).toString().slice(2),
		'as JSON text': JSON.stringify(SECRET).slice(1, -1),
		'without its beginning': SECRET.slice(7),
		'without its end': SECRET.slice(0, -7),
		'before a mark of a cut': `${SECRET.slice(0, 6)}…`,
		'after a mark of a cut': `…${SECRET.slice(-6)}`,
	};
	/** Length of a part that identifies a secret. */
	const PART_LENGTH = 16;

	/** Returns the parts of a spelling that a text contains. */
	function findParts(text: string, spelling: string): string[] {
		const size = Math.min(PART_LENGTH, spelling.length);
		const parts = Array.from({ length: spelling.length - size + 1 }, (_, start) => spelling.slice(start, start + size));
		return parts.filter((part) => text.includes(part));
	}

	const toBatchRow = (text: string) => ({ productCode: 'A001', isSuccess: false, error: { message: `No ${text}` } });
	const GET_TYPES = ['customerEvent.getTypes', 'getCustomerEventTypes'] as const;
	/** Places where a response can repeat a secret, each with an operation that quotes it. */
	const PLACES: Record<string, readonly [string, string, (text: string) => FaultResponse]> = {
		'the message of a server error': [...GET_TYPES, (text) => ({ status: 500, body: { title: `No ${text} here` } })],
		'a message that it ends': [...GET_TYPES, (text) => ({ status: 400, body: { title: text } })],
		'a validation error': [...GET_TYPES, (text) => ({ status: 400, body: { errors: { a: [text] } } })],
		'a plain text': [...GET_TYPES, (text) => ({ status: 500, body: `Denied ${text}` })],
		'a message that is cut in it': [
			...GET_TYPES,
			(text) => ({ status: 500, body: { title: `${'x'.repeat(285)}${text}` } }),
		],
		'a row of a batch': [
			'product.updateStock',
			'updateStock',
			(text) => ({ status: 200, body: { data: [toBatchRow(text)] } }),
		],
		'the row of a write': [
			'customerEvent.create',
			'createCustomerEvent',
			(text) => ({
				status: 200,
				body: { status: { code: '1000' }, data: [{ isSuccess: false, message: `No ${text}` }] },
			}),
		],
		'the sign-in': [
			'customerEvent.getTypes',
			'createToken',
			(text) => ({ status: 403, body: { error_description: `No ${text}` } }),
		],
	};
	const CASES = Object.keys(PLACES).flatMap((place) => Object.keys(SPELLINGS).map((spelling) => ({ place, spelling })));

	test.each(CASES)('$spelling, in $place', async ({ place, spelling }) => {
		const [operation, operationId, toAnswer] = PLACES[place] as (typeof PLACES)[string];
		const text = SPELLINGS[spelling] ?? '';
		fixture.addFault(operationId, toAnswer(text), { times: 'always' });
		const credential =
			operationId === 'createToken'
				? { ...fixture.credential, clientSecret: SECRET }
				: { ...fixture.accessTokenCredential, accessToken: SECRET };
		const options = { credential, onError: 'continueRegularOutput' as const };
		const { items, runDataText, logs, hints } = await fixture.runExample(operation, {}, options);
		const error = items[0]?.error as string;
		// Run data is JSON, so the text is looked for in the error of the item, too.
		for (const shown of [error, runDataText, JSON.stringify(hints), logs]) expect(findParts(shown, text)).toEqual([]);
	});

	test('the subscription key, in a hint', async () => {
		const subscriptionApiKey = 'sandbox-subscription-key-0123456789';
		fixture.respondWithData('upsertCustomer', { customerCode: subscriptionApiKey });
		const { hints, error } = await fixture.runExample('customer.upsert', { customerCode: 'C000055' });
		expect(error).toBeUndefined();
		expect(JSON.stringify(hints)).toContain('***');
		expect(JSON.stringify(hints)).not.toContain(subscriptionApiKey);
	});

	test('a key of the response, in the message of a list', async () => {
		const credential = { ...fixture.accessTokenCredential, accessToken: SECRET };
		const body = { status: { code: '1000' }, data: { [SECRET]: 1, other: 2 } };
		fixture.addFault('getCustomerEventTypes', { status: 200, body });
		await expect(runLoadOptions('getEventTypes', { credential })).rejects.toThrow('Keys in the response: ***, other.');
	});

	test('an ordinary text that shares a few characters with a secret stays', async () => {
		fixture.addFault('getCustomerEventTypes', { status: 400, body: { title: 'sandbox 0123456789 is not a number' } });
		const { error } = await fixture.runOperation('getTypes', {});
		expect(error?.description).toContain('GoFive\'s message: "sandbox 0123456789 is not a number"');
	});
});

describe('the base URL', () => {
	const PASTED_SECRET = 'eyJhbGciOiJSUzI1NiJ9.c2VjcmV0.4f5e6d7c8b9a';
	const NOT_VALID = 'The base URL is not a valid URL';
	test.each([
		['http', 'http://api.gofive.co.th', 'The base URL http://api.gofive.co.th is not secure'],
		['a host that begins with the address of localhost', 'http://127.0.0.1.example.com', 'is not secure'],
		['a user name like localhost', 'http://localhost@example.com', 'is not secure'],
		['a password', 'https://u:p@example.com', 'The base URL https://example.com is not secure'],
		['a password without a user name', 'https://:api.gofive.co.th@example.com', 'is not secure'],
		['another protocol', 'ftp://127.0.0.1', 'is not secure'],
		['a question mark', 'https://api.gofive.co.th?', 'is not secure'],
		['a number sign', 'https://api.gofive.co.th/#', 'is not secure'],
		['no protocol', 'api.gofive.co.th', NOT_VALID],
		['no text', '', NOT_VALID],
		['a secret in the wrong field', PASTED_SECRET, NOT_VALID],
		['a secret with a colon', `secret:${PASTED_SECRET}`, NOT_VALID],
	])('%s is rejected before anything is sent', async (_, baseUrl, message) => {
		const credential = { ...fixture.credential, baseUrl };
		const { error, runDataText } = await fixture.runOperation('getTypes', {}, { credential });
		expect(error?.message).toContain(message);
		const testResult = await runCredentialTest(credential);
		expect(testResult).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
		for (const text of [runDataText, testResult.message]) expect(text).not.toContain(PASTED_SECRET);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});

describe('a request of another node that does not verify the certificate of an https base URL', () => {
	const { key, cert } = createSelfSignedCertificate();
	let server: Server;
	let baseUrl: string;
	let authorizations: Array<string | undefined>;
	beforeAll(async () => {
		server = createServer({ key, cert }, (request, response) => {
			authorizations.push(request.headers.authorization);
			response.end('{}');
		});
		baseUrl = `https://localhost:${await listenOnLoopback(server)}`;
	});
	beforeEach(() => void (authorizations = []));
	afterAll(() => void server.close());

	/** Sends a request with the older helper, as n8n's HTTP Request node, or with the newer one. */
	const sendWithOptions = async (options: object, usesOlderHelper: boolean) =>
		await runRequestNode(
			async function () {
				const { requestWithAuthentication, httpRequestWithAuthentication } = this.helpers;
				const request = { method: 'GET' as const, ...options };
				const url = `${baseUrl}/v1/x`;
				return usesOlderHelper
					? ((await requestWithAuthentication.call(this, 'goFiveApi', { ...request, uri: url })) as unknown)
					: ((await httpRequestWithAuthentication.call(this, 'goFiveApi', { ...request, url })) as unknown);
			},
			{ credential: { ...fixture.accessTokenCredential, baseUrl } },
		);

	test.each([
		['Ignore SSL Issues of the HTTP Request node', { rejectUnauthorized: false }, true],
		['an option of its agent', { agentOptions: { rejectUnauthorized: false } }, true],
		['a certificate authority of its own', { agentOptions: { ca: cert } }, true],
		['skipSslCertificateValidation', { skipSslCertificateValidation: true }, false],
	])('%s: is not signed', async (_, options, usesOlderHelper) => {
		const { error } = await sendWithOptions(options, usesOlderHelper);
		expect(error?.message).toMatch(
			/^The credential 'GoFive API' was not sent, because the connection is not secure\. /,
		);
		expect(error?.message).toContain("'Ignore SSL Issues (Insecure)'");
		expect(authorizations).toEqual([]);
	});
});
