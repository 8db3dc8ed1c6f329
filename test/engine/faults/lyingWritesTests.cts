import { advice, CREATE_EVENT_ROUTE, EVENT_TYPES_ROUTE, setupLyingServer, testLies } from '../lyingServer.cts';
import {
	REJECTED_RECORDS,
	RESPONSES,
	RESPONSES_WITHOUT_RECORD,
	responseOf,
	success,
	UNCONFIRMED_WRITES,
	type HttpResponse,
} from '../../support/responses.cts';
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
const createEvent = (answer: HttpResponse, output = 'simplified') => ({
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

/** Responses after which the write is sent no second time, and the message that they end as. */
const MESSAGES: Array<[title: string, answer: HttpResponse, expected: ReturnType<typeof mayBeSaved>]> = [
	['false in {value}', UNCONFIRMED_WRITES.falseInValue, mayBeSaved(UNKNOWN_FORMAT)],
	[
		'false in {value} with the code of success',
		UNCONFIRMED_WRITES.falseInValueWithSuccessCode,
		mayBeSaved('GoFive did not confirm the change'),
	],
	[
		'false with the code of success',
		UNCONFIRMED_WRITES.falseWithSuccessCode,
		mayBeSaved('GoFive did not confirm the change'),
	],
	['isSuccess: false in {value}', UNCONFIRMED_WRITES.failureFlagInValue, mayBeSaved(UNKNOWN_FORMAT)],
	[
		'isSuccess: false in {value}, with a text',
		UNCONFIRMED_WRITES.failureFlagAndTextInValue,
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'isSuccess: false in {value}, with the code of success',
		REJECTED_RECORDS.failureFlag,
		rejected('GoFive rejected the request: Not saved'),
	],
	[
		'an error next to the ID in {value}',
		UNCONFIRMED_WRITES.errorNextToIdInValue,
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'an error next to the ID, with the code of success',
		REJECTED_RECORDS.errorNextToId,
		rejected('GoFive rejected the request: Not saved'),
	],
	['null in {value}', UNCONFIRMED_WRITES.nullInValue, mayBeSaved(UNKNOWN_FORMAT)],
	['a text in {value}', UNCONFIRMED_WRITES.textInValue, mayBeSaved(UNKNOWN_FORMAT)],
	['an empty text in {value}', UNCONFIRMED_WRITES.emptyTextInValue, mayBeSaved(UNKNOWN_FORMAT)],
	['0 in {value}', UNCONFIRMED_WRITES.zeroInValue, mayBeSaved(UNKNOWN_FORMAT)],
	['HTTP 200 with another code', RESPONSES.businessError, rejected('GoFive rejected the request: ไม่ผ่าน (code 4001)')],
	[
		'HTTP 200 with a text in place of the code',
		RESPONSES.textInPlaceOfStatus,
		mayBeSaved('GoFive rejected the request: Not saved'),
	],
	[
		'HTTP 400 with the code of success',
		RESPONSES.successCodeWith400,
		mayBeSaved('GoFive rejected the request: Not saved (code 1000)'),
	],
	[
		'HTTP 500 with the code of success',
		RESPONSES.successCodeWith500,
		mayBeSaved('GoFive could not handle the request (HTTP 500)'),
	],
	['a web page', RESPONSES.webPage, mayBeSaved('GoFive returned a web page instead of JSON')],
	['plain text', RESPONSES.plainText, mayBeSaved('GoFive returned plain text instead of JSON')],
	['an empty response', RESPONSES.empty, mayBeSaved('GoFive returned an empty response instead of JSON')],
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
const SAVED: Array<[title: string, answer: HttpResponse]> = [
	['an empty object', RESPONSES_WITHOUT_RECORD.emptyObject],
	['an empty list', RESPONSES_WITHOUT_RECORD.emptyList],
	['null, with an error text', RESPONSES_WITHOUT_RECORD.nullAndErrorText],
	['a text in place of the record', RESPONSES_WITHOUT_RECORD.text],
	['a text in {value}', RESPONSES_WITHOUT_RECORD.textInValue],
	['null next to errors', RESPONSES_WITHOUT_RECORD.nullNextToErrors],
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
		...createEvent(responseOf({ data: { value: NULLS } }), 'raw'),
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
	const answers = [success({ eventId: 1 }), UNCONFIRMED_WRITES.falseInValueWithSuccessCode, success({ eventId: 3 })];
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
