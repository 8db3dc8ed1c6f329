import { SIGN_IN_PATH } from '../../nodes/GoFive/api/request/request.ts';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/response/retryAfter.ts';
import { findSubscriptionKeyError } from '../../nodes/GoFive/api/response/subscriptionKeyError.ts';
import { isObject, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { toText } from '../../nodes/GoFive/shared/text.ts';
import * as events from './customerEvents.mts';
import { NotDecidable, type LiveSession, type Reply } from './liveSession.mts';
import { readPage } from './readPaths.mts';

/** Question about GoFive's API: a statement, the response that is read, and the decision about it. */
export interface Question {
	statement: string;
	/** @throws NotDecidable if a setting or data is missing */
	read(live: LiveSession): Promise<Reply>;
	/** @throws NotDecidable if the response decides nothing */
	holds(reply: Reply, live: LiveSession): boolean | Promise<boolean>;
}

const { EVENT_TYPES_PATH, readEvents } = events;

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';

const isSuccess = ({ succeeded }: Reply): boolean => succeeded;

function assertDecidable(condition: unknown, reason: string): asserts condition {
	if (!condition) throw new NotDecidable(reason);
}

/** Returns an object inside the body, or an empty one. */
const getPart = ({ body }: Reply, key: string): JsonObject => (isObject(body) && isObject(body[key]) ? body[key] : {});

const readEventTypes = (live: LiveSession, path = EVENT_TYPES_PATH) => live.send({ method: 'GET', path });

/** Reads the events of a customer code that does not exist. */
const readUnknownCustomer = (live: LiveSession): Promise<Reply> =>
	events.sendFilter(live, [['customerCode', 'n8n-live-check-unknown']]);

/** Reads the event types with other values of the credential. Without a key, its header is not sent. */
const readEventTypesWith = (live: LiveSession, token: string, key?: string): Promise<Reply> => {
	const headers = { Authorization: `Bearer ${token}`, ...(key && { [KEY_HEADER]: key }) };
	return live.sendWith(headers, { method: 'GET', path: EVENT_TYPES_PATH });
};

/** Asks how a request with another subscription key is rejected. */
const askInvalidKey = (condition: string, key?: string): Question => ({
	statement: `${condition}, a request has HTTP 401 and the text of Azure API Management.`,
	read: (live) => readEventTypesWith(live, 'invalid', key),
	holds: ({ status, text }) => status === 401 && findSubscriptionKeyError(text) !== undefined,
});

const getKey = ({ options }: LiveSession): string => options.credential.subscriptionApiKey ?? '';

/** Requests a token as the credential does, or without the subscription key. */
function requestToken(live: LiveSession, key = getKey(live)): Promise<Reply> {
	const { clientId: client_id, clientSecret: client_secret } = live.options.credential;
	assertDecidable(client_id && client_secret, 'Set GOFIVE_CLIENT_ID and GOFIVE_CLIENT_SECRET.');
	const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...(key && { [KEY_HEADER]: key }) };
	return live.sendWith(headers, { method: 'POST', path: SIGN_IN_PATH, bodyText: form.toString() });
}

const getToken = ({ body }: Reply): string => (isObject(body) ? toText(body.access_token) : '');

/** Reads all events of the customer, of which at least two are needed. */
async function readAllEvents(live: LiveSession): Promise<Reply> {
	const reply = await readEvents(live);
	assertDecidable(reply.records.length >= 2, 'The customer has fewer than two events.');
	return reply;
}

const getDates = ({ records }: Reply): string[] => records.map(({ eventDate }) => String(eventDate));
const getTypes = ({ records }: Reply): number[] => [...new Set(records.map(({ eventType }) => Number(eventType)))];

/** Asks whether a request for the day of one event omits the events of other days. */
const askDateRange = (
	statement: string,
	readRange: (live: LiveSession, from: string, to: string) => Promise<Reply>,
): Question => ({
	statement,
	async read(live) {
		const day = getDates(await readAllEvents(live))[0]?.slice(0, 10);
		return await readRange(live, `${day}T00:00:00`, `${day}T23:59:59`);
	},
	async holds(reply, live) {
		const [dates, allDates] = [getDates(reply), getDates(await readAllEvents(live))];
		const isOnDay = (date: string): boolean => date.slice(0, 10) === allDates[0]?.slice(0, 10);
		assertDecidable(!allDates.every(isOnDay), 'All events of the customer are on one day.');
		assertDecidable(dates.length > 0 || !reply.succeeded, 'No event was returned, although one is in the range.');
		return reply.succeeded && dates.every(isOnDay);
	},
});

/** Asks whether eventTypeIds, sent once per ID, selects exactly the events of the first types of the customer. */
const askEventTypes = (statement: string, count: number): Question => ({
	statement,
	async read(live) {
		const types = getTypes(await readAllEvents(live)).slice(0, count);
		return await readEvents(
			live,
			types.map((type) => ['eventTypeIds', type]),
		);
	},
	async holds(reply, live) {
		const [types, allTypes] = [getTypes(reply), getTypes(await readAllEvents(live))];
		assertDecidable(allTypes.length > count, 'The events of the customer have too few types.');
		return types.length === count && allTypes.slice(0, count).every((type) => types.includes(type));
	},
});

/** Builds the questions about lists whose page size has the same key. */
function askAboutPages(takeKey: string): Record<string, Question> {
	const readFirstPage = async (live: LiveSession): Promise<string[]> =>
		(await readPage(live, takeKey, 2, 0)).records.map((record) => JSON.stringify(record));
	return {
		[`${takeKey}Limits`]: {
			statement: `${takeKey} limits the number of records.`,
			read: (live) => readPage(live, takeKey, 1, 0),
			holds: ({ records }) => records.length === 1,
		},
		[`${takeKey}1000`]: {
			statement: `A page of 1,000 records is accepted with ${takeKey}.`,
			read: (live) => readPage(live, takeKey, 1000, 0),
			holds: isSuccess,
		},
		[`${takeKey}Skip`]: {
			statement: `In lists with ${takeKey}, skip 1 begins with the second record.`,
			read: (live) => readPage(live, takeKey, 2, 1),
			holds: async ({ records }, live) => (await readFirstPage(live))[1] === JSON.stringify(records[0]),
		},
		[`${takeKey}Pages`]: {
			statement: `Consecutive pages with ${takeKey} do not overlap.`,
			read: (live) => readPage(live, takeKey, 2, 2),
			async holds({ records: [record] }, live) {
				assertDecidable(record, 'The list has no second page.');
				return !(await readFirstPage(live)).includes(JSON.stringify(record));
			},
		},
	};
}

/** Questions by ID, in the order in which they are asked. The last ones may invalidate the token. */
export const QUESTIONS: Record<string, Question> = {
	codeIsText: {
		statement: 'status.code is a text.',
		read: (live) => readEventTypes(live),
		holds: (reply) => typeof getPart(reply, 'status').code === 'string',
	},
	pathCase: {
		statement: 'The letter case of a path does not matter.',
		read: (live) => readEventTypes(live, EVENT_TYPES_PATH.toUpperCase()),
		holds: isSuccess,
	},
	invalidRequest: {
		statement: 'A request without a required parameter has HTTP 400 and a body with status.code.',
		read: (live) => events.sendFilter(live, []),
		holds: (reply) => reply.status === 400 && 'code' in getPart(reply, 'status'),
	},
	unknownCustomer: {
		statement: 'An unknown customer code is an error, not an empty list.',
		read: readUnknownCustomer,
		holds: ({ succeeded }) => !succeeded,
	},
	businessErrorStatus: {
		statement: 'A business error, for example an unknown customer code, has HTTP 200.',
		read: readUnknownCustomer,
		holds({ succeeded, status }) {
			assertDecidable(!succeeded, 'An unknown customer code is not an error.');
			return status === 200;
		},
	},
	dateRangeInBody: askDateRange('DateFrom and DateTo in the body of a GET select events.', (live, DateFrom, DateTo) =>
		readEvents(live, [], { DateFrom, DateTo }),
	),
	dateRangeInCamelCase: askDateRange(
		'dateFrom and dateTo in the body of a GET select events.',
		(live, dateFrom, dateTo) => readEvents(live, [], { dateFrom, dateTo }),
	),
	dateRangeInQuery: askDateRange('DateFrom and DateTo in the query select events.', (live, from, to) =>
		readEvents(live, [
			['DateFrom', from],
			['DateTo', to],
		]),
	),
	dateRangeEnds: {
		statement: 'A date range includes its first and its last second.',
		async read(live) {
			const time = getDates(await readAllEvents(live))[0]?.slice(0, 19);
			return await readEvents(live, [], { DateFrom: time, DateTo: time });
		},
		async holds(reply, live) {
			const [dates, [eventDate]] = [getDates(reply), getDates(await readAllEvents(live))];
			assertDecidable(
				dates.every((date) => date === eventDate),
				'The date range was not applied.',
			);
			return dates.length > 0;
		},
	},
	eventTypeIds: askEventTypes('eventTypeIds selects the events of one type.', 1),
	eventTypeIdsRepeated: askEventTypes('A repeated eventTypeIds selects the events of several types.', 2),
	eventDateOffset: {
		statement: 'Dates of events end with an offset without a colon.',
		read: readAllEvents,
		holds: (reply) => getDates(reply).every((date) => /[+-]\d{4}$/.test(date)),
	},
	eventDateInThaiTime: {
		statement: 'Dates of events have the offset of Thailand.',
		read: readAllEvents,
		holds: (reply) => getDates(reply).every((date) => /\+07:?00$/.test(date)),
	},
	...askAboutPages('take'),
	...askAboutPages('pageLength'),
	createReturnsEvent: {
		statement: 'The response to a created event contains its eventId.',
		read: events.createTestEvent,
		holds: ({ records: [event] }) => event?.eventId !== undefined,
	},
	updatePath: {
		statement: 'PUT /v1/customerEvent/{eventId} updates an event.',
		read: events.updateTestEvent,
		holds: isSuccess,
	},
	writtenDateInThaiTime: {
		statement: 'A date without an offset is stored as Thai time.',
		async read(live) {
			await events.updateTestEvent(live);
			return await readEvents(live);
		},
		async holds(_reply, live) {
			const event = await events.findTestEvent(live);
			assertDecidable(event, 'The test event was not found.');
			return String(event.eventDate).startsWith(events.TEST_EVENT_DATE);
		},
	},
	deletePath: {
		statement: 'DELETE /v1/customerEvent/{eventId} deletes an event.',
		read: events.deleteTestEvent,
		holds: async ({ succeeded }, live) => succeeded && !(await events.findTestEvent(live)),
	},
	missingKey: askInvalidKey('Without a subscription key'),
	invalidKey: askInvalidKey('With an invalid subscription key', 'invalid'),
	invalidToken: {
		statement: 'With an invalid token, HTTP 401 has a body with statusCode 401.',
		read: (live) => readEventTypesWith(live, 'invalid', getKey(live)),
		holds: ({ status, body }) => status === 401 && isObject(body) && body.statusCode === 401,
	},
	tokenNeedsKey: {
		statement: 'A request for a token requires the subscription key.',
		read: (live) => requestToken(live, ''),
		holds: (reply) => !getToken(reply),
	},
	olderTokenStaysValid: {
		statement: 'A new token does not invalidate an older one.',
		async read(live) {
			const token = getToken(await requestToken(live));
			assertDecidable(token && getToken(await requestToken(live)), 'There was no token.');
			return await readEventTypesWith(live, token, getKey(live));
		},
		holds: isSuccess,
	},
	retryAfter: {
		statement: 'HTTP 429 has a header Retry-After with seconds or a date.',
		async read({ rateLimited: [reply] }) {
			assertDecidable(reply, 'No response had HTTP 429.');
			return reply;
		},
		holds: ({ headers }) => parseRetryAfterMs(headers) !== undefined,
	},
};
