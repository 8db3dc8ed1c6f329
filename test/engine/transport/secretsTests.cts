import type { FaultResponse } from '../../../sandbox/index.mts';
import { runCredentialTest, runLoadOptions } from '../harness.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

describe('a secret that a response repeats is masked', () => {
	const SECRET = 'p+W/x8=Zq&7kT5%h"9 Rm~v4$Ls2_uN1Xw6.';
	const toBatchRow = (text: string) => ({ productCode: 'A001', isSuccess: false, error: { message: `No ${text}` } });
	/** Places where a response can repeat a secret, each with an operation that quotes it. */
	const PLACES: Record<string, readonly [string, string, (text: string) => FaultResponse]> = {
		'the message of a server error': [
			'customerEvent.getTypes',
			'getCustomerEventTypes',
			(text) => ({ status: 500, body: { title: `No ${text} here` } }),
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

	// All spellings of a secret are in unit/textTests.cts, all parts of a response in unit/responseTests.cts.
	test.each(Object.entries(PLACES))('in %s', async (_, [operation, operationId, toAnswer]) => {
		const text = encodeURIComponent(SECRET);
		fixture.addFault(operationId, toAnswer(text), { times: 'always' });
		const credential =
			operationId === 'createToken'
				? { ...fixture.credential, clientSecret: SECRET }
				: { ...fixture.accessTokenCredential, accessToken: SECRET };
		const options = { credential, onError: 'continueRegularOutput' as const };
		const { items, runDataText, logs, hints } = await fixture.runExample(operation, {}, options);
		const error = items[0]?.error as string;
		for (const shown of [error, runDataText, JSON.stringify(hints), logs]) expect(shown).not.toContain(text);
		expect(error).toContain('***');
	});

	test('the subscription key, in a hint', async () => {
		const subscriptionApiKey = 'sandbox-subscription-key-0123456789';
		fixture.respondWithData('upsertCustomer', { customerCode: subscriptionApiKey });
		const { hints, error } = await fixture.runExample('customer.upsert', { customerCode: 'C000055' });
		expect(error).toBeUndefined();
		expect(JSON.stringify(hints)).toContain('***');
		expect(JSON.stringify(hints)).not.toContain(subscriptionApiKey);
	});

	test('a token that was fetched in the run', async () => {
		const token = 'fetched-token-0123456789';
		fixture.addFault('createToken', { status: 200, body: { access_token: token, expires_in: 3600 } });
		fixture.addFault('getCustomerEventTypes', { status: 400, body: { title: `No ${token} here` } });
		const { error, runDataText } = await fixture.runOperation('getTypes', {});
		expect(error?.description).toContain('No *** here');
		expect(runDataText).not.toContain(token);
	});

	test('a key of the response, in the message of a list', async () => {
		const credential = { ...fixture.accessTokenCredential, accessToken: SECRET };
		const body = { status: { code: '1000' }, data: { [SECRET]: 1, other: 2 } };
		fixture.addFault('getCustomerEventTypes', { status: 200, body });
		await expect(runLoadOptions('getEventTypes', { credential })).rejects.toThrow(
			'Fields in the response: ***, other.',
		);
	});
});

describe('the base URL', () => {
	const PASTED_SECRET = 'eyJhbGciOiJSUzI1NiJ9.c2VjcmV0.4f5e6d7c8b9a';
	const NOT_VALID = 'The base URL is not a valid URL';
	test.each([
		['http', 'http://api.gofive.co.th', 'The base URL http://api.gofive.co.th is not allowed'],
		['a host that begins with the address of localhost', 'http://127.0.0.1.example.com', 'is not allowed'],
		['a user name like localhost', 'http://localhost@example.com', 'is not allowed'],
		['a password', 'https://u:p@example.com', 'The base URL https://example.com is not allowed'],
		['a password without a user name', 'https://:api.gofive.co.th@example.com', 'is not allowed'],
		['another protocol', 'ftp://127.0.0.1', 'is not allowed'],
		['a question mark', 'https://api.gofive.co.th?', 'is not allowed'],
		['a number sign', 'https://api.gofive.co.th/#', 'is not allowed'],
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
