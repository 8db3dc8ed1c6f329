import type { IDataObject } from 'n8n-workflow';
import { until } from '../until.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const EVENT = { customerCode: 'C000154', eventName: 'เยี่ยมลูกค้า', eventType: 4, eventDate: '2025-02-01T10:00:00' };
const SUCCESS = { code: '1000', description: 'Success' };
const WAS_DONE = 'GoFive has carried it out all the same, so do not send this item again.';
const MAY_BE_DONE = 'GoFive may have carried it out all the same.';

const answer = (operationId: string, body: unknown, status = 200) =>
	world.sandbox.addFault({ match: { operationId }, times: 'always', answer: { status, body, acts: true } });
const create = async (options: Parameters<typeof world.run>[2] = {}, parameters: IDataObject = {}) => await world.run('create', { ...EVENT, ...parameters }, options);
const codes = (...values: string[]) => ({ items: values.map((code) => ({ code })) });
const getEach = async (options: Parameters<typeof world.run>[2], parameters: IDataObject = {}) =>
	await world.run('getByCustomerCode', { customerCode: '={{ $json.code }}', dateRange: 'allDates', ...parameters }, options);
const textsOf = ({ hints }: { hints: Array<{ message: string }> }) => hints.map(({ message }) => message);

test.each(['stopWorkflow', 'continueRegularOutput'] as const)('a write that is cancelled while it is under way ends the execution as cancelled, with On Error %s', async (onError) => {
	world.sandbox.addFault({ match: { operationId: 'createCustomerEvent' }, answer: { kind: 'hang', acts: true } });
	const { status } = await create({ onError, items: [{}, {}], cancelWhen: until(() => world.sent('createCustomerEvent').length === 1) });
	expect(status).toBe('canceled');
	expect(world.sent('createCustomerEvent')).toHaveLength(1);
});

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
		[{ status: SUCCESS, data: false }, /"false" instead of a confirmation/],
		[{ status: { code: null, description: 'ไม่ทราบ' }, data: null }, /^GoFive answered: ไม่ทราบ \(without a code\), for /],
		[{ status: {}, data: {} }, /form/],
		[{}, /form/],
	])('%j is doubtful, with what GoFive said', async (body, said) => {
		answer('createCustomerEvent', body);
		const { error } = await create();
		expect(`${error?.message} ${error?.description}`).toMatch(said);
		expect(error?.description).toContain(MAY_BE_DONE);
		expect(world.sent('createCustomerEvent')).toHaveLength(1);
	});

	test.each<unknown>([
		{ status: SUCCESS, data: null },
		{ status: SUCCESS, data: '' },
		{ status: SUCCESS },
		{ data: {} },
		{ data: [] },
		{ data: true },
		{ data: { value: true } },
	])('%j is a success, and the item holds what was sent', async (body) => {
		answer('createCustomerEvent', body);
		const { items, error } = await create();
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ eventName: EVENT.eventName, customerCode: EVENT.customerCode })]);
	});
});

test('a deletion that is answered with a plain no is doubtful as well', async () => {
	answer('deleteCustomerEvent', { status: SUCCESS, data: false });
	const { error } = await world.run('delete', { eventId: '1' });
	expect(error?.message).toBe(`GoFive answered "false" instead of a confirmation, for event ID '1'`);
	expect(error?.description).toContain(MAY_BE_DONE);
});

test('what cannot be read after a success says that it was carried out', async () => {
	answer('updateCustomerEvent', { status: SUCCESS, data: [1] });
	const { eventId } = world.sandbox.store.events[0] ?? {};
	expect((await world.run('update', { ...EVENT, eventId: String(eventId) })).error?.description).toContain(WAS_DONE);
});

test('a record that has a column "value" stays whole', async () => {
	const record = { eventId: 9, eventType: 1, value: 500 };
	answer('getCustomerEvents', { status: SUCCESS, data: record });
	expect((await getEach(codes('C000055'), { output: 'raw' })).items).toEqual([record]);
});

test.each([301, 302, 303, 307, 308])('a write that is answered with a redirect (HTTP %i) may have been carried out', async (status) => {
	world.sandbox.addFault({ match: { operationId: 'createCustomerEvent' }, answer: { status, headers: { location: 'https://elsewhere.example/' }, body: '', acts: true } });
	const { error } = await create();
	expect(error?.message).toBe("GoFive redirected the request to elsewhere.example, and redirects are not followed, for customer code 'C000154'");
	expect(error?.description).toMatch(/Check 'Base URL'.*GoFive may have carried it out all the same/);
});

test('a doubtful write says which record it is about', async () => {
	answer('createCustomerEvent', '', 502);
	expect((await create()).error?.message).toBe("GoFive could not handle the request (HTTP 502), for customer code 'C000154'");
});

describe('what GoFive complains of', () => {
	test.each<[string, unknown, string]>([
		['as ASP.NET lists it', { title: 'One or more validation errors occurred.', errors: { eventName: ['Is required', 'Is too short'], '$.eventDate': ['Not a date'] } }, 'Event Name: Is required; Event Name: Is too short; Event Date: Not a date'],
		['with a detail', { Title: 'Bad Request', Detail: 'The name is too long' }, 'The name is too long'],
		['inside the data of the envelope', { status: { code: '4002', description: 'Several' }, data: { eventName: ['ต้องระบุ'], eventType: ['Unknown'] } }, 'Event Name: ต้องระบุ; Event Type Name or ID: Unknown'],
		['as a list in the data', { status: { code: '4002', description: 'Several' }, data: [{ field: 'eventName', message: 'Is required' }, 'And more'] }, 'Event Name: Is required; And more'],
	])('%s is quoted by the names of the form', async (_, body, quoted) => {
		answer('createCustomerEvent', body, 400);
		expect((await create()).error?.description).toContain(`${quoted}". `);
	});

	test('a secret that a quotation cuts in two does not show its start', async () => {
		const clientSecret = world.credential.clientSecret as string;
		answer('createCustomerEvent', { title: 'No', errors: { eventName: [`${'x'.repeat(280)}${clientSecret}`] } }, 400);
		const { description } = (await create()).error ?? {};
		expect(description).toContain('***…');
		expect(description).not.toContain(clientSecret.slice(0, 4));
	});

	test('a long description is cut', async () => {
		answer('createCustomerEvent', { status: { code: '4001', description: 'x'.repeat(5000) }, data: null }, 400);
		expect((await create()).error?.message.length).toBeLessThan(450);
	});

	test('is bounded, and holds no secret', async () => {
		const clientSecret = world.credential.clientSecret as string;
		const errors = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field${index}`, [`${clientSecret} ${'x'.repeat(900)}`]]));
		answer('createCustomerEvent', { title: 'No', errors }, 400);
		const { description = '' } = (await create()).error ?? {};
		expect(description).toContain('field9: ***');
		expect(description).not.toContain('field10');
		expect(description).not.toContain(clientSecret);
		expect(description?.length).toBeLessThan(4000);
	});
});

test('items of equal requests share nothing, also in raw output', async () => {
	answer('getCustomerEvents', { status: SUCCESS, data: [{ eventId: 1, owners: [{ name: 'ก' }] }, { eventId: 2 }] });
	const { items } = await getEach(codes('C000055', 'C000055'), { output: 'raw' });
	const [nested, plain, nestedAgain, plainAgain] = items;
	expect([nestedAgain, plainAgain]).toEqual([nested, plain]);
	const ownersOf = (item: IDataObject | undefined) => item?.owners as IDataObject[];
	expect(ownersOf(nestedAgain)[0]).not.toBe(ownersOf(nested)[0]);
	expect(plainAgain).not.toBe(plain);
});

test('an event whose type is answered as a name is kept by the type filter', async () => {
	answer('getCustomerEvents', { status: SUCCESS, data: [{ eventId: 1, eventType: 'Meeting' }, { eventId: 2, eventType: 2 }, { eventId: 3, eventType: 1 }] });
	expect((await getEach(codes('C000055'), { eventTypes: [1, 4] })).items.map(({ eventId }) => eventId)).toEqual([1, 3]);
});

describe('which record it was', () => {
	test.each<[string, IDataObject, string]>([
		['getByCustomerCode', { customerCode: 'NOPE' }, "GoFive answered: Customer not found (code 4001), for customer code 'NOPE'"],
		['create', { ...EVENT, customerCode: 'NOPE' }, "GoFive answered: Customer not found (code 4001), for customer code 'NOPE'"],
		['delete', { eventId: '999999' }, "GoFive answered: Customer event not found (code 4001), for event ID '999999'"],
	])('%s says it', async (operation, parameters, message) => {
		expect((await world.run(operation, parameters)).error?.message).toBe(message);
	});

	test.each(['C000055, C000154', 'c000055', 'C000055;C000154'])("'%s': one item takes one code, as GoFive writes it", async (customerCode) => {
		const { error } = await world.run('getByCustomerCode', { customerCode });
		expect(error?.description).toMatch(/^One item takes one code, written as GoFive writes it, capital letters included\. /);
	});

	test('a code that is written well gets no such advice', async () => {
		expect((await world.run('getByCustomerCode', { customerCode: 'C777777' })).error?.description).not.toContain('One item takes one code');
	});
});

describe('failed items among many', () => {
	const some = (onError: 'continueRegularOutput' | 'continueErrorOutput') => ({ ...codes('C000055', 'C7777', 'C000154', 'C000201'), onError });

	test('are named by a hint, and carry the key that names their record', async () => {
		const result = await getEach(some('continueRegularOutput'));
		expect(textsOf(result)).toEqual(["1 of 4 items failed: C7777. Their messages are in the column 'error'."]);
		expect(result.items.find(({ error }) => error)).toEqual({ code: 'C7777', customerCode: 'C7777', error: expect.stringContaining("'C7777'") });
	});

	test('an input that has the key keeps its own', async () => {
		const items = [{ customerCode: 'NOPE', note: 'ก' }, { customerCode: 'C000055' }];
		const { items: found } = await world.run('getByCustomerCode', { customerCode: '={{ $json.customerCode }}' }, { items, onError: 'continueRegularOutput' });
		expect(found[0]).toMatchObject({ customerCode: 'NOPE', note: 'ก', error: expect.any(String) });
	});

	test('one that cannot be read has no such key', async () => {
		expect((await getEach({ ...codes(' '), onError: 'continueRegularOutput' })).items).toEqual([{ code: ' ', error: expect.any(String) }]);
	});

	test('on the error output the message stands alone beside the input, as n8n sorts it', async () => {
		const { outputs } = await getEach(some('continueErrorOutput'));
		expect(outputs[1]?.map(({ json }) => json)).toEqual([{ code: 'C7777', error: expect.any(String) }]);
	});
});

describe('items that all ask for the same', () => {
	test('a hint says so, and names Execute Once', async () => {
		const { hints } = await world.run('getByCustomerCode', { customerCode: 'C000055', dateRange: 'allDates' }, { items: [{}, {}, {}] });
		expect(textsOf({ hints })).toEqual([expect.stringMatching(/^All 3 input items ask for the same, customer code 'C000055', so every result comes 3 times\. .*'Execute Once'/)]);
		expect(world.sent('getCustomerEvents')).toHaveLength(1);
	});

	test('items that ask one thing and take other parts of the answer get none', async () => {
		const items = [[1, 4], [2, 3]].map((types) => ({ types }));
		const { hints } = await world.run('getByCustomerCode', { customerCode: 'C000055', dateRange: 'allDates', eventTypes: '={{ $json.types }}' }, { items });
		expect(textsOf({ hints })).toEqual([]);
	});

	test('one item, different items, and writes get none', async () => {
		expect(textsOf(await getEach(codes('C000055')))).toEqual([]);
		expect(textsOf(await getEach(codes('C000055', 'C000154', 'C000055')))).toEqual([]);
		expect(textsOf(await create({ items: [{}, {}] }))).toEqual([]);
	});
});
