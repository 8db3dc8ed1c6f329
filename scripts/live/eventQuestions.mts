import type { IDataObject } from 'n8n-workflow';
import { getByCustomerCode } from '../../nodes/GoFive/resources/customerEvent/getByCustomerCode.ts';
import {
	buildFilterRequest,
	findTestEvent,
	getTestEvent,
	readEvents,
	TEST_EVENT_DATE,
	tryUpdateTestEvent,
} from './customerEvents.mts';
import { assertDecidable, type LiveClient } from './liveClient.mts';
import type { Question } from './questions.mts';

/** Reads all events of the customer, of which at least two are needed. */
async function readComparedEvents(live: LiveClient): Promise<IDataObject[]> {
	const events = await readEvents(live);
	assertDecidable(events.length >= 2, 'The customer has fewer than two events.');
	return events;
}

const getDates = (events: IDataObject[]): string[] =>
	events.map(({ eventDate }) => {
		assertDecidable(typeof eventDate === 'string', 'An event has no eventDate.');
		return eventDate;
	});

const getTypeIds = (events: IDataObject[]): number[] => [...new Set(events.map(({ eventType }) => Number(eventType)))];

/** Asks whether a request for the day of one event omits the events of other days. */
const askDateRange = (place: 'body' | 'query', fromKey: string, toKey: string): Question => ({
	statement: `${fromKey} and ${toKey} in the ${place} of a GET request select events.`,
	async decide(live) {
		const allDates = getDates(await readComparedEvents(live));
		const [day = '', time = ''] = allDates[0]?.split('T') ?? [];
		const isOnDay = (date: string): boolean => date.startsWith(day);
		assertDecidable(!allDates.every(isOnDay), 'All events of the customer are on one day.');
		assertDecidable(/^[\d:.]+(?:\+07:?00)?$/.test(time), 'The dates of events are not in Thai time.');
		const range = { [fromKey]: `${day}T00:00:00`, [toKey]: `${day}T23:59:59` };
		const request = buildFilterRequest(live, place === 'body' ? { body: range } : { query: Object.entries(range) });
		const events = await live.tryRead(getByCustomerCode, request);
		if (!events) return false;
		assertDecidable(events.length > 0, 'No event was returned, although one is in the range.');
		return getDates(events).every(isOnDay);
	},
});

const dateRangeInBody = askDateRange('body', 'DateFrom', 'DateTo');

/** Asks whether eventTypeIds, sent once per ID, selects exactly the events of the first types of the customer. */
const askEventTypes = (statement: string, count: number): Question => ({
	statement,
	async decide(live) {
		const allTypes = getTypeIds(await readComparedEvents(live));
		assertDecidable(allTypes.length > count, 'The events of the customer have too few types.');
		const types = allTypes.slice(0, count);
		const request = buildFilterRequest(live, { query: types.map((type) => ['eventTypeIds', type]) });
		const selectedTypes = getTypeIds((await live.tryRead(getByCustomerCode, request)) ?? []);
		return selectedTypes.length === count && types.every((type) => selectedTypes.includes(type));
	},
});

/** Questions about customer events. */
export const EVENT_QUESTIONS: Record<string, Question> = {
	dateRangeInBody,
	dateRangeInCamelCase: askDateRange('body', 'dateFrom', 'dateTo'),
	dateRangeInQuery: askDateRange('query', 'DateFrom', 'DateTo'),
	dateRangeEnds: {
		statement: 'A date range includes its first and its last second.',
		async decide(live) {
			assertDecidable(await dateRangeInBody.decide(live), 'The date range was not applied.');
			const [eventDate = ''] = getDates(await readComparedEvents(live));
			const time = eventDate.slice(0, 19);
			const request = buildFilterRequest(live, { body: { DateFrom: time, DateTo: time } });
			return getDates(await live.read(getByCustomerCode, request)).includes(eventDate);
		},
	},
	eventTypeIds: askEventTypes('eventTypeIds selects the events of one type.', 1),
	eventTypeIdsRepeated: askEventTypes('A repeated eventTypeIds selects the events of several types.', 2),
	writtenDateInThaiTime: {
		statement: 'A date without an offset is stored as Thai time.',
		async decide(live) {
			const [date = ''] = getDates([await getTestEvent(live)]);
			assertDecidable(/(?:Z|[+-]\d\d:?\d\d)$/.test(date), 'The date of the test event has no offset.');
			return Date.parse(date) === Date.parse(`${TEST_EVENT_DATE}+07:00`);
		},
	},
	eventUpdateKeepsFields: {
		statement: 'An update of an event keeps the description that the request omits.',
		async decide(live) {
			const event = await getTestEvent(live);
			assertDecidable(event.description, 'The test event has no description.');
			assertDecidable(await tryUpdateTestEvent(live, event), `GoFive rejected the update (${live.observed}).`);
			const updatedEvent = await findTestEvent(live);
			assertDecidable(updatedEvent, 'The test event was not found after the update.');
			return updatedEvent.description === event.description;
		},
	},
};
