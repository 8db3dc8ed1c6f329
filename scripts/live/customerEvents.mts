import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/GoFive/api/request.ts';
import { getByCustomerCode } from '../../nodes/GoFive/resources/customerEvent/getByCustomerCode.ts';
import { getTypes } from '../../nodes/GoFive/resources/customerEvent/getTypes.ts';
import { assertDecidable, type LiveClient } from './liveClient.mts';

const EVENT_PATH = '/v1/customerEvent';
/** Request for the event types, to which every valid credential is expected to have access. */
export const EVENT_TYPES_REQUEST: ApiRequest = { method: 'GET', path: `${EVENT_PATH}/event-types` };
const TEST_EVENT_NAME = 'n8n-nodes-gofive live check';
/** Date of the test event, without an offset. */
export const TEST_EVENT_DATE = '2000-01-01T10:00:00';

/** Builds the request for the events of the customer of the check, with other parts of its query, and its body. */
export function buildFilterRequest(
	{ options }: LiveClient,
	{ query = [], body }: Pick<ApiRequest, 'query' | 'body'> = {},
): ApiRequest {
	const customerCode = options.variables.GOFIVE_CUSTOMER_CODE;
	assertDecidable(customerCode, 'Set GOFIVE_CUSTOMER_CODE.');
	return { method: 'GET', path: `${EVENT_PATH}/filter`, query: [['customerCode', customerCode], ...query], body };
}

/** Reads all events of the customer of the check. */
export const readEvents = async (live: LiveClient): Promise<IDataObject[]> =>
	await live.read(getByCustomerCode, buildFilterRequest(live));

/** Finds the test event, also one that an earlier live check left behind. */
export const findTestEvent = async (live: LiveClient): Promise<IDataObject | undefined> =>
	(await readEvents(live)).find(({ eventName }) => eventName === TEST_EVENT_NAME);

/** Builds the body of the test event. A description that is undefined is omitted. */
async function buildTestEvent(live: LiveClient, description?: string): Promise<IDataObject> {
	const [type] = await live.read(getTypes, EVENT_TYPES_REQUEST);
	const customerCode = live.options.variables.GOFIVE_CUSTOMER_CODE;
	const eventType = Number(type?.eventTypeId);
	return { eventName: TEST_EVENT_NAME, eventDate: TEST_EVENT_DATE, customerCode, eventType, description };
}

const getEventPath = ({ eventId }: IDataObject): string => `${EVENT_PATH}/${Number(eventId)}`;

/**
 * Returns the test event, which is created if necessary.
 * @throws NotDecidable if it was not created
 */
export async function getTestEvent(live: LiveClient): Promise<IDataObject> {
	const existingEvent = await findTestEvent(live);
	if (existingEvent) return existingEvent;
	await live.tryWrite({ method: 'POST', path: EVENT_PATH, body: await buildTestEvent(live, 'Created') });
	const event = await findTestEvent(live);
	assertDecidable(event, 'The test event was not found.');
	return event;
}

/**
 * Updates the test event without its description.
 * @returns whether GoFive accepted the update
 */
export const tryUpdateTestEvent = async (live: LiveClient, event: IDataObject): Promise<boolean> =>
	await live.tryWrite({ method: 'PUT', path: getEventPath(event), body: await buildTestEvent(live) });

/**
 * Deletes the test event, if there is one.
 * @returns whether none is left
 */
export async function deleteTestEvent(live: LiveClient): Promise<boolean> {
	const { allowsWrites, variables } = live.options;
	if (!allowsWrites || variables.GOFIVE_CUSTOMER_CODE === undefined) return true;
	try {
		const event = await findTestEvent(live);
		if (event) await live.tryWrite({ method: 'DELETE', path: getEventPath(event) });
		return (await findTestEvent(live)) === undefined;
	} catch {
		return false;
	}
}
