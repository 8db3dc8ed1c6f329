import type { IDataObject } from 'n8n-workflow';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { collectItemResults } from '../resultAssertions.cts';
import { buildServerError } from '../../support/expectedMessages.cts';

const fixture = setupFixtureWithSimulatedClock();

const SALESPERSONS = ['staff01', 'staff02', '00004', 'staff03', 'GONE'];
const CUSTOMERS_FAIL = `The names of the customers could not be loaded: ${buildServerError(500)}. Codes are shown instead.`;
const EMPLOYEES_FAIL = CUSTOMERS_FAIL.replace('customers', 'employees');

/** Builds quotations with these codes as GoFive returns them. */
const buildQuotations = (rows: IDataObject[]): IDataObject[] =>
	rows.map((row, index) => ({ quotationNo: `Q-${index}`, customerCode: 'C000055', staffCode: 'staff01', ...row }));

/** Runs Get Many of quotations, for which GoFive returns these quotations, with Add Names. */
async function runQuotations(rows: IDataObject[], parameters: IDataObject = {}, items: IDataObject[] = [{}]) {
	fixture.respondWithData('findQuotations', buildQuotations(rows), { times: items.length });
	fixture.respondWithData('findQuotations', [], { times: 'always' });
	const result = await fixture.runExample(
		'quotation.getAll',
		{ returnAll: true, options: { addNames: true }, ...parameters },
		{ items },
	);
	expect(result.error).toBeUndefined();
	return { ...result, hintTexts: result.hints.map(({ message }) => message) };
}

const failAlways = (operationId: string, answer: FaultResponse) =>
	fixture.addFault(operationId, answer, { times: 'always' });
const pickNames = (items: IDataObject[]) => items.map(({ customerName, staffName }) => [customerName, staffName]);
const countLookups = () => ({
	customers: fixture.findRequests('getCustomer').length,
	employees: fixture.findRequests('findEmployees').length,
});

test('200 quotations of 20 customers and 5 salespersons get their names in 22 requests', async () => {
	const codes = addCustomers(fixture.sandbox.records, buildCodes(20));
	const rows = Array.from({ length: 200 }, (_, index) => ({
		customerCode: codes[index % codes.length],
		staffCode: SALESPERSONS[index % SALESPERSONS.length],
	}));
	const { items, hintTexts } = await runQuotations(rows);
	const { records } = fixture.sandbox.records.employees;
	const getFullName = (code: unknown) => records.find(({ staffCode }) => staffCode === code)?.fullname ?? code;
	expect(pickNames(items)).toEqual(
		rows.map(({ customerCode, staffCode }) => [`Customer ${customerCode}`, getFullName(staffCode)]),
	);
	expect(items.at(4)?.staffName).toBe('GONE');
	expect(countLookups()).toEqual({ customers: 20, employees: 2 });
	expect(hintTexts).toEqual([]);
});

test('items share the names', async () => {
	const { items } = await runQuotations([{}, { customerCode: 'C000154' }], {}, [{}, {}, {}]);
	expect(items).toHaveLength(6);
	expect(countLookups()).toEqual({ customers: 2, employees: 2 });
});

test.each<[string, IDataObject, unknown, number]>([
	['a business code', { customerCode: 'NOPE' }, 'NOPE', 1],
	['a code that leads to another path', { customerCode: '..' }, '..', 0],
	['no code', { customerCode: null }, null, 0],
	['a name of its own', { customerName: 'Own Name' }, 'Own Name', 0],
	['an empty name of its own', { customerName: '' }, 'Chao Phraya Trading Co., Ltd.', 1],
])('%s: the name is the code, or the name of the record', async (_, row, name, requests) => {
	const { items, hintTexts } = await runQuotations([row, { customerCode: 'C000154' }]);
	expect(pickNames(items)[0]).toEqual([name, 'สมหญิง ใจดี']);
	expect(items[1]?.customerName).toBe('บริษัท สยามอุตสาหกรรม จำกัด');
	expect(countLookups().customers).toBe(requests + 1);
	expect(hintTexts).toEqual([]);
});

test.each<[string, FaultResponse]>([
	['HTTP 404', { status: 404 }],
	['HTTP 400', { status: 400 }],
	['no customer', { status: 200, body: { status: { code: '1000' }, data: null }, acts: true }],
	[
		'a customer without a name',
		{ status: 200, body: { data: { customerCode: 'C000055', customerName: ' ' } }, acts: true },
	],
])('after %s for a customer, its name is the code', async (_, answer) => {
	fixture.addFault({ operationId: 'getCustomer', customerCode: 'C000055' }, answer, { times: 'always' });
	const { items, hintTexts } = await runQuotations([{}, { customerCode: 'C000154' }]);
	expect(items.map(({ customerName }) => customerName)).toEqual(['C000055', 'บริษัท สยามอุตสาหกรรม จำกัด']);
	expect(hintTexts).toEqual([]);
});

test('a customer whose code GoFive spells differently has its name', async () => {
	fixture.respondWithData('getCustomer', { customerCode: 'c000055', customerName: 'Chao Phraya' });
	const { items } = await runQuotations([{}]);
	expect(items).toMatchObject([{ customerCode: 'C000055', customerName: 'Chao Phraya' }]);
});

test('if the list of employees fails, staff codes are shown, and customers keep their names', async () => {
	failAlways('findEmployees', { status: 500 });
	const { items, hintTexts } = await runQuotations([{}, {}], {}, [{}, {}]);
	expect(pickNames(items)).toEqual(items.map(() => ['Chao Phraya Trading Co., Ltd.', 'staff01']));
	expect(hintTexts.filter((text) => text.includes('names'))).toEqual([EMPLOYEES_FAIL]);
	expect(countLookups().employees).toBe(1);
});

test('if customers fail, codes are shown for the rest of the execution, after few requests', async () => {
	failAlways('getCustomer', { status: 500 });
	const rows = Array.from({ length: 500 }, (_, index) => ({ customerCode: `C${index}` }));
	const { items, hintTexts } = await runQuotations(rows, {}, [{}, {}]);
	expect(items.map(({ customerName }) => customerName)).toEqual(
		[...rows, ...rows].map(({ customerCode }) => customerCode),
	);
	expect(hintTexts.filter((text) => text.includes('names'))).toEqual([CUSTOMERS_FAIL]);
	expect(countLookups().customers).toBeLessThanOrEqual(32);
});

test('a hint says that not one name was found', async () => {
	const { items, hintTexts } = await runQuotations([{ staffCode: 'GONE' }, { staffCode: 'GONE2' }], {}, [{}, {}]);
	expect(items.map(({ staffName }) => staffName)).toEqual(['GONE', 'GONE2', 'GONE', 'GONE2']);
	expect(hintTexts.filter((text) => text.includes('names'))).toEqual([
		'No names of the employees were found in GoFive. Codes are shown instead.',
	]);
});

test.each<[string, IDataObject, string[], object]>([
	[
		'the staff code',
		{ fields: ['quotationNo', 'staffCode'] },
		['quotationNo', 'staffCode', 'staffName'],
		{ employees: 2 },
	],
	['no code', { fields: ['quotationNo', 'quotationSubject'] }, ['quotationNo', 'quotationSubject'], {}],
	[
		'One Item per Row',
		{ output: 'rows' },
		['quotationNo', 'quotationDate', 'customerCode', 'customerName'],
		{ customers: 1 },
	],
])('with %s only, what is not shown is not looked up', async (_, parameters, keys, lookups) => {
	const { items } = await runQuotations([{}], { output: 'selected', ...parameters });
	expect(Object.keys(items[0] ?? {}).slice(0, keys.length)).toEqual(keys);
	expect(Object.keys(items[0] ?? {}).filter((key) => /(customer|staff)Name/.test(key))).toEqual(
		keys.filter((key) => /Name/.test(key)),
	);
	expect(countLookups()).toEqual({ customers: 0, employees: 0, ...lookups });
});

test('a name cannot be selected', async () => {
	const { error } = await fixture.runExample('quotation.getAll', { output: 'selected', fields: ['staffName'] });
	expect(error?.message).toContain('\'Fields\' cannot contain "staffName"');
});

test('the item of If Nothing Found has the name of the customer', async () => {
	const { items } = await fixture.readEventsOf(['C000999', 'NOPE'], {
		output: 'simplified',
		options: { addNames: true, includeInputFields: true, ifNothingFound: 'emptyItem' },
	});
	expect(Object.entries(items[0] ?? {}).slice(0, 3)).toEqual([
		['code', 'C000999'],
		['customerCode', 'C000999'],
		['customerName', 'Sathorn Dental Clinic'],
	]);
	// Customer events report an unknown customer as a failure.
	expect(items[1]).toEqual({ code: 'NOPE', customerCode: 'NOPE', error: expect.any(String) as string });
});

test('a failed item contains its input once, and the others have names', async () => {
	const result = await fixture.readEventsOf(['C000055', 'NOPE', 'C000154'], {
		output: 'selected',
		fields: ['customerCode'],
		options: { addNames: true, includeInputFields: true },
	});
	const [first, failed, last] = collectItemResults(result, 3);
	expect(first?.data[0]).toEqual({
		code: 'C000055',
		customerCode: 'C000055',
		customerName: 'Chao Phraya Trading Co., Ltd.',
		eventId: expect.any(Number),
	});
	expect(failed?.message).toContain('Customer not found');
	expect(last?.data[0]?.customerName).toBe('บริษัท สยามอุตสาหกรรม จำกัด');
	expect(countLookups()).toEqual({ customers: 2, employees: 0 });
});

test('each item has its own copy of the nested fields of the input', async () => {
	const tags = ['a'];
	const { outputs } = await fixture.readEventsOf(
		[],
		{ output: 'simplified', options: { includeInputFields: true } },
		{
			items: [{ code: 'C000055', tags }],
		},
	);
	const [first, second] = (outputs[0] ?? []).map(({ json }) => json.tags);
	expect(first).toEqual(tags);
	expect(second).toEqual(tags);
	expect(first).not.toBe(second);
});

test.each(['getCustomer', 'findEmployees'])(
	'an execution that is cancelled during %s ends as cancelled',
	async (id) => {
		const hold = fixture.sandbox.hold(id);
		const { status } = await fixture.runExample(
			'quotation.get',
			{ options: { addNames: true } },
			{ cancelWhen: hold.waitForRequests(1) },
		);
		hold.end();
		expect(status).toBe('canceled');
	},
);
