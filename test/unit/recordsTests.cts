import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import { evaluate } from '../../nodes/GoFive/api/evaluate';
import { messages } from '../../nodes/GoFive/api/messages';
import { responseToOutcome } from '../../nodes/GoFive/api/outcome';
import { readOperationValues } from '../../nodes/GoFive/operation/fields/nodeOptions';
import {
	describeUnknownRecord,
	readRecords,
	toRecordList,
	toSingleRecord,
} from '../../nodes/GoFive/operation/records/records';
import type { Entity } from '../../nodes/GoFive/operation/entity';
import {
	contractOperations,
	findOperation,
	getExampleParameters,
	STUB_READ_CONTEXT,
	type OperationEntry,
} from '../support/operationParameters.cts';
import { findExampleData } from '../support/operationRequest.cts';
import {
	EMPTY_LISTS,
	LIST_BODIES,
	RECORD_BODIES,
	responseOf,
	success,
	toFullResponse,
	UNREADABLE_LISTS,
	type HttpResponse,
} from '../support/responses.cts';

// The contract shows one form of each response. GoFive may use another one, so every operation reads all of them.

const CONTEXT = { timeoutSeconds: 60, redact: (text: string) => text };
const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns the records of a response to an operation.
 * @throws GoFiveError if the response is not a success or has no records that can be recognized
 */
function readResponse({ operation }: OperationEntry, response: HttpResponse): IDataObject[] {
	const { effect, entity, fields, receive } = operation;
	const result = evaluate(responseToOutcome(toFullResponse(response)), { method: 'POST', path: '/', effect }, CONTEXT);
	if ('error' in result) throw result.error;
	const parameters: Record<string, unknown> = { ...getExampleParameters(operation), dateRange: 'allDates' };
	const values = readOperationValues(fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT);
	return receive || effect === 'read'
		? readRecords(operation, result.data, values)
		: toSingleRecord(result.data, entity);
}

/** Returns the error of a response without records that can be recognized. */
function readUnknownResponse(entry: OperationEntry, response: HttpResponse): GoFiveError {
	try {
		return new GoFiveError({ message: JSON.stringify(readResponse(entry, response)), description: '' });
	} catch (error) {
		return error as GoFiveError;
	}
}

const isListRead = ({ operation: { effect, fields, idField } }: OperationEntry) =>
	effect === 'read' && (fields.limit !== undefined || idField === undefined);
const listOperations = contractOperations.filter(isListRead);
const listOperationsWithColumns = listOperations.filter(({ operation }) => operation.entity);
// A batch reads a list of rows, see engine/operation/batchesTests.cts.
const singleOperations = contractOperations.filter(
	(entry) => entry.operation.fields.output && !entry.operation.batchSize && !isListRead(entry),
);

test('the operations that read a list are known by their names', () => {
	const listNames = listOperations.map(({ name }) => name);
	const getNames = contractOperations.map(({ name }) => name).filter((name) => /\.get(?:[A-Z]|$)/.test(name));
	expect(listNames).toEqual(getNames.filter((name) => !name.endsWith('.get')));
	expect(singleOperations.length).toBeGreaterThan(15);
});

describe.each(listOperations)('$name', (entry) => {
	const findRows = async () => {
		const rows = [await findExampleData(entry)].flat().filter(isRecord);
		expect(rows.length).toBeGreaterThan(0);
		return rows;
	};

	test.each(Object.entries(LIST_BODIES))('reads %s', async (_, toBody) => {
		const rows = await findRows();
		expect(readResponse(entry, responseOf(toBody(rows)))).toEqual(rows);
	});

	test.each(EMPTY_LISTS)('%j is an empty list', (data) => {
		expect(readResponse(entry, success(data))).toEqual([]);
	});

	test('one record as an object stays one record', async () => {
		const [row] = await findRows();
		// Without known columns, a key next to value may belong to the record.
		const extraKeys = entry.operation.entity ? { isMore: false } : {};
		const rowWithValue = { ...row, value: 500 };
		for (const [data, record] of [
			[row, row],
			[rowWithValue, rowWithValue],
			[{ value: row }, row],
			[{ value: row, total: 1, ...extraKeys }, row],
		])
			expect(readResponse(entry, success(data))).toEqual([record]);
	});
});

describe.each(listOperationsWithColumns)('$name', (entry) => {
	test('the example of the contract has known columns', async () => {
		const { entity } = entry.operation;
		const rows = [await findExampleData(entry)].flat().filter(isRecord);
		expect(entity && describeUnknownRecord(rows, entity)).toBeUndefined();
	});

	test.each(Object.entries(UNREADABLE_LISTS))('%s: a message says what to do', (_, { data, keys }) => {
		const { message, description } = readUnknownResponse(entry, success(data));
		expect(message).toBe(messages.unexpectedFormat.message);
		expect(description).toContain(keys ? `Fields in the response: ${keys}.` : "was not found. Check 'Base URL'");
		expect(description).toContain("Any Endpoint with 'Records Path'");
	});
});

test('the message about an unknown list names at most ten keys and 300 characters of them', () => {
	const readKeys = (keys: string[]) => {
		const data = Object.fromEntries(keys.map((key) => [key, 1]));
		return readUnknownResponse(findOperation('deal.getAll'), success(data)).description;
	};
	expect(readKeys(Array.from({ length: 400 }, (_, index) => `key${index}`))).toContain('key9 and 390 more');
	const description = readKeys(['k'.repeat(5000), ...[...'abcdefgh'].map((key) => key.repeat(90))]);
	const [, listedKeys] = /Fields in the response: (.*)\. Check 'Base URL'/.exec(description) ?? [];
	expect(listedKeys?.length).toBe(301);
});

describe.each(singleOperations)('$name', (entry) => {
	const findRecord = async () => {
		const [firstColumn = ''] = Object.keys(entry.operation.entity?.columns ?? {});
		const [record = { [firstColumn]: 'A1' }] = [await findExampleData(entry)].flat().filter(isRecord);
		return record;
	};

	test.each(Object.entries(RECORD_BODIES))('reads %s', async (_, toBody) => {
		const record = await findRecord();
		expect(readResponse(entry, responseOf(toBody(record)))).toEqual([record]);
	});

	test('the example of the contract has known columns', async () => {
		const { entity } = entry.operation;
		expect(entity && describeUnknownRecord([await findRecord()], entity)).toBeUndefined();
	});
});

describe('keys and nulls only', () => {
	const getEvents = findOperation('customerEvent.getByCustomerCode');
	const getEmployee = findOperation('employee.get');
	const NULLS = { eventId: null, eventType: null, eventName: null, eventDate: null, customerId: null };

	test.each([success([NULLS]), responseOf({ status: null, data: { value: [NULLS] } })])(
		'known keys with nulls are a record: %j',
		(response) => {
			expect(readResponse(getEvents, response)).toEqual([expect.objectContaining(NULLS)]);
		},
	);

	test.each([{}, null, { value: null }])('%j in place of a record is no record', (data) => {
		expect(readResponse(getEmployee, success(data))).toEqual([]);
	});

	test.each<unknown>(['Customer not found', false, 0, [null, null], { value: { isSuccess: false, message: 'No' } }])(
		'%j in place of a list has an unknown format',
		(data) => {
			const { message } = readUnknownResponse(getEvents, success(data));
			expect(message).toBe(messages.unexpectedFormat.message);
		},
	);

	test.each<[string, HttpResponse, number]>([
		['data', success([NULLS], 'Internal error'), 1],
		['no data', success(null, 'Customer not found'), 0],
		['errors', responseOf({ status: { code: '1000' }, data: null, errors: ['Customer not found'] }), 0],
	])('documented limit: the code of success counts, whatever the text next to it says: %s', (_, response, count) => {
		expect(readResponse(getEvents, response)).toHaveLength(count);
	});

	test('a record without known columns is described by its keys, and an empty one is not', () => {
		const entity = { pluralName: 'employees', columns: { staffCode: { displayName: 'Staff Code' } } };
		const keys = Array.from({ length: 12 }, (_, index) => `unknown${index}`);
		const unknownRecord = Object.fromEntries(keys.map((key) => [key, 'ก']));
		const text = `The record contains the fields ${keys.slice(0, 10).join(', ')} and 2 more.`;
		expect(describeUnknownRecord([{ staffCode: null }, unknownRecord], entity)).toContain(text);
		expect(describeUnknownRecord([{ staffCode: null }, {}], entity)).toBeUndefined();
	});
});

describe('an object', () => {
	const column = (displayName: string) => ({ displayName });
	const entity: Entity = {
		pluralName: 'notes',
		columns: { noteNo: column('Note No'), text: column('Text'), total: column('Total') },
		keyColumns: ['noteNo'],
	};
	const RECORDS: IDataObject[] = [
		{ noteNo: 'N1', rows: [{ a: 1 }] },
		{ text: 'x', total: 1, rows: [{ a: 1 }] },
		{ text: 'x', total: 1, value: { a: 1 } },
		{ noteNo: 'N1', value: { noteNo: 'N2' } },
	];
	test.each(RECORDS)('with the key or two known columns is a record: %j', (data) => {
		expect(toRecordList(data, entity)).toEqual([data]);
	});

	const row = { noteNo: 'N1' };
	test.each<IDataObject>([
		{ text: 'x', total: 1, rows: [row] },
		{ text: 'x', rows: [row] },
		{ total: 1, value: row, isMore: true },
		{ value: [row, {}], isMore: true },
	])('with one list of records, or a value, wraps it: %j', (data) => {
		expect(toRecordList(data, entity)).toEqual([row]);
	});

	test.each<[IDataObject, IDataObject[]]>([
		[{ text: 'x', total: 1, rows: [] }, []],
		[{ noteNo: null, text: 'x', rows: [] }, [{ noteNo: null, text: 'x', rows: [] }]],
		[{ text: [], total: 1 }, [{ text: [], total: 1 }]],
		[{ text: 'x', total: 1, rows: [], others: [] }, [{ text: 'x', total: 1, rows: [], others: [] }]],
	])('wraps an empty list only if it has no key, and no other list: %j', (data, records) => {
		expect(toRecordList(data, entity)).toEqual(records);
	});

	test('without known columns is a record, and a list may contain any values', () => {
		expect(toRecordList({ rows: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }]);
		expect(toRecordList({ rows: ['a'] })).toEqual([{ rows: ['a'] }]);
		expect(toRecordList(['a', 1, null])).toEqual([{ value: 'a' }, { value: 1 }, { value: null }]);
	});
});
