import { createServer, type Server } from 'node:https';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { runCredentialTest, runNode } from '../harness.cts';
import { startNodeType } from '../harness/nodeTypes.cts';
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

	const respond = (operationId: string, answer: FaultResponse) =>
		fixture.addFault(operationId, answer, { times: 'always' });
	/** Places where a response can repeat a secret, each with an operation that quotes it. */
	const PLACES: Record<string, { operation: string; parameters: IDataObject; respond: (text: string) => void }> = {
		'the message of a server error': {
			operation: 'getTypes',
			parameters: {},
			respond: (text) => respond('getCustomerEventTypes', { status: 500, body: { title: `No ${text} here` } }),
		},
		'a message that it ends': {
			operation: 'getTypes',
			parameters: {},
			respond: (text) => respond('getCustomerEventTypes', { status: 400, body: { title: text } }),
		},
		'a plain text': {
			operation: 'getTypes',
			parameters: {},
			respond: (text) => respond('getCustomerEventTypes', { status: 500, body: `Denied ${text}` }),
		},
		'a message that is cut in it': {
			operation: 'getTypes',
			parameters: {},
			respond: (text) =>
				respond('getCustomerEventTypes', { status: 500, body: { title: `${'x'.repeat(285)}${text}` } }),
		},
		'a row of a batch': {
			operation: 'updateStock',
			parameters: { resource: 'product', productCode: 'A', qty: 1 },
			respond: (text) =>
				respond('updateStock', {
					status: 200,
					body: { data: [{ productCode: 'A', isSuccess: false, error: { message: `No ${text}` } }] },
				}),
		},
		'the row of a write': {
			operation: 'create',
			parameters: { customerCode: 'C000055', eventName: 'x', eventType: 1, eventDate: '2025-02-01' },
			respond: (text) =>
				respond('createCustomerEvent', {
					status: 200,
					body: { status: { code: '1000', description: '' }, data: [{ isSuccess: false, message: `No ${text}` }] },
				}),
		},
		'the sign-in': {
			operation: 'getTypes',
			parameters: {},
			respond: (text) => respond('createToken', { status: 403, body: { error_description: `No ${text}` } }),
		},
	};
	const CASES = Object.keys(PLACES).flatMap((place) => Object.keys(SPELLINGS).map((spelling) => ({ place, spelling })));

	test.each(CASES)('$spelling, in $place', async ({ place, spelling }) => {
		const { operation, parameters, respond: respondWith } = PLACES[place] as (typeof PLACES)[string];
		const text = SPELLINGS[spelling] ?? '';
		respondWith(text);
		const isSignIn = place === 'the sign-in';
		const base = isSignIn ? fixture.credential : fixture.accessTokenCredential;
		const credential = { ...base, [isSignIn ? 'clientSecret' : 'accessToken']: SECRET };
		const { items, runDataText, logs, hints } = await fixture.runOperation(operation, parameters, {
			credential,
			onError: 'continueRegularOutput',
		});
		const error = items[0]?.error as string;
		// Run data is JSON, so the text is looked for in the error of the item, too.
		for (const shown of [error, runDataText, JSON.stringify(hints), logs]) expect(findParts(shown, text)).toEqual([]);
	});

	test('the subscription key, in a hint', async () => {
		const subscriptionApiKey = 'sandbox-subscription-key-0123456789';
		fixture.respondWithData('upsertCustomer', { customerCode: subscriptionApiKey });
		const { hints, error } = await fixture.runOperation('upsert', {
			resource: 'customer',
			customerCode: 'C000055',
			customerName: 'x',
			customerState: 1,
		});
		expect(error).toBeUndefined();
		expect(JSON.stringify(hints)).toContain('***');
		expect(JSON.stringify(hints)).not.toContain(subscriptionApiKey);
	});

	test('an ordinary text that shares a few characters with a secret stays', async () => {
		fixture.addFault('getCustomerEventTypes', { status: 400, body: { title: 'sandbox 0123456789 is not a number' } });
		const { error } = await fixture.runOperation('getTypes', {});
		expect(error?.description).toContain('It said: "sandbox 0123456789 is not a number"');
	});
});

describe('the base URL', () => {
	const PASTED_SECRET = 'eyJhbGciOiJSUzI1NiJ9.c2VjcmV0.4f5e6d7c8b9a';
	test.each([
		['a password without a user name', 'https://:api.gofive.co.th@example.com', 'is not safe for secrets'],
		['a question mark', 'https://api.gofive.co.th?', 'is not safe for secrets'],
		['a number sign', 'https://api.gofive.co.th/#', 'is not safe for secrets'],
		['a secret in the wrong field', PASTED_SECRET, 'The base URL is not a valid URL'],
		['a secret with a colon', `secret:${PASTED_SECRET}`, 'The base URL is not a valid URL'],
	])('%s is rejected before anything is sent', async (_, baseUrl, message) => {
		const credential = { ...fixture.accessTokenCredential, baseUrl };
		const { error, runDataText } = await fixture.runOperation('getTypes', {}, { credential });
		expect(error?.message).toContain(message);
		expect(runDataText).not.toContain(PASTED_SECRET);
		const testResult = await runCredentialTest(credential);
		expect(testResult).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
		expect(testResult.message).not.toContain(PASTED_SECRET);
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
	async function sendWithOptions(options: object, usesOlderHelper: boolean) {
		class OtherNode implements INodeType {
			description = {
				...startNodeType.description,
				defaults: { name: 'HTTP Request' },
				credentials: [{ name: 'goFiveApi', required: true }],
			};

			async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
				const { helpers } = this;
				const request = { method: 'GET' as const, ...options };
				const response: unknown = usesOlderHelper
					? await helpers.requestWithAuthentication.call(this, 'goFiveApi', { ...request, uri: `${baseUrl}/v1/x` })
					: await helpers.httpRequestWithAuthentication.call(this, 'goFiveApi', { ...request, url: `${baseUrl}/v1/x` });
				return [[{ json: { response: response as IDataObject } }]];
			}
		}
		return await runNode({ node: OtherNode, credential: { ...fixture.accessTokenCredential, baseUrl } });
	}

	test.each([
		['Ignore SSL Issues of the HTTP Request node', { rejectUnauthorized: false }, true],
		['an option of its agent', { agentOptions: { rejectUnauthorized: false } }, true],
		['a certificate authority of its own', { agentOptions: { ca: cert } }, true],
		['skipSslCertificateValidation', { skipSslCertificateValidation: true }, false],
	])('%s: is not signed', async (_, options, usesOlderHelper) => {
		const { error } = await sendWithOptions(options, usesOlderHelper);
		expect(error?.message).toMatch(/^The credential 'GoFive API' is only sent over a verified TLS connection\. /);
		expect(error?.message).toContain("'Ignore SSL Issues (Insecure)'");
		expect(authorizations).toEqual([]);
	});
});
