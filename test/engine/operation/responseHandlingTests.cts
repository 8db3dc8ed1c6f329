import type { IDataObject } from 'n8n-workflow';
import { waitForCondition } from '../../support/waitForCondition.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const EVENT = { customerCode: 'C000154', eventName: 'เยี่ยมลูกค้า', eventType: 4, eventDate: '2025-02-01T10:00:00' };
const SUCCESS_STATUS = { code: '1000', description: 'Success' };
const WAS_DONE = 'GoFive processed the request anyway. Do not send this item again.';
const MAY_BE_DONE = 'GoFive may have processed the request anyway.';

const respondWith = (operationId: string, body: unknown, status = 200) =>
	fixture.addFault(operationId, { status, body, acts: true }, { times: 'always' });
const createEvent = async (options: Parameters<typeof fixture.runOperation>[2] = {}, parameters: IDataObject = {}) =>
	await fixture.runOperation('create', { ...EVENT, ...parameters }, options);
const itemsWithCodes = (...values: string[]) => ({ items: values.map((code) => ({ code })) });
const getEventsOfEach = async (options: Parameters<typeof fixture.runOperation>[2], parameters: IDataObject = {}) =>
	await fixture.runOperation(
		'getByCustomerCode',
		{ customerCode: '={{ $json.code }}', dateRange: 'allDates', ...parameters },
		options,
	);
const getHintMessages = ({ hints }: { hints: Array<{ message: string }> }) => hints.map(({ message }) => message);

test.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'a write that is cancelled while it is under way ends the execution as cancelled, with On Error %s',
	async (onError) => {
		fixture.addFault('createCustomerEvent', { kind: 'hang', acts: true });
		const { status } = await createEvent({
			onError,
			items: [{}, {}],
			cancelWhen: waitForCondition(() => fixture.findRequests('createCustomerEvent').length === 1),
		});
		expect(status).toBe('canceled');
		expect(fixture.findRequests('createCustomerEvent')).toHaveLength(1);
	},
);

describe('a write that is answered with HTTP 200', () => {
	test.each<[unknown, RegExp]>([
		[{ data: null, isSuccess: false, message: 'ลูกค้าถูกปิด' }, /ลูกค้าถูกปิด/],
		[{ data: { isSuccess: false, message: 'ลูกค้าถูกปิด' } }, /ลูกค้าถูกปิด/],
		[{ data: { value: { isSuccess: false, Message: 'Closed' } } }, /Closed/],
		['Closed', /It said: "Closed"/],
		[{ data: {}, error: 'Closed' }, /Closed/],
		[{ data: {}, errors: { eventName: ['Too long'] } }, /Event Name: Too long/],
		[{ data: null }, /form/],
		[{ data: false }, /form/],
		[{ data: 7 }, /form/],
		[{ status: SUCCESS_STATUS, data: false }, /"false" instead of a confirmation/],
		[
			{ status: { code: null, description: 'ไม่ทราบ' }, data: null },
			/^GoFive rejected the request: ไม่ทราบ \(without a code\), for /,
		],
		[{ status: {}, data: {} }, /form/],
		[{}, /form/],
	])('%j is doubtful, with what GoFive said', async (body, expectedMessage) => {
		respondWith('createCustomerEvent', body);
		const { error } = await createEvent();
		expect(`${error?.message} ${error?.description}`).toMatch(expectedMessage);
		expect(error?.description).toContain(MAY_BE_DONE);
		expect(fixture.findRequests('createCustomerEvent')).toHaveLength(1);
	});

	test.each<unknown>([
		{ status: SUCCESS_STATUS, data: null },
		{ status: SUCCESS_STATUS, data: '' },
		{ status: SUCCESS_STATUS },
		{ data: {} },
		{ data: [] },
		{ data: true },
		{ data: { value: true } },
	])('%j is a success, and the item holds what was sent', async (body) => {
		respondWith('createCustomerEvent', body);
		const { items, error } = await createEvent();
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ eventName: EVENT.eventName, customerCode: EVENT.customerCode })]);
	});
});

test('a deletion that is answered with a plain no is doubtful as well', async () => {
	respondWith('deleteCustomerEvent', { status: SUCCESS_STATUS, data: false });
	const { error } = await fixture.runOperation('delete', { eventId: '1' });
	expect(error?.message).toBe(`GoFive returned "false" instead of a confirmation, for event ID '1'`);
	expect(error?.description).toContain(MAY_BE_DONE);
});

test('what cannot be read after a success says that it was carried out', async () => {
	respondWith('updateCustomerEvent', { status: SUCCESS_STATUS, data: [1] });
	const { eventId } = fixture.sandbox.store.events[0] ?? {};
	expect((await fixture.runOperation('update', { ...EVENT, eventId: String(eventId) })).error?.description).toContain(
		WAS_DONE,
	);
});

test('a record that has a column "value" stays whole', async () => {
	const record = { eventId: 9, eventType: 1, value: 500 };
	respondWith('getCustomerEvents', { status: SUCCESS_STATUS, data: record });
	expect((await getEventsOfEach(itemsWithCodes('C000055'), { output: 'raw' })).items).toEqual([record]);
});

test.each([301, 302, 303, 307, 308])(
	'a write that is answered with a redirect (HTTP %i) may have been carried out',
	async (status) => {
		fixture.addFault('createCustomerEvent', {
			status,
			headers: { location: 'https://elsewhere.example/' },
			body: '',
			acts: true,
		});
		const { error } = await createEvent();
		expect(error?.message).toBe(
			"GoFive redirected the request to elsewhere.example, and redirects are not followed, for customer code 'C000154'",
		);
		expect(error?.description).toMatch(/Check 'Base URL'.*GoFive may have processed the request anyway/);
	},
);

test('a doubtful write says which record it is about', async () => {
	respondWith('createCustomerEvent', '', 502);
	expect((await createEvent()).error?.message).toBe(
		"GoFive could not handle the request (HTTP 502), for customer code 'C000154'",
	);
});

describe('what GoFive complains of', () => {
	test.each<[string, unknown, string]>([
		[
			'as ASP.NET lists it',
			{
				title: 'One or more validation errors occurred.',
				errors: { eventName: ['Is required', 'Is too short'], '$.eventDate': ['Not a date'] },
			},
			'Event Name: Is required; Event Name: Is too short; Event Date: Not a date',
		],
		['with a detail', { Title: 'Bad Request', Detail: 'The name is too long' }, 'The name is too long'],
		[
			'inside the data of the envelope',
			{ status: { code: '4002', description: 'Several' }, data: { eventName: ['ต้องระบุ'], eventType: ['Unknown'] } },
			'Event Name: ต้องระบุ; Event Type Name or ID: Unknown',
		],
		[
			'as a list in the data',
			{
				status: { code: '4002', description: 'Several' },
				data: [{ field: 'eventName', message: 'Is required' }, 'And more'],
			},
			'Event Name: Is required; And more',
		],
	])('%s is quoted by the names of the form', async (_, body, expectedQuote) => {
		respondWith('createCustomerEvent', body, 400);
		expect((await createEvent()).error?.description).toContain(`${expectedQuote}". `);
	});

	test('a secret that a quotation cuts in two does not show its start', async () => {
		const clientSecret = fixture.credential.clientSecret as string;
		respondWith(
			'createCustomerEvent',
			{ title: 'No', errors: { eventName: [`${'x'.repeat(280)}${clientSecret}`] } },
			400,
		);
		const { description } = (await createEvent()).error ?? {};
		expect(description).toContain('***…');
		expect(description).not.toContain(clientSecret.slice(0, 4));
	});

	test('a long description is cut', async () => {
		respondWith('createCustomerEvent', { status: { code: '4001', description: 'x'.repeat(5000) }, data: null }, 400);
		expect((await createEvent()).error?.message.length).toBeLessThan(450);
	});

	test('is bounded, and holds no secret', async () => {
		const clientSecret = fixture.credential.clientSecret as string;
		const errors = Object.fromEntries(
			Array.from({ length: 40 }, (_, index) => [`field${index}`, [`${clientSecret} ${'x'.repeat(900)}`]]),
		);
		respondWith('createCustomerEvent', { title: 'No', errors }, 400);
		const { description = '' } = (await createEvent()).error ?? {};
		expect(description).toContain('field9: ***');
		expect(description).not.toContain('field10');
		expect(description).not.toContain(clientSecret);
		expect(description?.length).toBeLessThan(4000);
	});
});

test('items of equal requests share nothing, also in raw output', async () => {
	respondWith('getCustomerEvents', {
		status: SUCCESS_STATUS,
		data: [{ eventId: 1, owners: [{ name: 'ก' }] }, { eventId: 2 }],
	});
	const { items } = await getEventsOfEach(itemsWithCodes('C000055', 'C000055'), { output: 'raw' });
	const [nested, plain, nestedAgain, plainAgain] = items;
	expect([nestedAgain, plainAgain]).toEqual([nested, plain]);
	const ownersOf = (item: IDataObject | undefined) => item?.owners as IDataObject[];
	expect(ownersOf(nestedAgain)[0]).not.toBe(ownersOf(nested)[0]);
	expect(plainAgain).not.toBe(plain);
});

test('an event whose type is answered as a name is kept by the type filter', async () => {
	respondWith('getCustomerEvents', {
		status: SUCCESS_STATUS,
		data: [
			{ eventId: 1, eventType: 'Meeting' },
			{ eventId: 2, eventType: 2 },
			{ eventId: 3, eventType: 1 },
		],
	});
	expect(
		(await getEventsOfEach(itemsWithCodes('C000055'), { eventTypes: [1, 4] })).items.map(({ eventId }) => eventId),
	).toEqual([1, 3]);
});

describe('which record it was', () => {
	test.each<[string, IDataObject, string]>([
		[
			'getByCustomerCode',
			{ customerCode: 'NOPE' },
			"GoFive rejected the request: Customer not found (code 4001), for customer code 'NOPE'",
		],
		[
			'create',
			{ ...EVENT, customerCode: 'NOPE' },
			"GoFive rejected the request: Customer not found (code 4001), for customer code 'NOPE'",
		],
		[
			'delete',
			{ eventId: '999999' },
			"GoFive rejected the request: Customer event not found (code 4001), for event ID '999999'",
		],
	])('%s says it', async (operation, parameters, message) => {
		expect((await fixture.runOperation(operation, parameters)).error?.message).toBe(message);
	});

	test.each(['C000055, C000154', 'c000055', 'C000055;C000154'])(
		"'%s': one item takes one code, as GoFive writes it",
		async (customerCode) => {
			const { error } = await fixture.runOperation('getByCustomerCode', { customerCode });
			expect(error?.description).toMatch(
				/^Enter one code per item, exactly as GoFive writes it\. Codes are case-sensitive\. /,
			);
		},
	);

	test('a code that is written well gets no such advice', async () => {
		expect(
			(await fixture.runOperation('getByCustomerCode', { customerCode: 'C777777' })).error?.description,
		).not.toContain('One item takes one code');
	});
});

describe('failed items among many', () => {
	const failingItems = (onError: 'continueRegularOutput' | 'continueErrorOutput') => ({
		...itemsWithCodes('C000055', 'C7777', 'C000154', 'C000201'),
		onError,
	});

	test('are named by a hint, and carry the key that names their record', async () => {
		const result = await getEventsOfEach(failingItems('continueRegularOutput'));
		expect(getHintMessages(result)).toEqual(["1 of 4 items failed: C7777. The messages are in the column 'error'."]);
		expect(result.items.find(({ error }) => error)).toEqual({
			code: 'C7777',
			customerCode: 'C7777',
			error: expect.stringContaining("'C7777'"),
		});
	});

	test('an input that has the key keeps its own', async () => {
		const items = [{ customerCode: 'NOPE', note: 'ก' }, { customerCode: 'C000055' }];
		const { items: outputItems } = await fixture.runOperation(
			'getByCustomerCode',
			{ customerCode: '={{ $json.customerCode }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(outputItems[0]).toMatchObject({ customerCode: 'NOPE', note: 'ก', error: expect.any(String) });
	});

	test('one that cannot be read has no such key', async () => {
		expect((await getEventsOfEach({ ...itemsWithCodes(' '), onError: 'continueRegularOutput' })).items).toEqual([
			{ code: ' ', error: expect.any(String) },
		]);
	});

	test('on the error output the message stands alone beside the input, as n8n sorts it', async () => {
		const { outputs } = await getEventsOfEach(failingItems('continueErrorOutput'));
		expect(outputs[1]?.map(({ json }) => json)).toEqual([{ code: 'C7777', error: expect.any(String) }]);
	});
});

describe('items that all ask for the same', () => {
	test('a hint says so, and names Execute Once', async () => {
		const { hints } = await fixture.runOperation(
			'getByCustomerCode',
			{ customerCode: 'C000055', dateRange: 'allDates' },
			{ items: [{}, {}, {}] },
		);
		expect(getHintMessages({ hints })).toEqual([
			expect.stringMatching(
				/^All 3 input items request the same record \(customer code 'C000055'\), so every result is returned 3 times\. .*'Execute Once'/,
			),
		]);
		expect(fixture.findRequests('getCustomerEvents')).toHaveLength(1);
	});

	test('items that ask one thing and take other parts of the answer get none', async () => {
		const items = [
			[1, 4],
			[2, 3],
		].map((types) => ({ types }));
		const { hints } = await fixture.runOperation(
			'getByCustomerCode',
			{ customerCode: 'C000055', dateRange: 'allDates', eventTypes: '={{ $json.types }}' },
			{ items },
		);
		expect(getHintMessages({ hints })).toEqual([]);
	});

	test('one item, different items, and writes get none', async () => {
		expect(getHintMessages(await getEventsOfEach(itemsWithCodes('C000055')))).toEqual([]);
		expect(getHintMessages(await getEventsOfEach(itemsWithCodes('C000055', 'C000154', 'C000055')))).toEqual([]);
		expect(getHintMessages(await createEvent({ items: [{}, {}] }))).toEqual([]);
	});
});
