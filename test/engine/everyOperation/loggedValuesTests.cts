import { createServer } from 'node:http';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GoFive } from '../../../nodes/GoFive/GoFive.node';
import { sources } from '../../../nodes/GoFive/trigger/sources';
import { fillNearlyAllFields, getFormFields, type FormField } from '../../support/formFields.cts';
import {
	allOperations,
	buildOperationRequest,
	findOperation,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import {
	gatewayError,
	responseOf,
	RESPONSES,
	success,
	toFullResponse,
	type HttpResponse,
} from '../../support/responses.cts';
import {
	CredentialStore,
	loadTrigger,
	runCredentialTest,
	runListSearch,
	runLoadOptions,
	runNode,
} from '../harness.cts';
import { captureLog } from '../harness/captureLog.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';
import { installSimulatedClock, type SimulatedClock } from '../executionFixture.cts';

const TOKEN_PATH = '/authorization/connect/token';
let answer: HttpResponse;
let tokenAnswer: HttpResponse;
let requestPaths: string[];
let baseUrl: string;
let simulatedClock: SimulatedClock;

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '', 'http://localhost');
	requestPaths.push(pathname);
	const { statusCode, headers, body } = toFullResponse(pathname === TOKEN_PATH ? tokenAnswer : answer);
	response.writeHead(statusCode, { 'content-type': 'application/json', ...headers }).end(body);
});

beforeAll(async () => void (baseUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`));
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => void (simulatedClock = installSimulatedClock()));
afterEach(() => simulatedClock.restore());

/** Texts and numbers that occur in values only. */
const MARK = 'ลับMARKED';
const MARKED_NUMBER = 98765432;
const MARKED_DAY = '2031-07-17';
const MARKS = /MARKED|ลับ|%E0%B8|98765432|2031/i;
const MARKED_SECRETS = {
	clientId: 'MARKED-client-id',
	clientSecret: 'MARKED-client-secret',
	subscriptionApiKey: 'MARKED-subscription-key',
};
/** Values that an input may accept, in the form of each kind of input. */
const CANDIDATES = [
	MARK,
	{ __rl: true, mode: 'id', value: MARK },
	{ __rl: true, mode: 'id', value: String(MARKED_NUMBER) },
	[MARK],
	[MARKED_NUMBER],
	MARKED_NUMBER,
	MARKED_DAY,
	`/v1/${MARK}`,
	JSON.stringify({ [MARK]: MARK }),
];

type Parameters = Record<string, unknown>;

/** Returns the text of the request that parameters lead to. Undefined if they are not accepted. */
function describeRequest({ operation }: OperationEntry, parameters: Parameters): string | undefined {
	try {
		const { path, query, body, bodyText } = buildOperationRequest(operation, parameters);
		return JSON.stringify({ path, query, body, bodyText });
	} catch {
		return undefined;
	}
}

/** Marks the value of an input, if one of the marked values is sent. */
function markField(entry: OperationEntry, field: FormField, parameters: Parameters): Parameters {
	const before = describeRequest(entry, parameters);
	for (const candidate of CANDIDATES) {
		const marked = field.setValue(parameters, candidate);
		const request = describeRequest(entry, marked);
		if (request !== undefined && request !== before) return marked;
	}
	return parameters;
}

/** Fills the inputs of a form with marked values, as far as it accepts them. */
function markParameters(entry: OperationEntry): IDataObject {
	let { parameters } = fillNearlyAllFields(entry);
	for (const field of getFormFields(entry)) {
		if (!field.isOutputOnly) parameters = markField(entry, field, parameters);
	}
	return parameters as IDataObject;
}

/** Builds a record with marked values under all keys that an operation knows, and under an unknown one. */
function buildMarkedRecord({ operation }: OperationEntry): IDataObject {
	const columns = Object.entries(operation.entity?.columns ?? {});
	const keys = columns.flatMap(([key, { paths = [key] }]) => paths).map((path) => path.replace(/\..*$/, ''));
	return Object.fromEntries([...keys, MARK].map((key) => [key, MARK]));
}

const MARKED_FAILURE = { message: MARK, errors: { [MARK]: [MARK] }, status: { code: MARK, description: MARK } };

/** Returns responses with marked values to each operation: records in two forms, and failures. */
const listAnswers = (record: IDataObject): HttpResponse[] => [
	success([record], MARK),
	responseOf({ data: { value: [record, record], total: MARKED_NUMBER, [MARK]: MARK } }),
	responseOf(MARKED_FAILURE, 400),
	responseOf(MARKED_FAILURE, 503),
];

/** Other responses with marked values. */
const OTHER_ANSWERS: HttpResponse[] = [
	success(MARK, MARK),
	success({ [MARK]: MARK, data: [MARK], errors: { [MARK]: MARK } }, MARK),
	responseOf({ data: [{ [MARK]: MARK }], [MARK]: MARK }),
	responseOf([MARK, { [MARK]: MARK }]),
	responseOf(JSON.stringify(MARK)),
	responseOf(MARKED_FAILURE),
	responseOf({ status: { code: String(MARKED_NUMBER), description: MARK } }),
	responseOf(`${String(RESPONSES.webPage.body)}${MARK}`),
	responseOf(`{"data":["${MARK}`),
	responseOf(MARK, 302, { location: 'https://marked.example/MARKED' }),
	...[401, 403, 404, 405, 500].map((status) => responseOf(MARKED_FAILURE, status)),
	gatewayError(401, `Access denied due to invalid subscription key. ${MARK}`),
	responseOf(MARKED_FAILURE, 429, { 'retry-after': '120' }),
];

const MARKED_TOKEN: HttpResponse = responseOf({ access_token: 'MARKED-token' });

/** Sends the same response to every request, and another one to every token request. */
function respondAlways(newAnswer: HttpResponse, newTokenAnswer = MARKED_TOKEN): void {
	[answer, tokenAnswer, requestPaths] = [newAnswer, newTokenAnswer, []];
}

const getCredential = () => ({ authentication: 'clientCredentials', ...MARKED_SECRETS, baseUrl });
const createCredentialStore = () => new CredentialStore(getCredential());

/**
 * Expects that the node has written lines about its requests, and that no line has a marked value. With On Error set to
 * Stop, n8n itself logs the parameters of a node that failed.
 */
function expectUnmarkedLines(logs: string): void {
	const lines = logs.split('\n');
	expect(lines.filter((line) => line.startsWith('debug GoFive request ')).length).toBeGreaterThan(0);
	expect(lines.filter((line) => MARKS.test(line))).toEqual([]);
}

async function runAndExpectUnmarkedLines(entry: OperationEntry, parameters: IDataObject) {
	const { logs, error } = await runNode({
		parameters: { resource: entry.resource, operation: entry.operation.value, ...parameters },
		credentialStore: createCredentialStore(),
		items: [{ [MARK]: MARK }],
		onError: 'continueRegularOutput',
	});
	expect(error).toBeUndefined();
	expectUnmarkedLines(logs);
}

test.each(allOperations)('$name', async (entry) => {
	const parameters: IDataObject = { ...markParameters(entry), options: { addNames: true } };
	// Without a text, number or date in the form, nothing is marked.
	expect(MARKS.test(describeRequest(entry, parameters) ?? '')).toBe(MARKS.test(JSON.stringify(parameters)));
	for (const markedAnswer of listAnswers(buildMarkedRecord(entry))) {
		respondAlways(markedAnswer);
		await runAndExpectUnmarkedLines(entry, parameters);
	}
});

describe.each(['customer.getAll', 'quotation.upsert', 'endpoint.sendRequest'])('%s', (name) => {
	const entry = findOperation(name);
	const parameters = markParameters(entry);

	test.each(OTHER_ANSWERS)('response %j', async (markedAnswer) => {
		respondAlways(markedAnswer);
		await runAndExpectUnmarkedLines(entry, parameters);
	});

	test.each([...OTHER_ANSWERS, responseOf(MARKED_FAILURE, 503)])(
		'response to a token request %j',
		async (markedAnswer) => {
			respondAlways(success([]), markedAnswer);
			await runAndExpectUnmarkedLines(entry, parameters);
			expect(new Set(requestPaths)).toEqual(new Set([TOKEN_PATH]));
			const { logs } = await runCredentialTest(getCredential());
			expect(logs.split('\n').filter((line) => MARKS.test(line))).toEqual([]);
		},
	);
});

test('a connection that cannot be opened', async () => {
	const credential = { ...MARKED_SECRETS, baseUrl: 'http://127.0.0.1:1' };
	const { logs } = await runNode({
		parameters: { resource: 'customer', operation: 'get', customerCode: MARK },
		onError: 'continueRegularOutput',
		credential: { ...credential, authentication: 'accessToken', accessToken: 'MARKED-token' },
	});
	expectUnmarkedLines(logs);
	expect(logs).toContain('ECONNREFUSED');
});

describe('lists', () => {
	const { loadOptions = {}, listSearch = {} } = new GoFive().methods;
	const record = { [MARK]: MARK, staffCode: MARK, eventTypeId: MARKED_NUMBER, dealStageId: MARKED_NUMBER };
	const loads = [
		...Object.keys(loadOptions).map((method) => ({
			method,
			load: async (options: object) => void (await runLoadOptions(method, options)),
		})),
		...Object.keys(listSearch).map((method) => ({
			method: `${method} with a search`,
			load: async (options: object) => void (await runListSearch(method, options, MARK, `100|["${MARK}"]`)),
		})),
	];

	test.each(loads)('$method', async ({ load }) => {
		for (const markedAnswer of [success([record, { ...record, [MARK]: 1 }]), responseOf(MARKED_FAILURE, 400)]) {
			respondAlways(markedAnswer);
			const logs = captureLog();
			await load({ credentialStore: createCredentialStore() }).catch(() => undefined);
			expectUnmarkedLines(logs());
		}
	});
});

describe('trigger', () => {
	const kindsAndSources = sources.flatMap((source) =>
		['newOrChanged', ...(source.status ? ['unchanged'] : [])].map((kind) => ({ kind, ...source })),
	);
	test.each(kindsAndSources)('$kind $name', async ({ kind, value, entity }) => {
		const keys = [...Object.keys(entity.columns), ...(entity.idColumns ?? []), 'dealsId', MARK];
		const record = Object.fromEntries(keys.map((key) => [key, MARK]));
		const parameters: INodeParameters = {
			triggerOn: `${kind}${value}`,
			customerCodes: MARK,
			filters: { searchText: MARK },
			options: { addNames: true, includeExistingRecords: true, includePreviousValues: true },
		};
		for (const markedAnswer of [
			success([record]),
			responseOf({ data: [{ [MARK]: MARK }] }),
			responseOf(MARKED_FAILURE, 400),
		]) {
			respondAlways(markedAnswer);
			const trigger = loadTrigger({ parameters, credentialStore: createCredentialStore() });
			for (const mode of ['manual', 'trigger'] as const) expectUnmarkedLines((await trigger.poll({ mode })).logs);
		}
	});
});
