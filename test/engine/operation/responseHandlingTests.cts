import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { buildRejection } from '../../support/expectedMessages.cts';
import { RESPONSES, success, UNCONFIRMED_WRITES } from '../../support/responses.cts';

const fixture = setupFixtureWithSimulatedClock();

const createEvent = async (options?: Parameters<typeof fixture.runOperation>[2]) =>
	await fixture.runExample('customerEvent.create', {}, options);
const getHintMessages = ({ hints }: { hints: Array<{ message: string }> }) => hints.map(({ message }) => message);

test('items of equal requests share no objects, including raw output', async () => {
	fixture.respondWithData('getCustomerEvents', [{ eventId: 1, owners: [{ name: 'ก' }] }, { eventId: 2 }]);
	const { items } = await fixture.readEventsOf(['C000055', 'C000055']);
	const [nested, plain, nestedAgain, plainAgain] = items;
	expect([nestedAgain, plainAgain]).toEqual([nested, plain]);
	const ownersOf = (item: IDataObject | undefined) => item?.owners as IDataObject[];
	expect(ownersOf(nestedAgain)[0]).not.toBe(ownersOf(nested)[0]);
	expect(plainAgain).not.toBe(plain);
});

test('the type filter keeps an event whose type is returned as a name', async () => {
	const data = ['Meeting', 2, 1].map((eventType, index) => ({ eventId: index + 1, eventType }));
	fixture.respondWithData('getCustomerEvents', data);
	const { items } = await fixture.readEventsOf(['C000055'], { eventTypes: [1, 4] });
	expect(items.map(({ eventId }) => eventId)).toEqual([1, 3]);
});

describe('record in messages', () => {
	test.each<[string, IDataObject, string, string]>([
		['getByCustomerCode', { customerCode: 'NOPE' }, 'Customer not found', "customer code 'NOPE'"],
		['delete', { eventId: '999999' }, 'Customer event not found', "event ID '999999'"],
	])('%s names the record', async (operation, parameters, reason, record) => {
		const { error } = await fixture.runExample(`customerEvent.${operation}`, parameters);
		expect(error?.message).toBe(`${buildRejection(reason)} for ${record}`);
	});

	test.each(['C000055, C000154', 'c000055', 'C000055;C000154'])(
		"'%s': recommends one code per item, spelled as in GoFive",
		async (customerCode) => {
			const { error } = await fixture.runOperation('getByCustomerCode', { customerCode });
			expect(error?.description).toMatch(
				/^Enter one code per item, exactly as shown in Venio\. Upper and lower case may matter\. /,
			);
		},
	);

	test('a well-formed code shows no advice', async () => {
		const { error } = await fixture.runOperation('getByCustomerCode', { customerCode: 'C777777' });
		expect(error?.description).not.toContain('Enter one code per item');
	});
});

describe('failed items', () => {
	const CODES = ['C000055', 'C7777', 'C000154', 'C000201'];

	test('are listed in a hint and contain the key of their record', async () => {
		const result = await fixture.readEventsOf(CODES, { output: 'simplified' });
		expect(getHintMessages(result)).toEqual(["1 of 4 items failed: C7777. The messages are in the field 'error'."]);
		expect(result.items.find(({ error }) => error)).toEqual({
			code: 'C7777',
			customerCode: 'C7777',
			error: expect.stringContaining("'C7777'"),
		});
	});

	test('have no key if the input is invalid', async () => {
		expect((await fixture.readEventsOf([' '])).items).toEqual([{ code: ' ', error: expect.any(String) }]);
	});

	test('on the error output, only the message is added to the input, as n8n sorts it', async () => {
		const { outputs } = await fixture.readEventsOf(CODES, {}, { onError: 'continueErrorOutput' });
		expect(outputs[1]?.map(({ json }) => json)).toEqual([{ code: 'C7777', error: expect.any(String) }]);
	});
});

describe('items with equal requests', () => {
	test('shows a hint that recommends Execute Once', async () => {
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

	test('shows no hint if the items use different parts of the response', async () => {
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

	test('shows no hint for one item, different items and writes', async () => {
		expect(getHintMessages(await fixture.readEventsOf(['C000055']))).toEqual([]);
		expect(getHintMessages(await fixture.readEventsOf(['C000055', 'C000154', 'C000055']))).toEqual([]);
		expect(getHintMessages(await createEvent({ items: [{}, {}] }))).toEqual([]);
	});
});

describe('a write that GoFive confirms', () => {
	const NULLS = { eventId: null, eventType: null, eventName: null, eventDate: null, customerCode: null };
	test('with a record of nulls: Raw shows the response', async () => {
		fixture.addFault('createCustomerEvent', success(NULLS));
		expect((await fixture.runExample('customerEvent.create', { output: 'raw' })).items).toEqual([NULLS]);
	});

	test('with a record that reports a rejection', async () => {
		fixture.respondWithData('createCustomerEvent', { eventId: 5, error: 'Not saved' });
		const { error } = await createEvent();
		expect(error?.message).toBe(`${buildRejection('Not saved', '')} for customer code 'C000055'`);
		expect(error?.description).not.toContain(MAY_BE_DONE);
	});
});

test('the items around a write that GoFive does not confirm continue, and each is sent once', async () => {
	fixture.addFault('createCustomerEvent', UNCONFIRMED_WRITES.falseInValueWithSuccessCode, { skip: 1 });
	const items = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
	const parameters = { eventName: '={{ $json.name }}', output: 'raw' };
	const result = await fixture.runExample('customerEvent.create', parameters, {
		items,
		onError: 'continueRegularOutput',
	});
	const message = `${messages.notConfirmed.message} for customer code 'C000055'. ${MAY_BE_DONE}`;
	const failedItem = { name: 'b', customerCode: 'C000055', error: expect.stringContaining(message) };
	expect(result.items).toEqual([expect.anything(), failedItem, expect.anything()]);
	expect(getHintMessages(result)).toEqual(["1 of 3 items failed: C000055. The messages are in the field 'error'."]);
	expect(fixture.getSentBodies('createCustomerEvent').map(({ eventName }) => eventName)).toEqual(['a', 'b', 'c']);
});

describe('names of event types', () => {
	const EVENT = { eventId: 5, eventType: 1, eventName: 'นัดพบ' };
	const readEvent = async () => await fixture.readEventsOf(['C000055'], { output: 'simplified' });
	beforeEach(() => void fixture.respondWithData('getCustomerEvents', [EVENT]));

	test('are empty, with a hint, if their list cannot be loaded', async () => {
		fixture.addFault('getCustomerEventTypes', RESPONSES.forbidden);
		const result = await readEvent();
		expect(result.items).toEqual([expect.objectContaining({ ...EVENT, eventTypeName: null })]);
		expect(getHintMessages(result)).toEqual([
			"The names of the event types could not be loaded from GoFive, so 'eventTypeName' is empty. The other fields are not affected.",
		]);
	});

	test('are empty if their list lacks the type', async () => {
		fixture.respondWithData('getCustomerEventTypes', [{ eventTypeId: 2, eventTypeName: 'นัด' }]);
		const result = await readEvent();
		expect([result.items, result.hints]).toEqual([[expect.objectContaining({ ...EVENT, eventTypeName: null })], []]);
	});
});
