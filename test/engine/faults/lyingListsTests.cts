import type { IDataObject } from 'n8n-workflow';
import { runListSearch, runLoadOptions } from '../harness.cts';
import {
	buildRows,
	DEALS_ROUTE,
	EMPLOYEES_ROUTE,
	EVENT_TYPES_ROUTE,
	PRODUCTS_ROUTE,
	sends,
	setupLyingServer,
	success,
	testLies,
	TOKEN_ROUTE,
	WEB_PAGE,
	type Answers,
	type Script,
} from '../lyingServer.cts';

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
	"GoFive returned at least one of the deals in an unknown format, so its columns are empty. The record contains the keys sequence. To return the whole record, select 'Raw' in 'Output'.";

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

/** Loads a list, and returns what n8n's editor shows of its error. */
async function findListError(load: () => Promise<unknown>) {
	try {
		await load();
	} catch (error) {
		const { message, description } = error as Error & { description?: string | null };
		return { message, description };
	}
	return { message: 'The list was loaded' };
}
const loadOptions = async (method: string) => await runLoadOptions(method, { credential: server.credential });
const searchList = async (method: string) => await runListSearch(method, { credential: server.credential });

const FORBIDDEN = 'GoFive does not allow this request';
const ASK_SUPPORT =
	"GoFive's message: \"Forbidden\". Ask GoFive support whether the subscription key and the client ID in the credential 'GoFive API' may be used for this request.";
const BY_EXPRESSION = 'To continue without the list, use an expression.';
const BY_ID = "To continue without the list, select 'By ID' and enter the value.";
const WEB_PAGE_TITLE = 'GoFive returned a web page instead of JSON';
const CHECK_URL =
	"A proxy or a sign-in page may have responded instead of GoFive. Check 'Base URL' in the credential 'GoFive API'.";
const LISTS = [
	['getEventTypes', EVENT_TYPES_ROUTE],
	['getEmployees', EMPLOYEES_ROUTE],
	['getDealStages', DEALS_ROUTE],
] as const;
const SEARCHED_LISTS = [
	['getEmployees', EMPLOYEES_ROUTE],
	['getEmployeeUserIds', EMPLOYEES_ROUTE],
	['getDealStages', DEALS_ROUTE],
	['getProductUnits', 'GET /v1/products/units'],
] as const;

describe.each([
	['HTTP 403', { status: 403, body: { message: 'Forbidden' } }, FORBIDDEN, ASK_SUPPORT],
	['a web page', sends(WEB_PAGE), WEB_PAGE_TITLE, CHECK_URL],
])('%s for one list', (_, answer, title, advice) => {
	test.each(LISTS)('%s as options: one message that says how to continue without the list', async (method, route) => {
		server.follow({ [route]: [answer] });
		const expected = { message: `${title}. ${advice} ${BY_EXPRESSION}`, description: undefined };
		expect(await findListError(async () => await loadOptions(method))).toEqual(expected);
		expect(server.countRequests()).toEqual({ [TOKEN_ROUTE]: 1, [route]: 1 });
	});

	test.each(SEARCHED_LISTS)('%s as a searched list: title and description', async (method, route) => {
		server.follow({ [route]: [answer] });
		const expected = { message: title, description: `${advice} ${BY_ID}` };
		expect(await findListError(async () => await searchList(method))).toEqual(expected);
		expect(server.countRequests()).toEqual({ [TOKEN_ROUTE]: 1, [route]: 1 });
	});

	test('the other lists can be loaded', async () => {
		server.follow({ [EVENT_TYPES_ROUTE]: [answer], [EMPLOYEES_ROUTE]: sendHalf });
		expect(await findListError(async () => await loadOptions('getEventTypes'))).toMatchObject({
			message: expect.stringContaining(title) as string,
		});
		expect(await loadOptions('getEmployees')).toEqual(LABELS);
	});
});
