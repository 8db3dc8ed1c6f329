import type { IDataObject } from 'n8n-workflow';
import type { QueryValue } from '../../nodes/GoFive/api/request/request.ts';
import type { JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { NotDecidable, type LiveSession, type Reply } from './liveSession.mts';

const EVENT_PATH = '/v1/customerEvent';
export const EVENT_TYPES_PATH = `${EVENT_PATH}/event-types`;
/** Wall time of the test event. */
export const TEST_EVENT_DATE = '2000-01-01T10:00:00';
const TEST_EVENT_NAME = 'n8n-nodes-gofive live check';

/** Sends the request for events of a customer. */
export const sendFilter = (
	live: LiveSession,
	query: ReadonlyArray<readonly [key: string, value: QueryValue]>,
	body?: IDataObject,
): Promise<Reply> => live.send({ method: 'GET', path: `${EVENT_PATH}/filter`, query, body });

/**
 * Reads events of the customer.
 * @throws NotDecidable if no customer was named
 */
export async function readEvents(live: LiveSession, query: Array<[string, QueryValue]> = [], body?: IDataObject) {
	const { customerCode } = live.options;
	if (!customerCode) throw new NotDecidable('Set GOFIVE_CUSTOMER_CODE.');
	return await sendFilter(live, [['customerCode', customerCode], ...query], body);
}

/** Finds the test event, also one that an earlier live check left behind. */
export const findTestEvent = async (live: LiveSession): Promise<JsonObject | undefined> =>
	(await readEvents(live)).records.find(({ eventName }) => eventName === TEST_EVENT_NAME);

/**
 * Creates or updates the test event.
 * @throws NotDecidable if writes are not allowed
 */
async function writeTestEvent(live: LiveSession, method: 'POST' | 'PUT', path: string): Promise<Reply> {
	const { allowsWrites, customerCode } = live.options;
	if (!allowsWrites) throw new NotDecidable('Add --allow-writes.');
	const { records } = await live.send({ method: 'GET', path: EVENT_TYPES_PATH });
	const event = { eventName: TEST_EVENT_NAME, eventDate: TEST_EVENT_DATE, customerCode, description: method };
	return await live.send({ method, path, body: { ...event, eventType: Number(records[0]?.eventTypeId) } });
}

/** Creates the test event. */
export const createTestEvent = (live: LiveSession): Promise<Reply> => writeTestEvent(live, 'POST', EVENT_PATH);

/** Returns the path of the test event, which is created if necessary. */
async function getTestEventPath(live: LiveSession): Promise<string> {
	if (!(await findTestEvent(live))) await createTestEvent(live);
	return `${EVENT_PATH}/${Number((await findTestEvent(live))?.eventId)}`;
}

/** Updates the test event. */
export const updateTestEvent = async (live: LiveSession): Promise<Reply> =>
	await writeTestEvent(live, 'PUT', await getTestEventPath(live));

/** Deletes the test event. */
export const deleteTestEvent = async (live: LiveSession): Promise<Reply> =>
	await live.send({ method: 'DELETE', path: await getTestEventPath(live) });
