import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { startsWith } from '../../support/expectedMessages.cts';
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

describe('names of a response in messages and hints', () => {
	const SECRET = 'sandbox-secret-0123456789-abcdefgh';
	const LONG_NAME = 'x'.repeat(100_000);
	/** Longest sentence that may quote some names. */
	const MAX_CHARACTERS = 2000;
	/** Returns the message of a list whose response has these keys. */
	async function readListMessage(keys: string[]): Promise<string> {
		fixture.respondWithData('getCustomerEventTypes', Object.fromEntries(keys.map((key) => [key, null])));
		const credential = { ...fixture.accessTokenCredential, accessToken: SECRET };
		return await runLoadOptions('getEventTypes', { credential }).then(
			() => '',
			({ message }: Error) => message,
		);
	}

	test('no part of a secret is shown, wherever the keys are cut', async () => {
		for (let length = 245; length < 285; length++) {
			const keys = [60, 60, 60, length - 186].map((count, index) => String(index).repeat(count));
			const message = await readListMessage([...keys, SECRET, 'last']);
			expect(message).toContain('Fields in the response: 000');
			expect(message).not.toContain(SECRET.slice(0, 4));
		}
	});

	test('a long key of a response or of a record is cut', async () => {
		expect((await readListMessage([LONG_NAME, 'last'])).length).toBeLessThan(MAX_CHARACTERS);
		const record = fixture.sandbox.records.customers.findBy('customerCode', 'C000154');
		const contact = { ...(record?.['contact'] as object), [LONG_NAME]: 'x' };
		fixture.respondWithData('getCustomer', { ...record, contact });
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '1' } };
		const result = await fixture.runExample('customer.update', parameters);
		expect(result.error?.description).toContain('Contact (Individual) > xxx');
		expect(result.error?.description?.length).toBeLessThan(MAX_CHARACTERS);
	});

	test('a long name of a price tier is cut, also in the hint of a preview', async () => {
		const record = fixture.sandbox.records.products.findBy('productCode', 'A001');
		const [price] = record?.['prices'] as object[];
		const prices = [price, { ...price, priceTierName: LONG_NAME }];
		fixture.respondWithData('getProduct', { ...record, prices }, { times: 'always' });
		const update = async (row: object, preview: boolean) =>
			await fixture.runExample('product.update', {
				productCode: 'A001',
				preview,
				updateFields: { prices: { row: [row] } },
			});
		const unknown = await update({ priceTierName: 'Retail', regularPrice: 1 }, false);
		expect(unknown.error?.description).toContain('Use one of these values: Standard, xxx');
		expect(unknown.error?.description?.length).toBeLessThan(MAX_CHARACTERS);
		const { hints, error } = await update({ priceTierName: LONG_NAME, salePrice: '' }, true);
		expect(error).toBeUndefined();
		expect(hints.map(({ message }) => message).filter(({ length }) => length > MAX_CHARACTERS)).toEqual([]);
	});

	test('a key that Check Access names is neither long nor a secret', async () => {
		const letters = 'sandboxSecretOfLetters';
		const record = { [LONG_NAME]: 1, [letters]: 2, someKey: 3 };
		fixture.respondWithData('listProducts', [record], { times: 'always' });
		const acceptsAuthorization = jest.spyOn(fixture.sandbox.tokens, 'acceptsAuthorization').mockReturnValue(true);
		const { items, error } = await fixture.runOperation(
			'checkAccess',
			{ resource: 'account', recordIds: {} },
			{ credential: { ...fixture.accessTokenCredential, accessToken: letters } },
		);
		expect(error).toBeUndefined();
		expect(items.find(({ endpoint }) => endpoint === 'POST /v2/Products/GetProduct')).toMatchObject({
			otherKeys: '***, someKey, 1 other keys',
		});
		acceptsAuthorization.mockRestore();
	});
});

describe('an invisible character in a value of the credential is rejected before anything is sent', () => {
	const FIELDS = {
		clientId: ['Client ID', 'clientCredentials'],
		clientSecret: ['Client Secret', 'clientCredentials'],
		subscriptionApiKey: ['Subscription Key', 'clientCredentials'],
		accessToken: ['Access Token', 'accessToken'],
	} as const;
	const cases = Object.entries(FIELDS).flatMap(([field, [displayName, authentication]]) =>
		['\r\nX-Header: 1', '\0', '\t', '\u007f', '\u0085', '\u200b'].map((text) => ({
			field,
			displayName,
			authentication,
			text,
		})),
	);

	test.each(cases)('$displayName: $text', async ({ field, displayName, authentication, text }) => {
		const value = `first-part${text}second-part`;
		const credential = { ...fixture.accessTokenCredential, authentication, [field]: value };
		const { error, runDataText } = await fixture.runOperation('getTypes', {}, { credential });
		const testResult = await runCredentialTest(credential);
		for (const { message = '' } of [error ?? {}, testResult])
			expect(message).toMatch(startsWith(messages.invisibleCharacter(displayName).message));
		for (const shown of [runDataText, testResult.message]) expect(shown).not.toMatch(/first-part|second-part/);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test('blanks and line breaks around a value are ignored', async () => {
		const { clientId, clientSecret, subscriptionApiKey } = fixture.credential;
		const padded = { clientId, clientSecret, subscriptionApiKey };
		for (const [field, value] of Object.entries(padded)) {
			const credential = { ...fixture.credential, [field]: `\n ${String(value)}\t\r\n` };
			expect((await fixture.runOperation('getTypes', {}, { credential })).error).toBeUndefined();
		}
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
