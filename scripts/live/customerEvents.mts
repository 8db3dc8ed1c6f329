import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { NotDecidable, type LiveSession, type Reply } from './liveSession.mts';

const EVENT_PATH = '/v1/customerEvent';
export const EVENT_TYPES_PATH = `${EVENT_PATH}/event-types`;
export const EVENTS_PATH = `${EVENT_PATH}/filter`;
/** Wall time of the test event. */
export const TEST_EVENT_DATE = '2000-01-01T10:00:00';
const TEST_EVENT_NAME = 'n8n-nodes-gofive live check';

type QueryParameter = [key: string, value: string | number];

/**
 * Reads events of the customer.
 * @throws NotDecidable if no customer was named
 */
export async function readEvents(live: LiveSession, query: QueryParameter[] = [], body?: IDataObject): Promise<Reply> {
	const { GOFIVE_CUSTOMER_CODE: customerCode } = live.options.variables;
	if (!customerCode) throw new NotDecidable('Set GOFIVE_CUSTOMER_CODE.');
	return await live.send({ method: 'GET', path: EVENTS_PATH, query: [['customerCode', customerCode], ...query], body });
}

/** Finds the test event, also one that an earlier live check left behind. */
export const findTestEvent = async (live: LiveSession): Promise<JsonObject | undefined> =>
	(await readEvents(live)).records.find(({ eventName }) => eventName === TEST_EVENT_NAME);

/** Creates or updates the test event. */
export async function writeTestEvent(live: LiveSession, method: 'POST' | 'PUT', path = EVENT_PATH): Promise<Reply> {
	const { GOFIVE_CUSTOMER_CODE: customerCode } = live.options.variables;
	const { records } = await live.send({ method: 'GET', path: EVENT_TYPES_PATH });
	const event = { eventName: TEST_EVENT_NAME, eventDate: TEST_EVENT_DATE, customerCode, description: method };
	return await live.send({ method, path, body: { ...event, eventType: Number(records[0]?.eventTypeId) } });
}

/**
 * Returns the path of the test event, which is created if necessary.
 * @throws NotDecidable if it was not created
 */
export async function getTestEventPath(live: LiveSession): Promise<string> {
	if (!(await findTestEvent(live))) await writeTestEvent(live, 'POST');
	const event = await findTestEvent(live);
	if (!event) throw new NotDecidable('The test event was not found.');
	return `${EVENT_PATH}/${Number(event.eventId)}`;
}

/** Deletes the test event. */
export const deleteTestEvent = async (live: LiveSession): Promise<Reply> =>
	await live.send({ method: 'DELETE', path: await getTestEventPath(live) });
