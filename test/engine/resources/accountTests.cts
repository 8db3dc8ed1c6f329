import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { resources } from '../../../nodes/GoFive/resources';
import { otherEndpoints } from '../../../nodes/GoFive/resources/account/checkAccess';
import { compareByName, toText } from '../../../nodes/GoFive/shared/text';
import type { Fault } from '../../../sandbox/index.mts';
import { clock, setupExecutionFixture } from '../executionFixture.cts';
import { expectActionableMessage, expectNoSecretInResult } from '../resultAssertions.cts';

const fixture = setupExecutionFixture();

/** IDs of records that no list of the sandbox contains. */
const RECORD_IDS = { caseNo: 'T250200010', contractNo: 'CONT250600006', salesOrderNo: 'SO24090001' };

async function checkAccess(recordIds: IDataObject = RECORD_IDS, options: object = {}) {
	return await fixture.runOperation('checkAccess', { resource: 'account', recordIds }, options);
}

/** Result and reason by resource and operation. */
type Results = Record<string, string>;

function toResults(items: IDataObject[]): Results {
	const entries = items.map((item) => {
		const [resource, operation, result, reason] = ['resource', 'operation', 'result', 'reason'].map((key) =>
			toText(item[key]),
		);
		return [`${resource} > ${operation}`, [result, reason].filter(Boolean).join(': ')];
	});
	return Object.fromEntries(entries) as Results;
}

async function getResults(recordIds?: IDataObject): Promise<Results> {
	const { items, error } = await checkAccess(recordIds);
	expect(error).toBeUndefined();
	return toResults(items);
}

/** Results with their reasons, each worded once. */
const WORKS = 'Works: GoFive returned records';
const NO_RECORDS = 'GoFive returned no records';
const NO_PATH = 'GoFive did not find the path (HTTP 404). Ask GoFive support';
const noPermission = (status: number): string =>
	`No Permission: The account has no permission (HTTP ${status}). Ask GoFive support`;
const noData = (code: string): string => `Failed: GoFive returned no data (${code}). Run this again later`;
const rejectedWith = (status: number): string =>
	`Failed: GoFive rejected the request (HTTP ${status}). Run the operation to see why`;
const missingId = (reason: string, fieldName: string): string =>
	`Not Checked: ${reason}. Add '${fieldName}' in 'Record IDs', and run this again`;

const [ACTIVITIES_ENQUIRY = '', CUSTOMERS_FILTER = ''] = otherEndpoints.map(({ operation }) => operation.name);

/** Names of the operations in the order of the form, and the two other endpoints. */
const EXPECTED_NAMES = resources
	.filter(({ value }) => !['account', 'endpoint'].includes(value))
	.flatMap(({ name, operations }) => {
		const tried = operations.filter(({ kind }) => kind !== 'totals');
		const names = tried.sort(compareByName).map((operation) => operation.name);
		const otherNames = otherEndpoints
			.filter(({ resource }) => resource === name)
			.map(({ operation }) => operation.name);
		return [...names, ...otherNames].map((operation) => `${name} > ${operation}`);
	});

test('a list works if only one of its parts has records', async () => {
	const { customers } = fixture.sandbox.records;
	customers.records = customers.records.filter(({ customerCode }) => customerCode === 'P000126');
	expect(await getResults()).toMatchObject({ 'Customer > Get Many': WORKS, 'Customer > Get': WORKS });
});

test('returns one item per operation, in the order of the form, and all reads work with the sandbox', async () => {
	const { items, error, hints } = await checkAccess();
	expect(error).toBeUndefined();
	expect(hints).toMatchObject([
		{
			message: expect.stringMatching(
				/^Works: Activity &gt; Get, .*, Sales Order &gt; Get\. Operations that change data were not tried\.$/,
			),
		},
	]);
	const results = toResults(items);
	expect(Object.keys(results)).toEqual(EXPECTED_NAMES);
	const writes = resources.flatMap(({ name, operations }) =>
		operations.filter(({ effect }) => effect === 'write').map((operation) => `${name} > ${operation.name}`),
	);
	for (const [name, text] of Object.entries(results)) {
		expect([name, text]).toEqual([name, writes.includes(name) ? 'Not Checked: Changes data' : WORKS]);
	}
	expect(
		items.filter(({ endpoint }) => !/^((GET|POST|PUT|DELETE) \/v\d\/[\w/{}-]+(, )?)+$/.test(toText(endpoint))),
	).toEqual([]);
	expect(items.filter(({ resource, operation }) => resource === 'Product' && operation === 'Update')).toMatchObject([
		{ endpoint: 'GET /v2/products/{productCode}, POST /v3/Products' },
	]);
	expect(items.filter(({ documented }) => documented === false).map(({ operation }) => operation)).toEqual([
		...['Get', ACTIVITIES_ENQUIRY, 'Get', 'Update', 'Get Many', CUSTOMERS_FILTER],
		...['Delete', 'Get Many', 'Get', 'Get Many', 'Update', 'Get', 'Get Many'],
	]);
});

/** Answers every request for an operation of the contract with a fault. */
const respond = (operationId: string, answer: Fault['answer']) =>
	fixture.addFault(operationId, answer, { times: 'always' });
const respondWithData = (operationId: string, data: unknown) =>
	fixture.respondWithData(operationId, data, { times: 'always' });

/** Lets timeouts pass faster. */
const TIMEOUT_SCALE = 1 / 25;
/** For a sandbox that does not respond, so that no response can be too late. */
const SILENT_TIMEOUT_SCALE = 1 / 100;

describe('with fast timeouts', () => {
	const { timeoutSignal } = clock;
	beforeEach(() => {
		clock.timeoutSignal = (milliseconds) => timeoutSignal(milliseconds * TIMEOUT_SCALE);
	});
	afterEach(() => {
		clock.timeoutSignal = timeoutSignal;
	});

	test('shows for each operation what its own path returns', async () => {
		respond('findDeals', { status: 403, body: { message: 'MARKED' } });
		respond('getProductUnits', { status: 404 });
		respond('findEmployees', { status: 500 });
		respond('findQuotations', { kind: 'hang' });
		respond('filterCustomers', { kind: 'html' });
		respond('findActivities', { status: 200, body: { status: { code: '4001', description: 'MARKED' }, data: null } });
		respondWithData('listProducts', [{ someKey: 'MARKED', 'MARKED 1': 1, C000055: 1 }]);
		respondWithData('findExpenses', []);
		respond('getCustomer', { status: 404 });
		respond('getQuotation', { status: 409, body: { message: 'MARKED' } });
		respond('getContract', { kind: 'unauthorized', because: 'token' });
		const { items, error, hints } = await checkAccess();
		expect(error).toBeUndefined();
		const [hint] = hints;
		expect(hint?.message).toMatch(
			/^No Permission: Contract &gt; Get, Deal &gt; Get Many\. Path Not Found: Customer &gt; Get, /,
		);
		expect(hint?.message).toContain(' Not Checked: Activity &gt; Get, Deal &gt; Get, ');
		expect(hint?.message).toContain(' Works: Case &gt; Get, ');
		expect(toResults(items)).toMatchObject({
			[`Activity > ${ACTIVITIES_ENQUIRY}`]: rejectedWith(200),
			'Activity > Get': missingId('The list of activities could not be read (HTTP 200)', 'Activity ID'),
			'Contract > Get': noPermission(401),
			[`Customer > ${CUSTOMERS_FILTER}`]: noData('HTTP 200'),
			'Customer > Get': 'Path Not Found: GoFive did not find the path or the record (HTTP 404)',
			'Customer > Get Many': WORKS,
			'Deal > Get': missingId('The list of deals could not be read (HTTP 403)', 'Deal ID'),
			'Deal > Get Many': noPermission(403),
			'Employee > Get Many': noData('HTTP 500'),
			'Expense > Get': missingId('No ID was found in the list of expenses', 'Expense ID'),
			'Expense > Get Many': `Works, No Records: ${NO_RECORDS}`,
			'Product > Get Many': 'Unknown Format: No record that was read has productCode',
			'Product > Get Units': `Path Not Found: ${NO_PATH}`,
			'Quotation > Get Many': noData('ETIMEDOUT'),
			'Sales Order > Get': WORKS,
		});
		const products = items.find(({ endpoint }) => endpoint === 'POST /v2/Products/GetProduct');
		expect(products).toMatchObject({ otherKeys: 'someKey, 2 other keys' });
		expect(products?.missingColumns).toContain('productCode, productName');
		expect(JSON.stringify(items)).not.toMatch(/MARKED|C000055/);
	});

	test('ends with a result for each operation if every path but one is silent', async () => {
		clock.timeoutSignal = (milliseconds) => timeoutSignal(milliseconds * SILENT_TIMEOUT_SCALE);
		respondWithData('getProductUnits', ['Piece']);
		fixture.addFault({}, { kind: 'hang' }, { times: 'always' });
		const startMs = Date.now();
		const recordIds = { ...RECORD_IDS, customerCode: 'C000055', activityId: '1' };
		const { items, error } = await checkAccess(recordIds, { credential: fixture.accessTokenCredential });
		expect(error).toBeUndefined();
		const results = toResults(items);
		expect(Date.now() - startMs).toBeLessThan(2 * 60_000 * TIMEOUT_SCALE + 1000);
		expect(results['Customer Event > Get by Customer Code']).toMatch(/^Failed: .*ETIMEDOUT/);
		const checked = Object.values(results).filter((text) => !text.startsWith('Not Checked'));
		expect(checked.length).toBeGreaterThan(15);
		expect(checked.filter((text) => !text.startsWith('Failed: '))).toEqual([WORKS]);
		expect(fixture.apiRequests.length).toBeLessThan(40);
		expect(Math.max(...fixture.apiRequests.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(4);
	});

	test('ends the requests that wait when its time is over', async () => {
		fixture.addFault({}, { kind: 'hang' }, { times: 'always' });
		const scaled = clock.timeoutSignal;
		clock.timeoutSignal = (milliseconds) => scaled(milliseconds > 60_000 ? 0 : milliseconds);
		const results = await getResults();
		expect(results['Product > Get Units']).toBe('Not Checked: The check took too long. Run it again');
	});

	test('does not wait for a Retry-After of a minute', async () => {
		respond('getProductUnits', { status: 503, headers: { 'retry-after': '60' } });
		const results = await getResults();
		expect(results['Product > Get Units']).toBe(noData('HTTP 503'));
		expect(results['Product > Get']).toBe(WORKS);
	});
});

test('reads only, a few records, and at most 31 days of lists without pages', async () => {
	await checkAccess();
	const { apiRequests } = fixture;
	expect(apiRequests.length).toBeLessThan(40);
	expect(
		apiRequests.map(({ operationId = '' }) => operationId).filter((id) => !/^(get|find|filter|list)/.test(id)),
	).toEqual([]);
	const sent = apiRequests.map(({ body, query }) => ({
		...Object.fromEntries(new URLSearchParams(query)),
		...(JSON.parse(body || '{}') as IDataObject),
	})) as IDataObject[];
	const pageSizes = sent.flatMap(({ take, pageLength }) => take ?? pageLength ?? []);
	expect(pageSizes.length).toBeGreaterThan(8);
	expect(new Set(pageSizes.map(Number))).toEqual(new Set([2]));
	const starts = sent.flatMap(({ dateStart, DateFrom }) => dateStart ?? (DateFrom ? `${toText(DateFrom)}+07:00` : []));
	expect(starts.length).toBeGreaterThanOrEqual(3);
	const days = starts.map((start) => Math.floor((Date.now() - Date.parse(toText(start))) / 86_400_000));
	expect(new Set(days)).toEqual(new Set([30]));
});

test('sends the request of the second list of customers as the public client that was seen', async () => {
	await checkAccess();
	const [request] = fixture.findRequests('filterCustomers');
	expect(request).toMatchObject({ method: 'POST', path: '/v1/Customers/filter', query: 'skip=0&pageLength=2' });
	expect(JSON.parse(request?.body ?? '')).toEqual({ type: 11300 });
});

test('tries all types of expenses before it returns no records', async () => {
	respondWithData('findExpenses', []);
	respondWithData('findCustomers', []);
	const results = await getResults();
	expect(fixture.findRequests('findExpenses')).toHaveLength(9);
	expect(fixture.findRequests('findCustomers')).toHaveLength(3);
	expect(results['Expense > Get Many']).toBe(`Works, No Records: ${NO_RECORDS}`);
	expect(results['Customer Event > Get Many']).toBe(`Works, No Records: List of customers: ${NO_RECORDS}`);
	expect(fixture.apiRequests.length).toBeLessThan(40);
});

test('events of a list of customers without codes cannot be read', async () => {
	respondWithData('findCustomers', [{ customerId: 480201, customerName: 'A' }]);
	const results = await getResults();
	expect(results['Customer > Get Many']).toBe(WORKS);
	expect(results['Customer Event > Get Many']).toBe(
		'Unknown Format: No record that was read from the list has customerCode',
	);
});

test('the messages of two items with different results are both shown', async () => {
	const recordIds = { caseNo: '={{ $json.caseNo }}' };
	const { hints } = await checkAccess(recordIds, { items: [{ caseNo: 'T250200010' }, { caseNo: 'NONE' }] });
	expect(hints.filter(({ message }) => message.includes('Not Checked: Case &gt; Get, '))).toHaveLength(1);
	expect(hints.filter(({ message }) => message.includes('Works: Activity &gt; Get, '))).toHaveLength(2);
});

test('a record of a list that GoFive rejects is a failure, and a missing record names the field to add', async () => {
	respond('getQuotation', { status: 409, body: { message: 'MARKED' } });
	expect(await getResults({})).toMatchObject({
		'Case > Get': missingId('No list with this ID is known', 'Case Number'),
		'Quotation > Get': rejectedWith(409),
	});
});

test('takes the ID of a record from any list with its column, and prefers an entered one', async () => {
	respond('findCustomers', { status: 404 });
	respond('filterCustomers', { status: 404 });
	const withoutCustomers = await getResults();
	expect(withoutCustomers).toMatchObject({
		'Customer > Get Many': `Path Not Found: ${NO_PATH}`,
		'Customer Event > Get Many': `Path Not Found: List of customers: ${NO_PATH}`,
		'Customer Event > Get by Customer Code': WORKS,
	});
	fixture.sandbox.reset();
	await checkAccess({ customerCode: 'C000057', expenseId: '' });
	expect(fixture.findRequests('getCustomer').map(({ path }) => path)).toEqual(['/v3/customers/C000057']);
});

const wrongCaseNo = (status: number): string =>
	`GoFive did not find or accept the ID (HTTP ${status}). Check 'Case Number' in 'Record IDs'`;

test.each([
	['a dot segment', '..', undefined, "Correct the ID in 'Record IDs'"],
	['unknown', 'T1', undefined, wrongCaseNo(200)],
	['not found', 'T1', 404, wrongCaseNo(404)],
	['not accepted', 'T1', 400, wrongCaseNo(400)],
])('an entered ID that is %s concerns its operation only', async (_, caseNo, status, reason) => {
	if (status) respond('getCase', { status });
	const results = await getResults({ ...RECORD_IDS, caseNo });
	expect(results['Case > Get']).toBe(`Not Checked: ${reason}`);
	expect(results['Contract > Get']).toBe(WORKS);
});

test.each([
	[messages.clientCredentialsRejected.message, { clientSecret: 'wrong' }],
	[messages.subscriptionKeyInvalid.message, { subscriptionApiKey: 'wrong' }],
	[messages.tokenRejected.message, { authentication: 'accessToken', accessToken: 'wrong' }],
	[messages.baseUrlUnsafe('http://example.com').message, { baseUrl: 'http://example.com' }],
])('%s', async (message, changes) => {
	const result = await checkAccess({}, { credential: { ...fixture.credential, ...changes } });
	expect(result.error?.message).toBe(message);
	expectActionableMessage(`${result.error?.message}. ${result.error?.description}`);
	expectNoSecretInResult(fixture, result);
});

/** Returns all texts and numbers in a value that may be a value of a user: of at least three characters. */
function listValues(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(listValues);
	const text = String(value);
	return ['string', 'number'].includes(typeof value) && text.length > 2 ? [text] : [];
}

test('the output contains no value of a record, no code and no secret', async () => {
	const result = await checkAccess();
	const text = JSON.stringify([result.items, result.hints]);
	const stored = Object.values(fixture.sandbox.records).flatMap((list) => list.records);
	expect(stored.filter((record) => listValues(record).length === 0)).toEqual([]);
	const values = listValues(stored);
	expect(values.length).toBeGreaterThan(stored.length);
	// Words of our own texts: Sales Order, and POST.
	const found = new Set(values.filter((value) => text.includes(value)));
	expect([...found].filter((value) => !['Sales', 'POS'].includes(value))).toEqual([]);
	expectNoSecretInResult(fixture, result);
});

test('runs once per item, and adds the fields of the input item', async () => {
	const parameters = { resource: 'account', recordIds: {}, options: { includeInputFields: true } };
	const { outputs } = await fixture.runOperation('checkAccess', parameters, { items: [{ row: 1 }, { row: 2 }] });
	const items = outputs.flat();
	expect(items).toHaveLength(2 * EXPECTED_NAMES.length);
	expect(items.map(({ json, pairedItem }) => [json.row, pairedItem])).toEqual(
		[1, 2].flatMap((row) => EXPECTED_NAMES.map(() => [row, { item: row - 1 }])),
	);
});
