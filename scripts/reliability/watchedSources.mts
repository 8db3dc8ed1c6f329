import { DateTime } from 'luxon';
import type { Fault, Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { SeededRandom } from './seededRandom.mts';

/** ID of a record: a number for events, a text for quotations. */
export type RecordId = number | string;

/** What the trigger watches in a run, and how the records change meanwhile. */
export interface WatchedSource {
	/** Name in the output, for example "events". */
	pluralName: string;
	/** Parameters of GoFive Trigger. */
	parameters: Record<string, unknown>;
	/** Key of the ID in an item of the trigger. */
	idKey: string;
	/** Converts an ID of the stored state. */
	parseId(storedId: string): RecordId;
	/** Operation that reads the records. */
	operationId: string;
	/** Properties that select the requests of one part. */
	parts: Array<NonNullable<Fault['match']>>;
	/** Number of requests for a part. The last page of a list is empty. */
	requestsPerPart: number;
	/** Operation that the trigger calls only if there are new records. */
	lookupOperationId?: string;
	/** Numbers of records to create and to change. Without them, the changes end with the run. */
	limits?: { created: number; changed: number };
	/** Probability that a change is not a new record. */
	changeProbability: number;
	/** Maximum time in ms between two changes. With the average of 2.5 s or 3 s, most polls return a record. */
	maxPauseMs: number;
	/** Default numbers of kills and of ordinary stops. */
	kills: number;
	stops: number;
	/**
	 * Creates a record.
	 * @returns its ID
	 */
	createRecord(sandbox: Sandbox, random: SeededRandom, recordNumber: number): RecordId;
	/**
	 * Changes a record.
	 * @returns its ID if the change must start the workflow
	 */
	changeRecord(sandbox: Sandbox, random: SeededRandom, expectedIds: RecordId[]): RecordId | undefined;
}

/** Codes of the sandbox's customers whose events start the workflow. */
const WATCHED_CUSTOMER_CODES = ['C000055', 'C000154', 'L000308', 'L000311'];

/** Picks a date in the past or in the future, inside the trigger's default window of 30 days back and 365 ahead. */
function pickEventDate(random: SeededRandom): string {
	const days = random.happens(0.5) ? random.integerBetween(-25, 0) : random.integerBetween(1, 300);
	return DateTime.utc().plus({ days }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}

/** New events of four customers. Changed events do not start the workflow. */
export const EVENT_SOURCE: WatchedSource = {
	pluralName: 'events',
	parameters: { customerCodes: WATCHED_CUSTOMER_CODES.join('\n') },
	idKey: 'eventId',
	parseId: Number,
	operationId: 'getCustomerEvents',
	parts: WATCHED_CUSTOMER_CODES.map((customerCode) => ({ customerCode })),
	requestsPerPart: 1,
	lookupOperationId: 'getCustomerEventTypes',
	changeProbability: 0.1,
	maxPauseMs: 5_000,
	kills: 20,
	stops: 0,
	createRecord: (sandbox, random, recordNumber) =>
		sandbox.store.createEvent({
			customerCode: random.pick(WATCHED_CUSTOMER_CODES),
			eventName: `Event ${recordNumber} / กิจกรรมที่ ${recordNumber}`,
			eventType: random.integerBetween(1, 6),
			eventDate: pickEventDate(random),
		}).eventId,
	changeRecord(sandbox, random, expectedIds) {
		const changes = { eventName: 'Changed', eventDate: pickEventDate(random) };
		sandbox.store.updateEvent(Number(random.pick(expectedIds)), changes);
		return undefined;
	},
};

/** New and changed quotations. A quotation that exists at publication is changed once at most. */
const QUOTATION_SOURCE: WatchedSource = {
	pluralName: 'quotations',
	parameters: { triggerOn: 'newOrChangedQuotation' },
	idKey: 'quotationNo',
	parseId: String,
	operationId: 'findQuotations',
	parts: [{}],
	requestsPerPart: 2,
	limits: { created: 200, changed: 100 },
	changeProbability: 1 / 3,
	maxPauseMs: 6_000,
	kills: 6,
	stops: 6,
	createRecord: ({ records }, _random, recordNumber) => {
		const quotationNo = `ใบเสนอราคา-${recordNumber}`;
		records.quotations.create({ quotationNo, quotationStatus: 1 });
		return quotationNo;
	},
	changeRecord({ records: { quotations } }, random, expectedIds) {
		const quotationNos = quotations.records.map(({ quotationNo }) => String(quotationNo));
		const quotationNo = random.pick(quotationNos.filter((candidate) => !expectedIds.includes(candidate)));
		quotations.update(quotationNo, { quotationStatus: 5, quotationSubject: 'Completed' });
		return quotationNo;
	},
};

/** Sources by the name that `--source` takes. */
export const WATCHED_SOURCES = { event: EVENT_SOURCE, quotation: QUOTATION_SOURCE };
