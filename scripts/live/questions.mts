import { SIGN_IN_PATH } from '../../nodes/GoFive/api/request/request.ts';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/response/retryAfter.ts';
import { findSubscriptionKeyError } from '../../nodes/GoFive/api/response/subscriptionKeyError.ts';
import { isObject, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { toText } from '../../nodes/GoFive/shared/text.ts';
import * as events from './customerEvents.mts';
import { NotDecidable, type LiveSession, type Reply } from './liveSession.mts';
import { readPage } from './readPaths.mts';

/** Question about GoFive's API, as a statement that is true or false. */
export interface Question {
	statement: string;
	/**
	 * Decides whether the statement is true. The report shows the last response that it receives.
	 * @throws NotDecidable if a setting or data is missing, or if the responses decide nothing
	 */
	decide(live: LiveSession): Promise<boolean>;
}

const { EVENT_TYPES_PATH, readEvents } = events;

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';

function assertDecidable(condition: unknown, reason: string): asserts condition {
	if (!condition) throw new NotDecidable(reason);
}

/** Returns an object inside the body, or an empty one. */
const getPart = ({ body }: Reply, key: string): JsonObject => (isObject(body) && isObject(body[key]) ? body[key] : {});

const readEventTypes = (live: LiveSession, path = EVENT_TYPES_PATH) => live.send({ method: 'GET', path });

/** Reads the events of a customer code that does not exist. */
const readUnknownCustomer = (live: LiveSession): Promise<Reply> =>
	live.send({ method: 'GET', path: events.EVENTS_PATH, query: [['customerCode', 'n8n-live-check-unknown']] });

/** Reads the event types with other values of the credential. Without a key, its header is not sent. */
const readEventTypesWith = (live: LiveSession, token: string, key?: string): Promise<Reply> => {
	const headers = { Authorization: `Bearer ${token}`, ...(key && { [KEY_HEADER]: key }) };
	return live.sendUnsigned(headers, { method: 'GET', path: EVENT_TYPES_PATH });
};

/** Asks how a request with another subscription key is rejected. */
const askInvalidKey = (condition: string, key?: string): Question => ({
	statement: `${condition}, a request returns HTTP 401 and the text of Azure API Management.`,
	async decide(live) {
		const { status, text } = await readEventTypesWith(live, 'invalid', key);
		return status === 401 && findSubscriptionKeyError(text) !== undefined;
	},
});

const getKey = ({ options }: LiveSession): string => options.credential.subscriptionApiKey ?? '';

/** Requests a token as the credential does, or without the subscription key. Returns an empty text if there is none. */
async function requestToken(live: LiveSession, key = getKey(live)): Promise<string> {
	const { clientId: client_id, clientSecret: client_secret } = live.options.credential;
	assertDecidable(client_id && client_secret, 'Set GOFIVE_CLIENT_ID and GOFIVE_CLIENT_SECRET.');
	const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...(key && { [KEY_HEADER]: key }) };
	const request = { method: 'POST', path: SIGN_IN_PATH, bodyText: form.toString() } as const;
	const { body } = await live.sendUnsigned(headers, request);
	return isObject(body) ? toText(body.access_token) : '';
}

/** Reads all events of the customer, of which at least two are needed. */
async function readAllEvents(live: LiveSession): Promise<Reply> {
	const reply = await readEvents(live);
	assertDecidable(reply.records.length >= 2, 'The customer has fewer than two events.');
	return reply;
}

const getDates = ({ records }: Reply): string[] => records.map(({ eventDate }) => String(eventDate));
const getTypes = ({ records }: Reply): number[] => [...new Set(records.map(({ eventType }) => Number(eventType)))];

/** Asks whether the dates of all events have a format. */
const askDateFormat = (statement: string, format: RegExp): Question => ({
	statement,
	decide: async (live) => getDates(await readAllEvents(live)).every((date) => format.test(date)),
});

/** Asks whether a request for the day of one event omits the events of other days. */
const askDateRange = (place: 'body' | 'query', fromKey: string, toKey: string): Question => ({
	statement: `${fromKey} and ${toKey} in the ${place} of a GET request select events.`,
	async decide(live) {
		const allDates = getDates(await readAllEvents(live));
		const day = allDates[0]?.slice(0, 10) ?? '';
		const isOnDay = (date: string): boolean => date.startsWith(day);
		assertDecidable(!allDates.every(isOnDay), 'All events of the customer are on one day.');
		const range = { [fromKey]: `${day}T00:00:00`, [toKey]: `${day}T23:59:59` };
		const reply = await (place === 'body' ? readEvents(live, [], range) : readEvents(live, Object.entries(range)));
		const hasEvents = reply.records.length > 0;
		assertDecidable(hasEvents || !reply.succeeded, 'No event was returned, although one is in the range.');
		return reply.succeeded && getDates(reply).every(isOnDay);
	},
});

/** Asks whether eventTypeIds, sent once per ID, selects exactly the events of the first types of the customer. */
const askEventTypes = (statement: string, count: number): Question => ({
	statement,
	async decide(live) {
		const allTypes = getTypes(await readAllEvents(live));
		assertDecidable(allTypes.length > count, 'The events of the customer have too few types.');
		const requestedTypes = allTypes.slice(0, count);
		const query = requestedTypes.map((type): [string, number] => ['eventTypeIds', type]);
		const types = getTypes(await readEvents(live, query));
		return types.length === count && requestedTypes.every((type) => types.includes(type));
	},
});

/** Builds the questions about lists whose page size has the same key. */
function askAboutPages(takeKey: string): Record<string, Question> {
	const readRows = async (live: LiveSession, take: number, skip: number, minCount?: 2): Promise<string[]> =>
		(await readPage(live, takeKey, take, skip, minCount)).records.map((record) => JSON.stringify(record));
	return {
		[`${takeKey}Limits`]: {
			statement: `${takeKey} limits the number of records.`,
			decide: async (live) => (await readRows(live, 1, 0, 2)).length === 1,
		},
		[`${takeKey}1000`]: {
			statement: `With ${takeKey} 1000, a page may have more than 100 records.`,
			async decide(live) {
				const { succeeded, records } = await readPage(live, takeKey, 1000, 0);
				if (!succeeded || records.length > 100) return succeeded;
				// A further record shows that GoFive limits the page.
				const page = await readRows(live, 1000, 0);
				const [furtherRow] = await readRows(live, 1, page.length);
				assertDecidable(furtherRow && !page.includes(furtherRow), 'No further record was found after the first page.');
				return false;
			},
		},
		[`${takeKey}Skip`]: {
			statement: `In lists with ${takeKey}, skip 1 begins with the second record.`,
			async decide(live) {
				const [, secondRow] = await readRows(live, 2, 0, 2);
				return (await readRows(live, 2, 1, 2))[0] === secondRow;
			},
		},
		[`${takeKey}Pages`]: {
			statement: `Consecutive pages with ${takeKey} do not overlap.`,
			async decide(live) {
				const firstPage = await readRows(live, 2, 0);
				const [row] = await readRows(live, 2, 2);
				assertDecidable(row, 'The list has no second page.');
				return !firstPage.includes(row);
			},
		},
	};
}

/** Questions by ID, in the order in which they are asked. The last ones may invalidate the token. */
export const QUESTIONS: Record<string, Question> = {
	codeIsText: {
		statement: 'status.code is text.',
		decide: async (live) => typeof getPart(await readEventTypes(live), 'status').code === 'string',
	},
	pathCase: {
		statement: 'The letter case of a path does not matter.',
		decide: async (live) => (await readEventTypes(live, EVENT_TYPES_PATH.toUpperCase())).succeeded,
	},
	invalidRequest: {
		statement: 'A request without a required parameter returns HTTP 400 and a body with status.code.',
		async decide(live) {
			const reply = await live.send({ method: 'GET', path: events.EVENTS_PATH });
			return reply.status === 400 && 'code' in getPart(reply, 'status');
		},
	},
	unknownCustomer: {
		statement: 'An unknown customer code is an error, not an empty list.',
		decide: async (live) => !(await readUnknownCustomer(live)).succeeded,
	},
	businessErrorStatus: {
		statement: 'A business error, for example an unknown customer code, returns HTTP 200.',
		async decide(live) {
			const { succeeded, status } = await readUnknownCustomer(live);
			assertDecidable(!succeeded, 'An unknown customer code is not an error.');
			return status === 200;
		},
	},
	dateRangeInBody: askDateRange('body', 'DateFrom', 'DateTo'),
	dateRangeInCamelCase: askDateRange('body', 'dateFrom', 'dateTo'),
	dateRangeInQuery: askDateRange('query', 'DateFrom', 'DateTo'),
	dateRangeEnds: {
		statement: 'A date range includes its first and its last second.',
		async decide(live) {
			const [eventDate] = getDates(await readAllEvents(live));
			const time = eventDate?.slice(0, 19);
			const dates = getDates(await readEvents(live, [], { DateFrom: time, DateTo: time }));
			assertDecidable(new Set([eventDate, ...dates]).size === 1, 'The date range was not applied.');
			return dates.length > 0;
		},
	},
	eventTypeIds: askEventTypes('eventTypeIds selects the events of one type.', 1),
	eventTypeIdsRepeated: askEventTypes('A repeated eventTypeIds selects the events of several types.', 2),
	eventDateOffset: askDateFormat('Dates of events end with an offset without a colon.', /[+-]\d{4}$/),
	eventDateInThaiTime: askDateFormat('Dates of events have the offset of Thailand.', /\+07:?00$/),
	...askAboutPages('take'),
	...askAboutPages('pageLength'),
	createReturnsEvent: {
		statement: 'The response to a created event contains its eventId.',
		async decide(live) {
			const { succeeded, status, records } = await events.writeTestEvent(live, 'POST');
			assertDecidable(succeeded, `GoFive rejected the test event (HTTP ${status}).`);
			return records[0]?.eventId !== undefined;
		},
	},
	updatePath: {
		statement: 'PUT /v1/customerEvent/{eventId} updates an event.',
		decide: async (live) => (await events.writeTestEvent(live, 'PUT', await events.getTestEventPath(live))).succeeded,
	},
	writtenDateInThaiTime: {
		statement: 'A date without an offset is stored as Thai time.',
		async decide(live) {
			await events.getTestEventPath(live);
			const event = await events.findTestEvent(live);
			return String(event?.eventDate).startsWith(events.TEST_EVENT_DATE);
		},
	},
	deletePath: {
		statement: 'DELETE /v1/customerEvent/{eventId} deletes an event.',
		decide: async (live) => (await events.deleteTestEvent(live)).succeeded && !(await events.findTestEvent(live)),
	},
	missingKey: askInvalidKey('Without a subscription key'),
	invalidKey: askInvalidKey('With an invalid subscription key', 'invalid'),
	invalidToken: {
		statement: 'With an invalid token, a request returns HTTP 401 and a body with statusCode 401.',
		async decide(live) {
			const { status, body } = await readEventTypesWith(live, 'invalid', getKey(live));
			return status === 401 && isObject(body) && body.statusCode === 401;
		},
	},
	tokenNeedsKey: {
		statement: 'A request for a token requires the subscription key.',
		decide: async (live) => !(await requestToken(live, '')),
	},
	olderTokenStaysValid: {
		statement: 'A new token does not invalidate an older one.',
		async decide(live) {
			const token = await requestToken(live);
			assertDecidable(token && (await requestToken(live)), 'GoFive returned no token.');
			const { succeeded, status } = await readEventTypesWith(live, token, getKey(live));
			assertDecidable(succeeded || status === 401, `HTTP ${status}.`);
			return succeeded;
		},
	},
	retryAfter: {
		statement: 'A response with HTTP 429 has the header Retry-After with seconds or a date.',
		async decide(live) {
			const [reply] = live.rateLimited;
			assertDecidable(reply, 'No response had HTTP 429.');
			live.lastReply = reply;
			return parseRetryAfterMs(reply.headers) !== undefined;
		},
	},
};
