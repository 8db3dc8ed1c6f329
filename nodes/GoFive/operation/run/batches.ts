import type { IDataObject } from 'n8n-workflow';
import { explainRow } from '../../api/answer/rows';
import { isObject, plain } from '../../api/answer/envelope';
import type { ApiRequest } from '../../api/request/request';
import { Failure, failureOf } from '../../api/words/failure';
import { messages } from '../../api/words/messages';
import type { Batch } from '../types';
import { listed } from './items';
import { isAboutRecord, withSubject, type Subject } from './subject';

/** One input item of a call: its number, the record that it is about, and its own request, whose body is a list of one row. */
export interface Row {
	item: number;
	subject: Subject | undefined;
	request: ApiRequest;
}

/** Items that go in one call, and the request for all of them. */
export interface Call {
	rows: Row[];
	request: ApiRequest;
}

const codeOf = ({ subject }: Row): string => String(subject?.value);

/** GoFive may know a code in other letters than the user. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Puts rows together in their order, so that no code stands twice in one call: GoFive does not say which of both it would take. */
export function callsOf(rows: Row[], { size }: Batch): Call[] {
	const calls: Row[][] = [];
	for (const row of rows) {
		const last = calls.at(-1);
		const fits = last && last.length < size && !last.some((other) => isSame(codeOf(other), codeOf(row)));
		if (fits) last.push(row);
		else calls.push([row]);
	}
	return calls.map((together) => {
		const body = together.flatMap(({ request }) => request.body as unknown[]);
		return { rows: together, request: { ...(together[0] as Row).request, body } };
	});
}

const UNKNOWN = new Failure(
	{
		message: "GoFive's answer does not say whether it carried out this item",
		description: messages.mayBeDone,
	},
	{ httpCode: '200', doubtful: true },
);

/** What GoFive answered for each row of a call, by its code and never by its place. @returns by item its record, or why there is none */
function rowsAnswered({ rows, request }: Call, data: unknown, { by }: Batch): Map<number, IDataObject | Failure> {
	// GoFive has carried the call out, or part of it, also where its answer cannot be read.
	const answered = [data].flat().filter(isObject) as IDataObject[];
	return new Map(
		rows.map((row) => {
			const record = answered.find((each) => isSame(plain(each[by]), codeOf(row)));
			const failure = record ? explainRow(record, request.labels) : UNKNOWN;
			return [row.item, failure ? withSubject(failure, row.subject) : (record as IDataObject)];
		}),
	);
}

/** The failure of a whole call, in the words of each of its items: no row alone is to blame. */
function ofCall(failure: Failure, { rows }: Call, { plural }: Batch): Failure {
	const [only, ...others] = rows;
	if (others.length === 0) return withSubject(failure, only?.subject);
	if (!isAboutRecord(failure)) return failure;
	const call = `This is about one call with ${rows.length} ${plural}: ${listed(rows.map(codeOf))}.`;
	return failure.reworded({ description: `${failure.description} ${call}` });
}

/** Sends one call. @returns by item its record, or why there is none; a call that is refused as a whole fails all of its items */
export async function sendCall(
	call: Call,
	batch: Batch,
	send: (request: ApiRequest) => Promise<unknown>,
): Promise<Map<number, IDataObject | Failure>> {
	let data: unknown;
	try {
		data = await send(call.request);
	} catch (thrown) {
		const failure = ofCall(failureOf(thrown), call, batch);
		return new Map(call.rows.map(({ item }) => [item, failure]));
	}
	return rowsAnswered(call, data, batch);
}
