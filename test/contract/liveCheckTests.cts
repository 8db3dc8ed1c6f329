import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { messages } from '../../nodes/GoFive/api/messages';
import { clock } from '../../nodes/GoFive/time/clock';
import { SANDBOX_CREDENTIAL_DATA, type Fault, type Sandbox } from '../../sandbox/index.mts';
import type { LiveOptions } from '../../scripts/live/liveClient.mts';
import { QUESTIONS } from '../../scripts/live/questions.mts';
import { readLiveOptions, runLiveCheck, type LiveResult } from '../../scripts/live/runLiveCheck.mts';
import { setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));
const findRequests = (operationId: string) =>
	sandbox.requestLog.filter((receivedRequest) => receivedRequest.operationId === operationId);

const { now } = clock;
let skippedMs = 0;
// A wait takes no time, and the clock moves forward.
beforeAll(() => {
	jest.spyOn(clock, 'now').mockImplementation(() => now() + skippedMs);
	jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
		skippedMs += milliseconds;
	});
});
afterAll(() => jest.restoreAllMocks());

const ROOT = path.join(__dirname, '../..');
const VARIABLES = { GOFIVE_CUSTOMER_CODE: 'C000055' };
/** Date of the customer's first event, with the zone that a case gives it. */
const FIRST_EVENT_TIME = '2025-01-06T10:00:00';
const TEST_EVENT = { eventId: 1, eventName: 'n8n-nodes-gofive live check', eventDate: '2000-01-01T10:00:00+0000' };

/** Fills lists with more than 100 records. Returns the codes of a customer and a product to update. */
function fillLists(): Record<'GOFIVE_UPDATE_CUSTOMER_CODE' | 'GOFIVE_UPDATE_PRODUCT_CODE', string> {
	const { records } = sandbox;
	for (const list of [records.deals, records.products, records.quotations]) list.fill(101);
	records.customers.create({ customerType: 11300 }, 100);
	return {
		GOFIVE_UPDATE_CUSTOMER_CODE: String(records.customers.records[0]?.['customerCode']),
		GOFIVE_UPDATE_PRODUCT_CODE: String(records.products.records[0]?.['productCode']),
	};
}

/** Asks the questions with these IDs, or all of them. */
async function check(ids = Object.keys(QUESTIONS), options: Partial<LiveOptions> = {}): Promise<LiveResult> {
	const variables = { ...VARIABLES, ...fillLists() };
	const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
	const clientCredentials = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
	const credential = { ...clientCredentials, baseUrl: sandbox.url, ...options.credential };
	const questions = Object.fromEntries(Object.entries(QUESTIONS).filter(([id]) => ids.includes(id)));
	return await runLiveCheck({ variables, allowsWrites: true, ...options, credential }, questions);
}

/** Behaviour of the sandbox, or its answer to all requests for an operation except the first ones. */
type Setup = Parameters<typeof sandbox.setBehaviour>[0] | Fault;
const asUsual: Setup = {};
const respond = (target: string, answer: Fault['answer'], skip = 0, times: Fault['times'] = 'always'): Fault => {
	const match = target.startsWith('/') ? { path: target } : { operationId: target };
	return { match, answer, skip, times };
};
const respondWithData = (match: string, data: unknown, skip = 0): Fault =>
	respond(match, { status: 200, body: { status: { code: '1000', description: 'Success' }, data }, acts: true }, skip);
const respondWithEvents = (...events: object[]) => respondWithData('getCustomerEvents', events, 1);
const configure = (setup: Setup): void => ('answer' in setup ? sandbox.faults.add(setup) : sandbox.setBehaviour(setup));

const pagingCases = (takeKey: string, operationId: string, whenLarge: Setup = asUsual): typeof CASES => ({
	[`${takeKey}Limits`]: [asUsual, { ignoredPageKeys: [takeKey] }, { pageCap: 1 }],
	[`${takeKey}1000`]: [whenLarge, respond(operationId, { status: 400 }, 1)],
	[`${takeKey}Skip`]: [asUsual, { ignoredPageKeys: ['skip'] }, { pageCap: 1 }],
});

/** Configurations in which a statement is true, is false, and is not checked. */
const CASES: Record<string, [whenTrue: Setup, whenFalse: Setup, whenUndecidable?: Setup]> = {
	dateRangeInBody: [asUsual, { dropGetBody: true }],
	dateRangeInCamelCase: [respondWithEvents({ eventDate: FIRST_EVENT_TIME }), asUsual],
	dateRangeInQuery: [respondWithEvents({ eventDate: FIRST_EVENT_TIME }), asUsual],
	dateRangeEnds: [asUsual, respondWithData('getCustomerEvents', [], 3), { dropGetBody: true }],
	eventTypeIds: [asUsual, respondWithEvents({ eventType: 4 }, { eventType: 1 })],
	eventTypeIdsRepeated: [respondWithEvents({ eventType: 4 }, { eventType: 2 }), asUsual],
	...pagingCases('take', 'findQuotations'),
	// The first list has one record, so the next list decides.
	...pagingCases('pageLength', 'findCustomers', respondWithData('findCustomers', [{}])),
	writtenDateInThaiTime: [asUsual, respondWithData('getCustomerEvents', [TEST_EVENT])],
	eventUpdateKeepsFields: [
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
};

test.each(Object.entries(CASES))('%s is true, is false, and is not checked', async (id, setups) => {
	for (const [index, setup = asUsual] of setups.entries()) {
		sandbox.reset();
		configure(setup);
		const answer = ['true', 'false', 'not checked'][index];
		expect((await check([id])).answers[id]).toEqual([answer, expect.any(String)]);
	}
});

test('a statement that the account or the settings do not decide is not checked', async () => {
	const credential = { authentication: 'accessToken', accessToken: SANDBOX_CREDENTIAL_DATA.accessToken, clientId: '' };
	const variables = { GOFIVE_CUSTOMER_CODE: 'C000999' };
	const event = { eventName: TEST_EVENT.eventName, eventDate: '2000-01-01T10:00:00', eventType: 1 };
	sandbox.records.customerEvents.createFromRequest({ ...event, customerCode: 'C000999' });
	const { answers } = await check(undefined, { allowsWrites: false, credential, variables });
	const undecidedIds = Object.keys(answers).filter((id) => answers[id]?.[0] === 'not checked');
	const needingSettings = /^(date|event|customerUpdate|productUpdate)/;
	expect(undecidedIds).toEqual(Object.keys(QUESTIONS).filter((id) => needingSettings.test(id)));
	expect(answers.customerUpdateKeepsFields?.[1]).toMatch(/^Set GOFIVE_UPDATE_CUSTOMER_CODE /);
	expect((await check(['eventUpdateKeepsFields'], { allowsWrites: false })).answers).toEqual({
		eventUpdateKeepsFields: ['not checked', 'Add --allow-writes.'],
	});
	expect(sandbox.requestLog.map(({ operationId }) => operationId).join()).not.toMatch(/(create|update|delete)C/);
});

describe('failures', () => {
	let expected: LiveResult['answers'];
	beforeAll(async () => {
		sandbox.reset();
		expected = (await check()).answers;
	});

	test.each([302, 401, 403, 429, 503])('HTTP %d changes no answer', async (status) => {
		for (const skip of [36, 18, 1]) {
			sandbox.reset();
			configure({ match: {}, answer: { status }, skip, times: 'always' });
			const { answers } = await check();
			const isKept = (id: string) => ['not checked', expected[id]?.[0]].includes(answers[id]?.[0]);
			expect(Object.keys(answers).filter((id) => !isKept(id))).toEqual([]);
			expect(Object.values(answers).map(([answer]) => answer)).toContain('not checked');
			expect(findRequests('createToken').length).toBeLessThan(10);
		}
	});
});

test.each([
	[messages.clientCredentialsRejected.message, { clientSecret: 'wrong' }],
	[messages.subscriptionKeyInvalid.message, { subscriptionApiKey: 'wrong' }],
	[messages.tokenRejected.message, { authentication: 'accessToken', accessToken: 'wrong' }],
	[`${messages.noConnection.message} (tried 5 times)`, { baseUrl: 'http://127.0.0.1:1' }],
	[messages.baseUrlUnsafe('http://example.com').message, { baseUrl: 'http://example.com' }],
])('%s', async (message, credential) => {
	await expect(check([], { credential })).rejects.toMatchObject({ message });
});

test('missing variables are named', () => {
	const variables = { GOFIVE_SUBSCRIPTION_KEY: 'key', GOFIVE_CLIENT_ID: ' ' };
	const names = 'GOFIVE_CLIENT_ID, GOFIVE_CLIENT_SECRET, and GOFIVE_CUSTOMER_CODE';
	expect(() => readLiveOptions(variables, true)).toThrow(`Set ${names} in the environment`);
	const readToken = () => readLiveOptions({ GOFIVE_ACCESS_TOKEN: 'token' }, false);
	expect(readToken).toThrow('Set GOFIVE_SUBSCRIPTION_KEY in the environment');
});

test('a test event is deleted, and reported if it cannot be deleted', async () => {
	expect((await check(['eventUpdateKeepsFields'])).leftTestEvent).toBe(false);
	expect(findRequests('deleteCustomerEvent')).toHaveLength(1);
	configure(respond('deleteCustomerEvent', { status: 404 }));
	expect((await check(['eventUpdateKeepsFields'])).leftTestEvent).toBe(true);
});

/** Fills the sandbox with values and keys that the report must not contain. Returns all texts to search for. */
function fillWithMarkedValues(): string[] {
	const { customers, customerEvents } = sandbox.records;
	for (const event of customerEvents.records) customerEvents.updateFromRequest(event, { description: 'MARKED7' });
	fillLists();
	const [product = {}] = sandbox.records.products.records;
	const record = { ...product, 'MARKED 1': 'MARKED2', สมชาย: 'MARKED3', productTitle: 'MARKED4' };
	configure(respondWithData('getProduct', record));
	configure(respond('findDeals', { status: 500, body: { ...record, message: 'MARKED8' } }));
	const codes = customers.records.map(({ customerCode }) => String(customerCode));
	const eventTexts = customerEvents.records.flatMap(({ eventName, eventDate }) => [
		String(eventName),
		String(eventDate),
	]);
	return ['MARKED', 'สมชาย', ...Object.values(SANDBOX_CREDENTIAL_DATA), ...codes, ...eventTexts];
}

const expectNoValues = (text: string, values: string[]) =>
	expect(values.filter((value) => text.includes(value))).toEqual([]);

test.each<[Setup, Record<string, string>]>([
	[{}, {}],
	[{ tokenLifetimeRequests: 3 }, {}],
	[{ tokenLifetimeSeconds: 1, listIn: 'value' }, {}],
	[{ rateLimit: { requests: 2, perSeconds: 0.01 } }, {}],
	[{ pageCap: 1 }, { takeLimits: 'not checked', take1000: 'false', takeSkip: 'not checked' }],
	[{ pageCap: 2 }, { take1000: 'false' }],
])('the report is complete and contains no value: %j, %j', async (behaviour, changes) => {
	configure(behaviour);
	const values = fillWithMarkedValues();
	const { report } = await check();
	const changedAnswers: Record<string, string> = { take1000: 'true', ...changes };
	for (const [id, { statement }] of Object.entries(QUESTIONS)) {
		const answer = changedAnswers[id.replace('pageLength', 'take')] ?? String(CASES[id]?.[0] === asUsual);
		expect(report).toContain(`| ${id} | ${statement} | ${answer} |`);
	}
	expect(report).toMatch(
		/Filled before: .*\(other key\), productTitle\. Filled after: .*\(other key\), productTitle\./,
	);
	expect(report).toContain('| HTTP 200, status{code description} data');
	expectNoValues(report, values);
	const apiRequests = sandbox.requestLog.filter(({ operationId }) => operationId !== 'createToken');
	expect(apiRequests.filter(({ status = 0 }) => ![401, 429].includes(status)).length).toBeLessThan(80);
});

test('the script writes the report, or shows what is wrong', async () => {
	const values = fillWithMarkedValues();
	const folder = await mkdtemp(path.join(tmpdir(), 'gofive-live-'));
	const variables = {
		...VARIABLES,
		GOFIVE_BASE_URL: sandbox.url,
		GOFIVE_CLIENT_ID: SANDBOX_CREDENTIAL_DATA.clientId,
		GOFIVE_CLIENT_SECRET: SANDBOX_CREDENTIAL_DATA.clientSecret,
		GOFIVE_SUBSCRIPTION_KEY: SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
	};
	const runScript = async (changes: Record<string, string>) => {
		const env = { PATH: process.env['PATH'], HOME: folder, ...variables, ...changes };
		const args = [path.join(ROOT, 'scripts/checkLive.mts'), '--allow-writes'];
		const run = promisify(execFile)(path.join(ROOT, 'node_modules/.bin/tsx'), args, { cwd: folder, env });
		const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
		return stdout + stderr;
	};
	const [rejection, output] = await Promise.all([runScript({ GOFIVE_CLIENT_SECRET: 'MARKED6' }), runScript({})]);
	expect(rejection).toContain(`${messages.clientCredentialsRejected.message}.\nCheck the variables`);
	const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.md'));
	expect(output).toContain(file);
	expectNoValues(rejection + output + (await readFile(path.join(folder, file), 'utf8')), ['    at ', ...values]);
	await rm(folder, { recursive: true });
});
