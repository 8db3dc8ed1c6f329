import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const runCaseOperation = async (operation: string, parameters: IDataObject, items: IDataObject[] = [{}]) =>
	await fixture.runOperation(operation, { resource: 'case', ...parameters }, { items });

const REQUIRED_FIELDS = {
	subject: 'Create new case',
	categoryId: 2140016585,
	assignedToUserId: '00000000-0000-0000-0000-000000000000',
};
const DATE_FIELDS = { dateCase: '2025-02-05T17:35:53.693+0700', dateDue: '2025-02-05T17:35:53.693+0700' };
const CASE_FIELDS = { ...REQUIRED_FIELDS, ...DATE_FIELDS };
const OPTIONAL_FIELDS = {
	customerCode: 'C000154',
	activityNos: 'A20250200028',
	dealNos: 'D241200044',
	note: 'description',
};
const SENT_OPTIONAL_FIELDS = { ...OPTIONAL_FIELDS, activityNos: ['A20250200028'], dealNos: ['D241200044'] };

test('update sends the customer under both names of the page, and cleared fields as null', async () => {
	await runCaseOperation('update', {
		...CASE_FIELDS,
		dateDue: '2025-02-07',
		caseNo: 'T250200010',
		updateFields: OPTIONAL_FIELDS,
	});
	await runCaseOperation('update', {
		...CASE_FIELDS,
		caseNo: 'T250200010',
		updateFields: { customerCode: '', note: ' ' },
	});
	await runCaseOperation('update', { ...CASE_FIELDS, caseNo: 'T250200010' });
	expect(fixture.getSentBodies('updateCase')).toEqual([
		{ ...CASE_FIELDS, ...SENT_OPTIONAL_FIELDS, customerNo: 'C000154', dateDue: '2025-02-07T23:59:59.000+0700' },
		{ ...CASE_FIELDS, customerCode: null, customerNo: null, note: null },
		CASE_FIELDS,
	]);
	expect(fixture.sandbox.requestLog.at(-1)).toMatchObject({ method: 'PUT', path: '/v1/case/T250200010' });
});

test.each([
	['2025-02-07', 'Asia/Bangkok', '2025-02-07T23:59:59.000+0700'],
	['2025-02-07T00:00:00', 'America/New_York', '2025-02-07T23:59:59.000-0500'],
	['2025-02-07T09:30:00', 'Asia/Bangkok', '2025-02-07T09:30:00.000+0700'],
])('a due date %s in %s is due at %s', async (dateDue, timeZone, expected) => {
	await runCaseOperation('create', { ...CASE_FIELDS, caseType: 1, dateDue, options: { timeZone } });
	expect(fixture.getSentBodies('createCase')).toMatchObject([{ dateDue: expected }]);
});

test.each<[unknown, string | null]>([
	['T250200011', 'T250200011'],
	['Success', null],
	[true, null],
	[null, null],
	[77, null],
	[{ caseNo: 'T250200012' }, 'T250200012'],
])('completes a response to create of only %j with the sent values', async (data, caseNo) => {
	fixture.respondWithData('createCase', data);
	const { items, error } = await runCaseOperation('create', {
		...CASE_FIELDS,
		caseType: 'Request for Action',
		additionalFields: OPTIONAL_FIELDS,
	});
	expect(error).toBeUndefined();
	expect(items).toEqual([
		{
			caseNo,
			...REQUIRED_FIELDS,
			dateCase: '2025-02-05T17:35:53.693+07:00',
			dateDue: '2025-02-05T17:35:53.693+07:00',
			caseTypeName: 'Request for Action',
			customerCode: 'C000154',
			note: 'description',
		},
	]);
});

test('a response to update never changes the case number', async () => {
	fixture.respondWithData('updateCase', 'T1');
	expect((await runCaseOperation('update', { ...CASE_FIELDS, caseNo: 'T250200010' })).items).toEqual([
		expect.objectContaining({ caseNo: 'T250200010' }),
	]);
});

test('cases accept the users that Employee returns', async () => {
	const { items } = await fixture.runOperation('getAll', { resource: 'employee' });
	const { error } = await runCaseOperation(
		'create',
		{ ...CASE_FIELDS, caseType: 2, assignedToUserId: '={{ $json.userId }}' },
		items,
	);
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('createCase')).toEqual(
		items.map(({ userId }) => ({ ...CASE_FIELDS, caseType: 2, assignedToUserId: userId })),
	);
});

test('requests employees page by page, like the observed client', async () => {
	const { items } = await fixture.runOperation('getAll', {
		resource: 'employee',
		limit: 2,
		filters: { keyWord: 'มานะ' },
	});
	expect(items).toEqual(
		['E0003', 'E0006'].map((staffCode): unknown => expect.objectContaining({ staffCode, teamName: null })),
	);
	await fixture.runOperation('getAll', { resource: 'employee', returnAll: true, filters: { keyWord: '' } });
	const search = { employeeType: null, teamId: null, status: null, type: null, orderBy: 0 };
	expect(fixture.getSentBodies('findEmployees')).toEqual([
		{ ...search, keyWord: 'มานะ', pageLength: 3, skip: 0 },
		...[0, 100, 200, 230].map((skip) => ({ ...search, keyWord: '', pageLength: 100, skip })),
	]);
});
