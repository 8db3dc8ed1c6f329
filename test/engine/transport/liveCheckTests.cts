import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../../../nodes/GoFive/time/clock';
import { SANDBOX_CREDENTIAL_DATA, type Fault } from '../../../sandbox/index.mts';
import type { LiveOptions } from '../../../scripts/live/liveSession.mts';
import { QUESTIONS } from '../../../scripts/live/questions.mts';
import { runLiveCheck, type LiveResult } from '../../../scripts/live/runLiveCheck.mts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { runRequestNode } from '../harness.cts';

const fixture = setupExecutionFixture();

/** Real time of a wait in ms. */
const WAIT_MS = 5;
const { now } = clock;
let skippedMs = 0;
// A wait after HTTP 429 takes hardly any time, and the clock moves forward by the rest.
beforeAll(() => {
	jest.spyOn(clock, 'now').mockImplementation(() => now() + skippedMs);
	jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
		skippedMs += Math.max(0, milliseconds - WAIT_MS);
		await sleep(WAIT_MS);
	});
});
afterAll(() => jest.restoreAllMocks());

const ROOT = path.join(__dirname, '../../..');
const VARIABLES = {
	GOFIVE_CUSTOMER_CODE: 'C000055',
	GOFIVE_ACTIVITY_ID: '120345',
	GOFIVE_CASE_NO: 'T250200010',
	GOFIVE_CONTRACT_NO: 'CONT250600006',
	GOFIVE_SALES_ORDER_NO: 'SO24090001',
};
/** Date of the customer's first event, with the zone that a case gives it. */
const FIRST_EVENT_TIME = '2025-01-06T10:00:00';
const TEST_EVENT = { eventId: 1, eventName: 'n8n-nodes-gofive live check', eventDate: '2000-01-01T10:00:00+0000' };

async function check(ids?: string[], options: Partial<LiveOptions> = {}): Promise<LiveResult> {
	const credential = { ...fixture.credential, ...options.credential } as LiveOptions['credential'];
	const { records } = fixture.sandbox;
	// Lists with more than 100 records. The expenses stay those of the last days, and the records of VARIABLES stay.
	const keptLists = [records.expenses, records.cases, records.contracts, records.salesOrders];
	for (const list of Object.values(records)) if (!keptLists.includes(list)) list.fill();
	records.customers.create({ customerType: 11300 }, 100);
	const updatedCodes = {
		GOFIVE_UPDATE_CUSTOMER_CODE: String(records.customers.records[0]?.['customerCode']),
		GOFIVE_UPDATE_PRODUCT_CODE: String(records.products.records[0]?.['productCode']),
	};
	const variables = { ...VARIABLES, ...updatedCodes };
	const liveOptions = { variables, allowsWrites: true, ...options, credential };
	const questions = ids && Object.fromEntries(Object.entries(QUESTIONS).filter(([id]) => ids.includes(id)));
	async function run(this: IExecuteFunctions) {
		return await runLiveCheck(this, liveOptions, questions);
	}
	const { items, error } = await runRequestNode(run, { credential });
	if (error) throw error;
	return items[0]?.['response'] as unknown as LiveResult;
}

/** Behaviour of the sandbox, or its answer to all requests for an operation except the first ones. */
type Setup = Parameters<typeof fixture.sandbox.setBehaviour>[0] | Fault;
const asUsual: Setup = {};
const respond = (target: string, answer: Fault['answer'], skip = 0, times: Fault['times'] = 'always'): Fault => {
	const match = target.startsWith('/') ? { path: target } : { operationId: target };
	return { match, answer, skip, times };
};
const respondWithData = (match: string, data: unknown, skip = 0): Fault =>
	respond(match, { status: 200, body: { status: { code: '1000', description: 'Success' }, data }, acts: true }, skip);
const respondWithEvents = (...events: object[]) => respondWithData('getCustomerEvents', events, 1);
const respondWithDates = (offset: string) =>
	respondWithData('getCustomerEvents', Array(2).fill({ eventDate: `${FIRST_EVENT_TIME}${offset}` }));
const configure = (setup: Setup): void =>
	'answer' in setup ? fixture.sandbox.addFault(setup) : fixture.sandbox.setBehaviour(setup);

const omitRetryAfter = respond('getCustomerEventTypes', { kind: 'rateLimited', retryAfter: 'none' }, 0, 1);
const rejectToken = respond('getCustomerEventTypes', { kind: 'unauthorized', because: 'token' }, 1, 1);
const respondWithToken = respond('createToken', { status: 200, body: { access_token: 'x' } }, 2);
const acceptEventTypes = respondWithData('getCustomerEventTypes', [], 1);
const pagingCases = (takeKey: string, operationId: string, whenLarge: Setup = asUsual): typeof CASES => ({
	[`${takeKey}Limits`]: [asUsual, { ignoredPageKeys: [takeKey] }, { pageCap: 1 }],
	[`${takeKey}1000`]: [whenLarge, respond(operationId, { status: 400 }, 1)],
	[`${takeKey}Skip`]: [asUsual, { ignoredPageKeys: ['skip'] }, { pageCap: 1 }],
	[`${takeKey}Pages`]: [asUsual, { ignoredPageKeys: ['skip'] }],
});

/** Configurations in which a statement is true, is false, and is not checked. */
const CASES: Record<string, [whenTrue: Setup, whenFalse: Setup, whenUndecidable?: Setup]> = {
	codeIsText: [asUsual, respond('getCustomerEventTypes', { kind: 'numericCode' })],
	pathCase: [respondWithData('/V1/CUSTOMEREVENT/EVENT-TYPES', []), asUsual],
	invalidRequest: [asUsual, respond('getCustomerEvents', { status: 400, body: { title: 'Bad Request' } })],
	unknownCustomer: [asUsual, respondWithEvents()],
	customerWithoutEvents: [
		asUsual,
		respond('getCustomerEvents', { status: 400 }),
		respondWithData('getCustomerEvents', [TEST_EVENT]),
	],
	businessErrorStatus: [asUsual, respond('getCustomerEvents', { status: 400 }, 1)],
	dateRangeInBody: [asUsual, { dropGetBody: true }],
	dateRangeInCamelCase: [respondWithEvents({ eventDate: FIRST_EVENT_TIME }), asUsual],
	dateRangeInQuery: [respondWithEvents({ eventDate: FIRST_EVENT_TIME }), asUsual],
	dateRangeEnds: [asUsual, respondWithData('getCustomerEvents', [], 2), { dropGetBody: true }],
	eventTypeIds: [asUsual, respondWithEvents({ eventType: 4 }, { eventType: 1 })],
	eventTypeIdsRepeated: [respondWithEvents({ eventType: 4 }, { eventType: 2 }), asUsual],
	eventDateOffset: [asUsual, respondWithDates('+07:00')],
	eventDateInThaiTime: [asUsual, respondWithDates('+0000')],
	...pagingCases('take', 'findQuotations'),
	// The first list has one record, so the next list decides.
	...pagingCases('pageLength', 'findCustomers', respondWithData('findCustomers', [{}])),
	customerListHasOwners: [
		asUsual,
		respondWithData('findCustomers', [{ customerCode: 'A' }]),
		respondWithData('findCustomers', []),
	],
	createReturnsEvent: [asUsual, respondWithData('createCustomerEvent', true)],
	writtenDateInThaiTime: [asUsual, respondWithData('getCustomerEvents', [TEST_EVENT])],
	updatePath: [asUsual, respond('updateCustomerEvent', { status: 404 })],
	updateKeepsFields: [
		asUsual,
		respondWithData('getCustomerEvents', [TEST_EVENT], 2),
		respondWithData('getCustomerEvents', [TEST_EVENT]),
	],
	customerUpdateKeepsFields: [
		asUsual,
		respondWithData('getCustomer', { customerCode: 'A' }, 1),
		respondWithData('getCustomer', { customerCode: 'A', customerPhone: '1' }),
	],
	productUpdateKeepsFields: [
		asUsual,
		respondWithData('getProduct', { productCode: 'A' }, 1),
		respondWithData('getProduct', { productCode: 'A' }),
	],
	deletePath: [asUsual, respond('deleteCustomerEvent', { status: 404 })],
	missingKey: [asUsual, acceptEventTypes, { ...rejectToken, times: 'always' }],
	invalidKey: [asUsual, rejectToken, respond('getCustomerEventTypes', { status: 403 }, 1)],
	invalidToken: [asUsual, acceptEventTypes, respond('getCustomerEventTypes', { status: 403 }, 1)],
	tokenNeedsKey: [asUsual, respondWithToken, respond('createToken', { status: 403 }, 2)],
	olderTokenStaysValid: [asUsual, { newTokenEndsOlder: true }],
	retryAfter: [respond('createToken', { kind: 'rateLimited' }, 0, 1), omitRetryAfter],
};

test.each(Object.entries(CASES))('%s is true, is false, and is not checked', async (id, setups) => {
	for (const [index, setup = asUsual] of setups.entries()) {
		fixture.sandbox.reset();
		configure(setup);
		const answer = ['true', 'false', 'not checked'][index];
		expect((await check([id])).answers[id]).toEqual([answer, expect.any(String)]);
	}
});

test('a statement that the account or the settings do not decide is not checked', async () => {
	const credential = { authentication: 'accessToken', accessToken: SANDBOX_CREDENTIAL_DATA.accessToken, clientId: '' };
	const variables = { GOFIVE_CUSTOMER_CODE: 'C000999', GOFIVE_CASE_NO: 'T1' };
	fixture.sandbox.store.createEvent({ ...TEST_EVENT, customerCode: 'C000999', eventType: 1 });
	const { answers, report } = await check(undefined, { allowsWrites: false, credential, variables });
	const undecidedIds = Object.keys(answers).filter((id) => answers[id]?.[0] === 'not checked');
	const needingSettings = /^(date|event|create|update|customerUpdate|productUpdate|delete|token|olderToken|retryAfter)/;
	expect(undecidedIds).toEqual(Object.keys(QUESTIONS).filter((id) => needingSettings.test(id)));
	expect(report).toContain('Set GOFIVE_SALES_ORDER_NO.');
	expect(report).toContain('Not Checked: Check GOFIVE_CASE_NO. HTTP 200');
	expect(answers.deletePath).toEqual(['not checked', 'Add --allow-writes.']);
	expect(fixture.apiRequests.map(({ operationId }) => operationId).join()).not.toMatch(/(create|update|delete)C/);
});

test.each([302, 401, 403, 429, 503])('HTTP %d changes no answer to a question about anything else', async (status) => {
	const { answers: expected } = await check();
	for (let skip = 46; skip > 0; skip -= 15) {
		fixture.sandbox.reset();
		configure({ match: {}, answer: { status }, skip, times: 'always' });
		const { answers } = await check();
		const isKept = (id: string) => ['not checked', expected[id]?.[0]].includes(answers[id]?.[0]);
		expect(Object.keys(answers).filter((id) => !isKept(id))).toEqual(status === 429 ? ['retryAfter'] : []);
		const reason = `(HTTP ${status}|GoFive rejected two new tokens)`;
		expect(answers.takeSkip?.[1]).toMatch(RegExp(skip > 1 ? '' : `^quotation.*: ${reason}`));
		expect(fixture.findRequests('createToken').length).toBeLessThan(10);
	}
});

test.each([
	['GoFive rejected the client ID or the client secret', { clientSecret: 'wrong' }],
	['GoFive rejected the subscription key', { subscriptionApiKey: 'wrong' }],
	['GoFive rejected the access token', { authentication: 'accessToken', accessToken: 'wrong' }],
	['n8n could not connect to GoFive', { baseUrl: 'http://127.0.0.1:1' }],
	['The base URL http://example.com is not allowed', { baseUrl: 'http://example.com' }],
])('%s', async (message, credential) => {
	await expect(check([], { credential })).rejects.toMatchObject({ message, description: expect.any(String) });
});

test('a test event is deleted, and reported if it cannot be deleted', async () => {
	expect((await check(['updatePath'])).leftTestEvent).toBe(false);
	expect(fixture.findRequests('deleteCustomerEvent')).toHaveLength(1);
	configure(respond('deleteCustomerEvent', { status: 404 }));
	expect((await check(['updatePath', 'deletePath'])).leftTestEvent).toBe(true);
});

/** Fills the sandbox with values and keys that the report must not contain. Returns all texts to search for. */
function fillWithMarkedValues(): string[] {
	const { store } = fixture.sandbox;
	const record = { 'MARKED 1': 'MARKED2', สมชาย: 'MARKED3', fullname: 'MARKED4', productCode: 'MARKED5' };
	for (const { eventId } of store.events) store.updateEvent(eventId, { description: 'MARKED7' });
	configure(respondWithData('listProducts', [record, record]));
	configure(respond('getProductUnits', { status: 500, body: { ...record, message: 'MARKED8' } }));
	const eventTexts = store.events.flatMap((event) => [event.eventName, event.eventDate]);
	return ['MARKED', 'สมชาย', ...Object.values(SANDBOX_CREDENTIAL_DATA), ...store.customers.keys(), ...eventTexts];
}

const expectNoValues = (text: string, values: string[]) =>
	expect(values.filter((value) => text.includes(value))).toEqual([]);

test.each<[Setup, Record<string, string>]>([
	[{}, {}],
	[{ tokenLifetimeRequests: 3 }, {}],
	[{ tokenLifetimeSeconds: 1, listIn: 'value' }, {}],
	[{ rateLimit: { requests: 2, perSeconds: 0.05 } }, { retryAfter: 'true' }],
	[{ pageCap: 1 }, { takeLimits: 'not checked', take1000: 'false', takeSkip: 'not checked' }],
	[{ pageCap: 2 }, { take1000: 'false' }],
])('the report is complete and contains no value: %j, %j', async (behaviour, changes) => {
	configure(behaviour);
	const values = fillWithMarkedValues();
	const { report } = await check();
	const changedAnswers: Record<string, string> = { retryAfter: 'not checked', take1000: 'true', ...changes };
	for (const [id, { statement }] of Object.entries(QUESTIONS)) {
		const answer = changedAnswers[id.replace('pageLength', 'take')] ?? String(CASES[id]?.[0] === asUsual);
		expect(report).toContain(`| ${id} | ${statement} | ${answer} |`);
	}
	expect(report).toContain('| (other key) (text), fullname (text) |');
	expect(report).not.toContain('Not Checked');
	expect(report).toMatch(
		/\| Customer > Customers Filter \(Any Endpoint\).* \| GET \/v1\/Customers\/filter \| Works: GoFive returned records\. HTTP 200, /,
	);
	expectNoValues(report, values);
	expect(fixture.apiRequests.filter(({ status = 0 }) => ![401, 429].includes(status)).length).toBeLessThan(80);
});

test('the script writes the report, and names missing variables', async () => {
	const values = fillWithMarkedValues();
	const folder = await mkdtemp(path.join(tmpdir(), 'gofive-live-'));
	const runScript = async (variables: Record<string, string>) => {
		const env = { PATH: process.env['PATH'], HOME: folder, ...variables };
		const command = [path.join(ROOT, 'node_modules/.bin/tsx'), path.join(ROOT, 'scripts/checkLive.mts')] as const;
		const run = promisify(execFile)(command[0], [command[1], '--allow-writes'], { cwd: folder, env });
		const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
		return stdout + stderr;
	};
	const names = 'GOFIVE_CLIENT_ID, GOFIVE_CLIENT_SECRET, and GOFIVE_CUSTOMER_CODE';
	expect(await runScript({ GOFIVE_SUBSCRIPTION_KEY: 'key' })).toContain(`Set ${names} in the environment.`);
	const variables = {
		...VARIABLES,
		GOFIVE_BASE_URL: fixture.sandbox.url,
		GOFIVE_CLIENT_ID: SANDBOX_CREDENTIAL_DATA.clientId,
		GOFIVE_CLIENT_SECRET: SANDBOX_CREDENTIAL_DATA.clientSecret,
		GOFIVE_SUBSCRIPTION_KEY: SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
	};
	const rejection = await runScript({ ...variables, GOFIVE_CLIENT_SECRET: 'MARKED6' });
	expect(rejection).toContain('GoFive rejected the client ID or the client secret.\nCheck the variables');
	const output = rejection + (await runScript(variables));
	const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.md'));
	expect(output).toContain(file);
	expectNoValues(output + (await readFile(path.join(folder, file), 'utf8')), ['    at ', ...values]);
	await rm(folder, { recursive: true });
});
