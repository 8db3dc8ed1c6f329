import type { IDataObject } from 'n8n-workflow';
import { runListSearch, runLoadOptions } from '../harness.cts';
import {
	buildRows,
	DEALS_ROUTE,
	EMPLOYEES_ROUTE,
	PRODUCTS_ROUTE,
	setupLyingServer,
	testLies,
	type Answers,
	type Script,
} from '../lyingServer.cts';
import { success } from '../../support/responses.cts';

const server = setupLyingServer();

/** Settings of a list that the server cuts. */
interface ListSettings {
	/** Maximum number of rows of a response. */
	maximum?: number;
	ignoresSkip?: boolean;
}

/** Responds with the rows that a request asks for, as far as the settings allow. */
const sendRows =
	(rows: IDataObject[], { maximum = Infinity, ignoresSkip = false }: ListSettings = {}): Answers =>
	({ body }) => {
		const skip = ignoresSkip ? 0 : Number(body.skip ?? 0);
		const take = Number(body.take ?? body.pageLength);
		return success({ value: rows.slice(skip, skip + Math.min(take, maximum)), total: rows.length });
	};

const DEALS = buildRows(230, (index) => ({ dealsId: index }));
const PRODUCTS = buildRows(230, (index) => ({ productCode: `P${index}` }));
const UNKNOWN_ROWS = buildRows(130, (index) => ({ sequence: index }));
const EMPTY_DEAL = expect.objectContaining({ dealId: null, dealNo: null, dealName: null });
const UNKNOWN_DEALS_HINT =
	"GoFive returned at least one of the deals in an unknown format, so its fields are empty. The record contains the keys sequence. To return the whole record, select 'Raw' in 'Output'.";

const returnAll = (operation: string, script: Script, output = 'raw') => ({
	operation,
	parameters: { returnAll: true, output },
	script,
});

describe('lists that are cut', () => {
	testLies(server, [
		{
			title: 'a maximum of 100 rows: all rows of a list with pages',
			...returnAll('deal.getAll', { [DEALS_ROUTE]: sendRows(DEALS, { maximum: 100 }) }),
			expected: { items: DEALS },
			requests: { [DEALS_ROUTE]: 4 },
		},
		{
			title: 'a maximum of 100 rows of a list without pages: 100 rows and a hint',
			...returnAll('product.getAll', { [PRODUCTS_ROUTE]: sendRows(PRODUCTS, { maximum: 100 }) }),
			expected: { items: PRODUCTS.slice(0, 100), hints: [expect.stringContaining('products')] },
			requests: [{ [PRODUCTS_ROUTE]: 1 }, { [PRODUCTS_ROUTE]: 2 }],
		},
		{
			title: 'the same with a limit: 100 rows and a hint',
			operation: 'product.getAll',
			parameters: { limit: 200, output: 'raw' },
			script: { [PRODUCTS_ROUTE]: sendRows(PRODUCTS, { maximum: 100 }) },
			expected: { items: PRODUCTS.slice(0, 100), hints: [expect.stringContaining('products')] },
			requests: { [PRODUCTS_ROUTE]: 1 },
		},
		{
			title: 'skip ignored, at most 100 rows: 100 rows and a hint',
			...returnAll('deal.getAll', { [DEALS_ROUTE]: sendRows(DEALS, { maximum: 100, ignoresSkip: true }) }),
			expected: { items: DEALS.slice(0, 100), hints: [expect.stringContaining('deals')] },
			requests: { [DEALS_ROUTE]: 3 },
		},
		{
			title:
				'skip ignored, unknown keys, at most 100 rows: each row once, a hint about the keys and one about the list',
			...returnAll(
				'deal.getAll',
				{ [DEALS_ROUTE]: sendRows(UNKNOWN_ROWS, { maximum: 100, ignoresSkip: true }) },
				'simplified',
			),
			expected: {
				items: Array.from({ length: 100 }, (): unknown => EMPTY_DEAL),
				hints: [expect.stringContaining('deals'), UNKNOWN_DEALS_HINT],
			},
			requests: { [DEALS_ROUTE]: 3 },
		},
		...['simplified', 'raw'].map((output) => ({
			title: `skip ignored, unknown keys, ${output}: the list is read without skip, and each row is returned once`,
			...returnAll('deal.getAll', { [DEALS_ROUTE]: sendRows(UNKNOWN_ROWS, { ignoresSkip: true }) }, output),
			expected: {
				items: output === 'raw' ? UNKNOWN_ROWS : UNKNOWN_ROWS.map((): unknown => EMPTY_DEAL),
				hints: output === 'raw' ? [] : [UNKNOWN_DEALS_HINT],
			},
			requests: [{ [DEALS_ROUTE]: 3 }, { [DEALS_ROUTE]: 4 }],
		})),
	]);

	test('more records than a page are added at the start between two pages: all records', async () => {
		const addedDeals = buildRows(150, (index) => ({ dealsId: 1000 + index }));
		let list = DEALS;
		const script: Script = {
			[DEALS_ROUTE]: ({ body }) => {
				const skip = Number(body.skip);
				const rows = list.slice(skip, skip + Number(body.pageLength));
				if (skip === 100) list = [...addedDeals, ...DEALS];
				return success(rows);
			},
		};
		const { items } = await server.run('deal.getAll', { returnAll: true, output: 'raw' }, script);
		expect(items).toEqual([...addedDeals, ...DEALS]);
	});
});

const EMPLOYEES = Array.from({ length: 20 }, (_, index) => ({
	staffCode: `S${index}`,
	userId: `U${index}`,
	fullname: `Name ${index}`,
}));
const LISTED_EMPLOYEES = EMPLOYEES.filter((_, index) => index % 2 === 0);
const LABELS = LISTED_EMPLOYEES.map(({ staffCode, fullname }) => ({
	name: `${fullname} (${staffCode})`,
	value: staffCode,
}));

/** Responds with half of the employees, next to the number of all. */
const sendHalf: Answers = ({ body }) =>
	success({ value: Number(body.skip) > 0 ? [] : LISTED_EMPLOYEES, total: EMPLOYEES.length });
/** Responds with all employees, of whom every other one has no values. */
const sendHalfNulls: Answers = ({ body }) => {
	const rows = EMPLOYEES.map((row, index) =>
		index % 2 === 0 ? row : { staffCode: null, userId: null, fullname: null },
	);
	return success({ value: Number(body.skip) > 0 ? [] : rows, total: rows.length });
};

const QUOTATIONS_ROUTE = 'POST /v1/quotation/enquiry';

describe('half of the employees', () => {
	test.each([
		['is missing', sendHalf],
		['consists of nulls', sendHalfNulls],
	])('documented limit: if half %s, the lists of the form offer the others', async (_, answers) => {
		server.follow({ [EMPLOYEES_ROUTE]: answers });
		expect(await runLoadOptions('getEmployees', { credential: server.credential })).toEqual(LABELS);
		expect((await runListSearch('getEmployees', { credential: server.credential })).results).toEqual(LABELS);
		const userIds = await runListSearch('getEmployeeUserIds', { credential: server.credential });
		expect(userIds.results.map(({ value }) => value)).toEqual(LISTED_EMPLOYEES.map(({ userId }) => userId));
	});

	testLies(server, [
		{
			title: 'documented limit: if half is missing, Get Many returns the others, whatever total GoFive reports',
			...returnAll('employee.getAll', { [EMPLOYEES_ROUTE]: sendHalf }),
			expected: { items: LISTED_EMPLOYEES },
			requests: { [EMPLOYEES_ROUTE]: 2 },
		},
		{
			title: 'documented limit: if half consists of nulls, Get Many returns their nulls',
			...returnAll('employee.getAll', { [EMPLOYEES_ROUTE]: sendHalfNulls }, 'selected'),
			expected: {
				items: EMPLOYEES.map((row, index): unknown =>
					expect.objectContaining(index % 2 === 0 ? row : { staffCode: null, userId: null, fullname: null }),
				),
			},
			requests: { [EMPLOYEES_ROUTE]: 2 },
		},
		{
			title: 'an employee who is missing from the lists can be entered by ID, which is sent unchanged',
			operation: 'quotation.getAll',
			parameters: { filters: { staffCode: { __rl: true, mode: 'id', value: 'S1' } }, output: 'raw' },
			script: {
				[QUOTATIONS_ROUTE]: ({ body }) =>
					success(body.staffCode === 'S1' && body.skip === 0 ? [{ quotationNo: 'Q1' }] : []),
			},
			expected: { items: [{ quotationNo: 'Q1' }] },
			requests: { [QUOTATIONS_ROUTE]: 2 },
		},
	]);
});
