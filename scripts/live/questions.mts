import { SIGN_IN_PATH } from '../../nodes/GoFive/api/request.ts';
import { findSubscriptionKeyError } from '../../nodes/GoFive/api/responseTexts.ts';
import { isObject, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { toText } from '../../nodes/GoFive/shared/text.ts';
import * as events from './customerEvents.mts';
import { assertAccepted, assertDecidable, isAccepted, NotDecidable } from './liveSession.mts';
import type { LiveSession, Reply } from './liveSession.mts';
import { findOperation } from '../supportModules.mts';
import { buildPageRequest, getPagedLists } from './readPaths.mts';
import { readUpdatedRecord, type UpdatedRecord } from './updates.mts';

/** Question about GoFive's API, as a statement that is true or false. */
export interface Question {
	statement: string;
	/**
	 * Decides whether the statement is true. The report shows the last response that it receives.
	 * @throws NotDecidable if a setting or data is missing, or if the responses decide nothing
	 */
	decide(live: LiveSession): Promise<boolean>;
}

/** Builds a question. */
const ask = (statement: string, decide: Question['decide']): Question => ({ statement, decide });

const { EVENT_TYPES_PATH, readEvents, readEventTypes } = events;

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';
/** HTTP statuses of a path that does not exist, or not with this method. */
const UNKNOWN_PATH_STATUSES = [404, 405];

/** Returns an object inside the body, or an empty one. */
const getPart = ({ body }: Reply, key: string): JsonObject => (isObject(body) && isObject(body[key]) ? body[key] : {});

/** Reads the events of an unknown customer code. The customer of the check shows that other codes are accepted. */
async function readUnknownCustomer(live: LiveSession): Promise<Reply> {
	assertAccepted(await readEvents(live));
	return await readEvents(live, { customerCode: 'n8n-live-check-unknown' });
}

/** Reads the event types with other values of the credential. Without a key, its header is not sent. */
const readEventTypesWith = (live: LiveSession, authorization: string, key?: string): Promise<Reply> => {
	const headers = { Authorization: authorization, ...(key && { [KEY_HEADER]: key }) };
	return live.sendUnsigned(headers, { method: 'GET', path: EVENT_TYPES_PATH });
};

const getKey = ({ options }: LiveSession): string => options.credential.subscriptionApiKey ?? '';

/** Asks how a request with a valid token and another subscription key is rejected. */
const askInvalidKey = (condition: string, key?: string): Question =>
	ask(`${condition}, a request returns HTTP 401 and the text of Azure API Management.`, async (live) => {
		const { authorization = '' } = await readEventTypes(live);
		const reply = await readEventTypesWith(live, authorization, key);
		if (isAccepted(reply, [401])) return false;
		if (findSubscriptionKeyError(reply.text)) return true;
		// The key shows that the token is still valid.
		assertAccepted(await readEventTypesWith(live, authorization, getKey(live)));
		live.lastReply = reply;
		return false;
	});

/**
 * Requests a token as the credential does, or without the subscription key. Returns an empty text after HTTP 401.
 * @throws NotDecidable if there is no token for another reason
 */
async function requestToken(live: LiveSession, key = getKey(live)): Promise<string> {
	const { clientId: client_id, clientSecret: client_secret } = live.options.credential;
	assertDecidable(client_id && client_secret, 'Set GOFIVE_CLIENT_ID and GOFIVE_CLIENT_SECRET.');
	const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...(key && { [KEY_HEADER]: key }) };
	const request = { method: 'POST', path: SIGN_IN_PATH, bodyText: form.toString() } as const;
	const { status, body } = await live.sendUnsigned(headers, request);
	const token = isObject(body) ? toText(body.access_token) : '';
	assertDecidable(token || status === 401, `A token request returned no token (HTTP ${status}).`);
	return token;
}

/** Requests a token that GoFive accepts. Returns its Authorization header. */
async function requestValidToken(live: LiveSession): Promise<string> {
	const authorization = `Bearer ${await requestToken(live)}`;
	assertAccepted(await readEventTypesWith(live, authorization, getKey(live)));
	return authorization;
}

/** Reads all events of the customer, of which at least two are needed. */
async function readAllEvents(live: LiveSession): Promise<Reply> {
	const reply = assertAccepted(await readEvents(live));
	assertDecidable(reply.records.length >= 2, 'The customer has fewer than two events.');
	return reply;
}

const getDates = ({ records }: Pick<Reply, 'records'>): string[] =>
	records.map(({ eventDate }) => {
		assertDecidable(typeof eventDate === 'string', 'An event has no eventDate.');
		return eventDate;
	});
const getTypes = ({ records }: Reply): number[] => [...new Set(records.map(({ eventType }) => Number(eventType)))];

/** Asks whether the dates of all events have a format. */
const askDateFormat = (statement: string, format: RegExp): Question =>
	ask(statement, async (live) => getDates(await readAllEvents(live)).every((date) => format.test(date)));

/** Asks whether a request for the day of one event omits the events of other days. */
const askDateRange = (place: 'body' | 'query', fromKey: string, toKey: string): Question =>
	ask(`${fromKey} and ${toKey} in the ${place} of a GET request select events.`, async (live) => {
		const allDates = getDates(await readAllEvents(live));
		const [day = '', time = ''] = allDates[0]?.split('T') ?? [];
		const isOnDay = (date: string): boolean => date.startsWith(day);
		assertDecidable(!allDates.every(isOnDay), 'All events of the customer are on one day.');
		assertDecidable(/^[\d:.]+(?:\+07:?00)?$/.test(time), 'The dates of events are not in Thai time.');
		const range = { [fromKey]: `${day}T00:00:00`, [toKey]: `${day}T23:59:59` };
		const reply = await readEvents(live, place === 'body' ? { body: range } : { query: Object.entries(range) });
		if (!isAccepted(reply)) return false;
		assertDecidable(reply.records.length > 0, 'No event was returned, although one is in the range.');
		return getDates(reply).every(isOnDay);
	});

/** Asks whether eventTypeIds, sent once per ID, selects exactly the events of the first types of the customer. */
const askEventTypes = (statement: string, count: number): Question =>
	ask(statement, async (live) => {
		const allTypes = getTypes(await readAllEvents(live));
		assertDecidable(allTypes.length > count, 'The events of the customer have too few types.');
		const requestedTypes = allTypes.slice(0, count);
		const reply = await readEvents(live, { query: requestedTypes.map((type) => ['eventTypeIds', type]) });
		const types = getTypes(reply);
		return isAccepted(reply) && types.length === count && requestedTypes.every((type) => types.includes(type));
	});

/** Returns the records of a page as texts, of which a minimum number is needed. */
function getRows(page: Reply, minCount = 0): string[] {
	const rows = assertAccepted(page).records.map((record) => JSON.stringify(record));
	assertDecidable(new Set(rows).size >= minCount, `The list has fewer records than ${minCount}.`);
	return rows;
}

/** Asks whether an update keeps the fields that the request omits. The report shows the names of the keys. */
const askUpdate = (thing: string, record: UpdatedRecord): Question =>
	ask(`An update of a ${thing} keeps the fields that the request omits.`, async (live) => {
		const { omittedKeys, keptKeys } = await readUpdatedRecord(live, record);
		live.observation = `Filled before: ${omittedKeys.join(', ')}. Filled after: ${keptKeys.join(', ') || 'none'}.`;
		return keptKeys.length === omittedKeys.length;
	});

type ReadPage = (take: number, skip: number) => Promise<Reply>;

/** Builds the questions about lists whose page size has the same key. Each list is tested until one decides. */
function askAboutPages(takeKey: string): Record<string, Question> {
	const askLists = (statement: string, decide: (readPage: ReadPage) => Promise<boolean>): Question =>
		ask(statement, async (live) => {
			const reasons: string[] = [];
			for (const entry of getPagedLists(takeKey)) {
				try {
					return await decide((take, skip) => live.send(buildPageRequest(entry.operation, take, skip)));
				} catch (error) {
					if (!(error instanceof NotDecidable)) throw error;
					reasons.push(`${entry.name}: ${error.message}`);
				}
			}
			throw new NotDecidable(reasons.join(' '));
		});
	return {
		[`${takeKey}Limits`]: askLists(`${takeKey} limits the number of records.`, async (readPage) => {
			getRows(await readPage(2, 0), 2);
			return getRows(await readPage(1, 0), 1).length === 1;
		}),
		[`${takeKey}1000`]: askLists(`With ${takeKey} 1000, a page can have more than 100 records.`, async (readPage) => {
			getRows(await readPage(2, 0), 1);
			const page = await readPage(1000, 0);
			if (!isAccepted(page) || page.records.length > 100) return page.succeeded;
			// A further record shows that GoFive limits the page.
			const rows = getRows(page, 1);
			const [furtherRow] = getRows(await readPage(1, rows.length));
			assertDecidable(furtherRow && !rows.includes(furtherRow), 'No further record was found after the first page.');
			return false;
		}),
		[`${takeKey}Skip`]: askLists(`With ${takeKey}, skip 1 begins with the second record.`, async (readPage) => {
			const [, secondRow] = getRows(await readPage(2, 0), 2);
			return getRows(await readPage(2, 1))[0] === secondRow;
		}),
		[`${takeKey}Pages`]: askLists(`Consecutive pages with ${takeKey} do not overlap.`, async (readPage) => {
			const firstPage = getRows(await readPage(2, 0), 1);
			const [row] = getRows(await readPage(2, 2));
			assertDecidable(row, 'The list has no second page.');
			return !firstPage.includes(row);
		}),
	};
}

/** Questions by ID, in the order in which they are asked. The last ones may invalidate the token. */
export const QUESTIONS: Record<string, Question> = {
	codeIsText: ask('status.code is text.', async (live) => {
		const { code } = getPart(await readEventTypes(live), 'status');
		assertDecidable(code !== undefined, 'The response has no status.code.');
		return typeof code === 'string';
	}),
	pathCase: ask('The letter case of a path does not matter.', async (live) => {
		await readEventTypes(live);
		const reply = await live.send({ method: 'GET', path: EVENT_TYPES_PATH.toUpperCase() });
		return isAccepted(reply, UNKNOWN_PATH_STATUSES);
	}),
	invalidRequest: ask('A request without a required parameter returns HTTP 400 with status.code.', async (live) => {
		const reply = await live.send({ method: 'GET', path: events.EVENTS_PATH });
		return !isAccepted(reply, [400, 422]) && reply.status === 400 && 'code' in getPart(reply, 'status');
	}),
	unknownCustomer: ask('An unknown customer code is an error, not an empty list.', async (live) => {
		const reply = await readUnknownCustomer(live);
		assertDecidable(reply.records.length === 0, 'The customer code was ignored.');
		return !isAccepted(reply);
	}),
	customerWithoutEvents: ask('For a customer without events, GoFive returns an empty list.', async (live) => {
		const isWithoutEvents = (reply: Reply): boolean => !isAccepted(reply) || reply.records.length === 0;
		return isAccepted(await events.readEventsOfListedCustomers(live, isWithoutEvents));
	}),
	businessErrorStatus: ask('A business error (unknown customer code) returns HTTP 200.', async (live) => {
		const reply = await readUnknownCustomer(live);
		assertDecidable(!isAccepted(reply), 'An unknown customer code is not an error.');
		return reply.status === 200;
	}),
	dateRangeInBody: askDateRange('body', 'DateFrom', 'DateTo'),
	dateRangeInCamelCase: askDateRange('body', 'dateFrom', 'dateTo'),
	dateRangeInQuery: askDateRange('query', 'DateFrom', 'DateTo'),
	dateRangeEnds: ask('A date range includes its first and its last second.', async (live) => {
		assertDecidable(await QUESTIONS.dateRangeInBody?.decide(live), 'The date range was not applied.');
		const [eventDate = ''] = getDates(await readAllEvents(live));
		const time = eventDate.slice(0, 19);
		const reply = assertAccepted(await readEvents(live, { body: { DateFrom: time, DateTo: time } }));
		return getDates(reply).includes(eventDate);
	}),
	eventTypeIds: askEventTypes('eventTypeIds selects the events of one type.', 1),
	eventTypeIdsRepeated: askEventTypes('A repeated eventTypeIds selects the events of several types.', 2),
	eventDateOffset: askDateFormat('Dates of events end with an offset without a colon.', /[+-]\d{4}$/),
	eventDateInThaiTime: askDateFormat('Dates of events have the offset of Thailand.', /\+07:?00$/),
	...askAboutPages('take'),
	...askAboutPages('pageLength'),
	customerListHasOwners: ask('The list of customers has the names of the owners (customerOwnersStr).', async (live) => {
		const { records } = assertAccepted(
			await live.send(buildPageRequest(findOperation('customer.getAll').operation, 2)),
		);
		assertDecidable(records.length > 0, 'The list has no customers.');
		return records.some((record) => 'customerOwnersStr' in record);
	}),
	createReturnsEvent: ask('The response to a created event contains its eventId.', async (live) => {
		const { records } = assertAccepted(await events.createTestEvent(live));
		return records[0]?.eventId !== undefined;
	}),
	updatePath: ask('PUT /v1/customerEvent/{eventId} updates an event.', async (live) => {
		return isAccepted(await events.updateTestEvent(live), UNKNOWN_PATH_STATUSES);
	}),
	updateKeepsFields: ask('An update of an event keeps the description that the request omits.', async (live) => {
		const { description } = await events.getTestEvent(live);
		assertDecidable(description, 'The test event has no description.');
		assertAccepted(await events.updateTestEvent(live, { description: undefined }));
		const updatedEvent = await events.findTestEvent(live);
		assertDecidable(updatedEvent, 'The test event was not found.');
		return updatedEvent.description === description;
	}),
	customerUpdateKeepsFields: askUpdate('customer', {
		readName: 'customer.get',
		writeName: 'customer.upsert',
		variable: 'GOFIVE_UPDATE_CUSTOMER_CODE',
	}),
	productUpdateKeepsFields: askUpdate('product', {
		readName: 'product.get',
		writeName: 'product.upsert',
		variable: 'GOFIVE_UPDATE_PRODUCT_CODE',
	}),
	writtenDateInThaiTime: ask('A date without an offset is stored as Thai time.', async (live) => {
		const [date = ''] = getDates({ records: [await events.getTestEvent(live)] });
		assertDecidable(/(?:Z|[+-]\d\d:?\d\d)$/.test(date), 'The date of the test event has no offset.');
		return Date.parse(date) === Date.parse(`${events.TEST_EVENT_DATE}+07:00`);
	}),
	deletePath: ask('DELETE /v1/customerEvent/{eventId} deletes an event.', async (live) => {
		const reply = await events.deleteTestEvent(live);
		return isAccepted(reply, UNKNOWN_PATH_STATUSES) && !(await events.findTestEvent(live));
	}),
	missingKey: askInvalidKey('Without a subscription key'),
	invalidKey: askInvalidKey('With an invalid subscription key', 'invalid'),
	invalidToken: ask('With an invalid token, a request returns HTTP 401 with statusCode 401.', async (live) => {
		await readEventTypes(live);
		const reply = await readEventTypesWith(live, 'Bearer invalid', getKey(live));
		return !isAccepted(reply, [401]) && isObject(reply.body) && reply.body.statusCode === 401;
	}),
	tokenNeedsKey: ask('A request for a token requires the subscription key.', async (live) => {
		await requestValidToken(live);
		return (await requestToken(live, '')) === '';
	}),
	olderTokenStaysValid: ask('A new token does not invalidate an older one.', async (live) => {
		const olderToken = await requestValidToken(live);
		await requestValidToken(live);
		return isAccepted(await readEventTypesWith(live, olderToken, getKey(live)), [401]);
	}),
	retryAfter: ask('A response with HTTP 429 has the header Retry-After in seconds or as a date.', async (live) => {
		const [rateLimit] = live.rateLimits;
		assertDecidable(rateLimit, 'No response had HTTP 429.');
		live.lastReply = rateLimit.reply;
		return rateLimit.afterMs !== undefined;
	}),
};
