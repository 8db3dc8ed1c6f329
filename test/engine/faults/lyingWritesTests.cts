import {
	advice,
	CREATE_EVENT_ROUTE,
	EVENT_TYPES_ROUTE,
	sends,
	setupLyingServer,
	success,
	testLies,
	WEB_PAGE,
	type Answer,
} from '../lyingServer.cts';
import { MAY_BE_DONE } from '../resultAssertions.cts';

const server = setupLyingServer();

const CREATE = { customerCode: 'C1', eventName: 'นัดพบ', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const NULLS = { eventId: null, eventType: null, eventName: null, eventDate: null, customerCode: null };
const SHOWN_EVENT = {
	customerCode: 'C1',
	eventDate: '2025-02-01T10:00:00+07:00',
	eventTypeName: 'นัด',
	eventName: 'นัดพบ',
	description: null,
	eventId: null,
	eventType: 1,
	customerId: null,
};
const createEvent = (answer: Answer, output = 'simplified') => ({
	operation: 'customerEvent.create',
	parameters: { ...CREATE, output },
	script: {
		[CREATE_EVENT_ROUTE]: [answer],
		[EVENT_TYPES_ROUTE]: [success([{ eventTypeId: 1, eventTypeName: 'นัด' }])],
	},
});
const SENT_ONCE = { [CREATE_EVENT_ROUTE]: 1 };
const SENT_ONCE_WITH_NAMES = { ...SENT_ONCE, [EVENT_TYPES_ROUTE]: 1 };

const MAY_BE_SAVED = `${MAY_BE_DONE}. Check the data in Venio, and send this item again only if the change is missing.`;
const mayBeSaved = (title: string) => ({
	message: `${title} for customer code 'C1'`,
	description: advice(MAY_BE_SAVED),
});
const rejected = (title: string) => ({
	message: `${title} for customer code 'C1'`,
	description: advice('Check the values that were sent.'),
});
const UNKNOWN_FORMAT = 'GoFive returned a response in an unknown format';
const NOT_SAVED = { isSuccess: false, message: 'Not saved' };

/** Responses after which the write is sent no second time, and the message that they end as. */
const MESSAGES: Array<[title: string, answer: Answer, expected: ReturnType<typeof mayBeSaved>]> = [
	['false in {value}', sends({ data: { value: false } }), mayBeSaved(UNKNOWN_FORMAT)],
	[
		'false in {value} with the code of success',
		success({ value: false }),
		mayBeSaved('GoFive did not confirm the change'),
	],
	['false with the code of success', success(false, 'Not saved'), mayBeSaved('GoFive did not confirm the change')],
	['isSuccess: false in {value}', sends({ data: { value: { isSuccess: false } } }), mayBeSaved(UNKNOWN_FORMAT)],
	[
		'isSuccess: false in {value}, with a text',
		sends({ data: { value: NOT_SAVED } }),
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'isSuccess: false in {value}, with the code of success',
		success({ value: NOT_SAVED }),
		rejected('GoFive rejected the request: Not saved'),
	],
	[
		'an error next to the ID in {value}',
		sends({ data: { value: { eventId: 5, error: 'Not saved' } } }),
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'an error next to the ID, with the code of success',
		success({ eventId: 5, error: 'Not saved' }),
		rejected('GoFive rejected the request: Not saved'),
	],
	...[null, 'Not saved', '', 0].map((value): (typeof MESSAGES)[number] => [
		`${JSON.stringify(value)} in {value}`,
		sends({ data: { value } }),
		mayBeSaved(UNKNOWN_FORMAT),
	]),
	[
		'HTTP 200 with another code',
		sends({ status: { code: '4001', description: 'Not saved' }, data: null }),
		rejected('GoFive rejected the request: Not saved (code 4001)'),
	],
	[
		'HTTP 200 with a text in place of the code',
		sends({ status: 'error', message: 'Not saved', data: null }),
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'HTTP 400 with the code of success',
		{ status: 400, ...success(null, 'Not saved') },
		mayBeSaved('GoFive rejected the request: Not saved (code 1000)'),
	],
	[
		'HTTP 500 with the code of success',
		{ status: 500, ...success(null, 'Not saved') },
		mayBeSaved('GoFive could not handle the request (HTTP 500)'),
	],
	['a web page', sends(WEB_PAGE), mayBeSaved('GoFive returned a web page instead of JSON')],
	['plain text', sends('Saved'), mayBeSaved('GoFive returned plain text instead of JSON')],
	['an empty response', sends(''), mayBeSaved('GoFive returned an empty response instead of JSON')],
];

testLies(
	server,
	MESSAGES.map(([title, answer, expected]) => ({
		title: `a write, ${title}: a message, and nothing is sent again`,
		...createEvent(answer),
		expected,
		requests: SENT_ONCE,
	})),
);

/** Responses that count as a saved change: a visible item with the sent values and without an ID. */
const SAVED: Array<[title: string, answer: Answer]> = [
	['an empty object', success({})],
	['an empty list', success([])],
	['null, with an error text', success(null, 'Not saved')],
	['a text in place of the record', success('Not saved', 'Not saved')],
	['a text in {value}', success({ value: 'Not saved' })],
	['null next to errors', sends({ status: { code: '1000' }, data: null, errors: ['Not saved'] })],
];

testLies(
	server,
	SAVED.map(([title, answer]) => ({
		title: `documented limit: the code of success with ${title} counts as saved; the item has no ID`,
		...createEvent(answer),
		expected: { items: [SHOWN_EVENT] },
		requests: SENT_ONCE_WITH_NAMES,
	})),
);

testLies(server, [
	{
		title: 'documented limit: a record of nulls counts as saved; Raw shows the response',
		...createEvent(success(NULLS), 'raw'),
		expected: { items: [NULLS] },
		requests: SENT_ONCE,
	},
	{
		title: 'a record of nulls in {value} without a code: Raw shows the response',
		...createEvent(sends({ data: { value: NULLS } }), 'raw'),
		expected: { items: [NULLS] },
		requests: SENT_ONCE,
	},
	{
		title: 'a list of nulls with the code of success: shows the sent values, without an ID',
		...createEvent(success([null])),
		expected: { items: [expect.objectContaining({ customerCode: 'C1', eventId: null })] },
		requests: SENT_ONCE_WITH_NAMES,
	},
]);

test('with On Error, the items around an unconfirmed write continue, and each is sent once', async () => {
	const answers = [success({ eventId: 1 }), success({ value: false }), success({ eventId: 3 })];
	const { items, hints } = await server.run(
		'customerEvent.create',
		{ ...CREATE, eventName: '={{ $json.name }}', output: 'raw' },
		{ [CREATE_EVENT_ROUTE]: answers },
		{ items: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], onError: 'continueRegularOutput' },
	);
	expect(items).toEqual([
		{ eventId: 1 },
		expect.objectContaining({
			name: 'b',
			error: `GoFive did not confirm the change for customer code 'C1'. ${MAY_BE_SAVED} [Item 1]`,
		}),
		{ eventId: 3 },
	]);
	expect(hints).toEqual(["1 of 3 items failed: C1. The messages are in the field 'error'."]);
	expect(server.findRequests(CREATE_EVENT_ROUTE).map(({ body }) => body.eventName)).toEqual(['a', 'b', 'c']);
});
