import type { ApiRequest } from '../../nodes/GoFive/api/request.ts';
import type { JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { toText } from '../../nodes/GoFive/shared/text.ts';
import { assertAccepted, assertDecidable, NotDecidable, type LiveSession, type Reply } from './liveSession.mts';

const EVENT_PATH = '/v1/customerEvent';
export const EVENT_TYPES_PATH = `${EVENT_PATH}/event-types`;
export const EVENTS_PATH = `${EVENT_PATH}/filter`;
const CUSTOMERS_PATH = '/v1/Customers/Enquiry';
/** States of customers. Leads have the fewest events. */
const LEAD = 11100;
const CUSTOMER = 11300;
const MAX_CUSTOMERS_PER_STATE = 5;
/** Wall time of the test event. */
export const TEST_EVENT_DATE = '2000-01-01T10:00:00';
const TEST_EVENT_NAME = 'n8n-nodes-gofive live check';

/** Reads the event types. Every account with a valid credential is expected to have access to them. */
export const readEventTypes = async (live: LiveSession): Promise<Reply> =>
	assertAccepted(await live.send({ method: 'GET', path: EVENT_TYPES_PATH }));

/** Parts of a request for events. The customer code defaults to that of the customer of the check. */
type EventFilter = Pick<ApiRequest, 'query' | 'body'> & { customerCode?: string };

/**
 * Reads events of a customer.
 * @throws NotDecidable if no customer was named
 */
export async function readEvents(live: LiveSession, { query = [], body, ...filter }: EventFilter = {}): Promise<Reply> {
	const { customerCode = live.options.variables.GOFIVE_CUSTOMER_CODE } = filter;
	assertDecidable(customerCode, 'Set GOFIVE_CUSTOMER_CODE.');
	return await live.send({ method: 'GET', path: EVENTS_PATH, query: [['customerCode', customerCode], ...query], body });
}

/**
 * Reads the events of customers in the list, leads first, until `isEnough` says so.
 * @throws NotDecidable if it never does
 */
export async function readEventsOfListedCustomers(
	live: LiveSession,
	isEnough: (reply: Reply) => boolean,
): Promise<Reply> {
	for (const customerType of [LEAD, CUSTOMER]) {
		const body = { customerType, pageLength: MAX_CUSTOMERS_PER_STATE, skip: 0 };
		const { records } = assertAccepted(await live.send({ method: 'POST', path: CUSTOMERS_PATH, effect: 'read', body }));
		for (const { customerCode } of records.slice(0, MAX_CUSTOMERS_PER_STATE)) {
			const reply = await readEvents(live, { customerCode: toText(customerCode) });
			if (isEnough(reply)) return reply;
		}
	}
	throw new NotDecidable('All customers that were read have events.');
}

/** Finds the test event, also one that an earlier live check left behind. */
export const findTestEvent = async (live: LiveSession): Promise<JsonObject | undefined> =>
	assertAccepted(await readEvents(live)).records.find(({ eventName }) => eventName === TEST_EVENT_NAME);

/**
 * Creates or updates the test event.
 * @param changes - Other values of the event. An undefined value is omitted
 */
async function writeTestEvent(
	live: LiveSession,
	method: 'POST' | 'PUT',
	path: string,
	changes: JsonObject = {},
): Promise<Reply> {
	const { GOFIVE_CUSTOMER_CODE: customerCode } = live.options.variables;
	const { records } = await readEventTypes(live);
	const event = { eventName: TEST_EVENT_NAME, eventDate: TEST_EVENT_DATE, customerCode, description: method };
	return await live.send({ method, path, body: { ...event, eventType: Number(records[0]?.eventTypeId), ...changes } });
}

/** Creates the test event. */
export const createTestEvent = async (live: LiveSession): Promise<Reply> =>
	await writeTestEvent(live, 'POST', EVENT_PATH);

/**
 * Returns the test event, which is created if necessary.
 * @throws NotDecidable if it was not created
 */
export async function getTestEvent(live: LiveSession): Promise<JsonObject> {
	if (!(await findTestEvent(live))) await createTestEvent(live);
	const event = await findTestEvent(live);
	assertDecidable(event, 'The test event was not found.');
	return event;
}

/** Returns the path of the test event, which is created if necessary. */
const getTestEventPath = async (live: LiveSession): Promise<string> =>
	`${EVENT_PATH}/${Number((await getTestEvent(live)).eventId)}`;

/**
 * Updates the test event.
 * @param changes - Other values of the event. An undefined value is omitted
 */
export const updateTestEvent = async (live: LiveSession, changes?: JsonObject): Promise<Reply> =>
	await writeTestEvent(live, 'PUT', await getTestEventPath(live), changes);

/** Deletes the test event. */
export const deleteTestEvent = async (live: LiveSession): Promise<Reply> =>
	await live.send({ method: 'DELETE', path: await getTestEventPath(live) });
