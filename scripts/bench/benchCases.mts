import path from 'node:path';
import { UserFacingError } from '../instance/userFacingError.mts';
import { NEWEST_RELEASE } from '../instance/n8nReleases.mts';
import * as metrics from './benchMetrics.mts';
import { LARGE_CUSTOMER_EVENTS } from './benchFixture.mts';
import type { BenchBound, BenchCase, BenchFixture, BenchVariant } from './benchFixture.mts';
import type { LoaderTask } from './loadPackage.mts';
import { buildAllCustomersNodes, buildCustomersChainNodes, buildDateFormatNodes } from './benchWorkflows.mts';

const HTTP_REQUEST_TITLE = 'HTTP Request + Split Out';
const GOFIVE_TITLE = 'GoFive';
const RATE_LIMIT_PER_SECOND = 20;
/** Number of records that a measured poll reads. */
const POLLED_RECORDS = 10_000;
/** Limits the time of a variant relative to that of another one. */
const timeBound = (base: string, bound: number, variant: BenchVariant, otherVariant: BenchVariant): BenchBound => ({
	title: `time relative to ${base}`,
	bound,
	value: metrics.ratioBetween(variant, otherVariant),
});

/** Limits the number of requests of an operation in one execution. */
const requestBound = (title: string, bound: number, variant: BenchVariant, operation: string): BenchBound => ({
	title,
	bound,
	value: (getSamples) => Math.max(...metrics.countRequestsPerSample(getSamples(variant), operation)),
});

/** Comparison of the GoFive node with HTTP Request for different customer codes. */
interface CodesComparison extends Pick<BenchCase, 'title' | 'mode' | 'behaviour'> {
	/** Number of codes. */
	count: number;
	/** Highest time relative to that of HTTP Request. Without it, the times are only compared. */
	maxRatio?: number;
	/** Value of Max Parallel Requests of a GoFive node with which the time is compared instead. */
	maxParallelRequests?: number;
}

/** Measures different customer codes. */
const compareCodes =
	({ count, maxRatio, maxParallelRequests, ...comparison }: CodesComparison) =>
	(fixture: BenchFixture): BenchCase => {
		const codes = fixture.codes.slice(0, count);
		const goFiveVariant = fixture.createGoFiveVariant(GOFIVE_TITLE, { codes });
		const setting = maxParallelRequests === undefined ? undefined : `Max Parallel Requests ${maxParallelRequests}`;
		const baseVariant = setting
			? fixture.createGoFiveVariant(`GoFive, ${setting}`, { codes, options: { maxParallelRequests } })
			: fixture.createHttpVariant(HTTP_REQUEST_TITLE, { codes });
		const bounds: BenchBound[] = [];
		if (maxRatio !== undefined) bounds.push(timeBound(setting ?? 'HTTP Request', maxRatio, goFiveVariant, baseVariant));
		return { ...comparison, variants: [baseVariant, goFiveVariant], times: 5, bounds };
	};

/** Measures 1,000 items with 100 customers, which share their requests. */
function repeatedCodes(fixture: BenchFixture): BenchCase {
	const codes = Array.from({ length: 1000 }, (_, item) => fixture.codes[item % 100] ?? '');
	const httpVariant = fixture.createHttpVariant(HTTP_REQUEST_TITLE, { codes });
	const goFiveVariant = fixture.createGoFiveVariant(GOFIVE_TITLE, { codes });
	return {
		title: '1,000 items with 100 codes, new process',
		variants: [httpVariant, goFiveVariant],
		mode: 'new process',
		times: 3,
		bounds: [
			requestBound('requests for events', 100, goFiveVariant, 'getCustomerEvents'),
			requestBound('requests for event types', 1, goFiveVariant, 'getCustomerEventTypes'),
			requestBound('requests for a token, in a new installation', 1, goFiveVariant, 'createToken'),
			timeBound('HTTP Request', 0.25, goFiveVariant, httpVariant),
		],
	};
}

/** Measures the option Add Names, which reads each customer once. */
function addedNames(fixture: BenchFixture): BenchCase {
	const { codes } = fixture;
	const namesVariant = fixture.createGoFiveVariant('GoFive, Add Names', { codes, options: { addNames: true } });
	return {
		title: '1,000 codes with names, warm server',
		variants: [fixture.createGoFiveVariant(GOFIVE_TITLE, { codes }), namesVariant],
		mode: 'warm server',
		times: 3,
		bounds: [requestBound('requests for names', 1000, namesVariant, 'getCustomer')],
	};
}

/** Measures a rate limit with Retry-After. */
function rateLimit(fixture: BenchFixture): BenchCase {
	const codes = fixture.codes.slice(0, 200);
	const goFiveVariant = fixture.createGoFiveVariant(GOFIVE_TITLE, { codes, continueOnFail: true });
	// The bucket is full at the start, the other requests pass at the rate.
	const idealSeconds = (codes.length - RATE_LIMIT_PER_SECOND) / RATE_LIMIT_PER_SECOND;
	const batch = { batchSize: RATE_LIMIT_PER_SECOND, batchInterval: 1000 };
	const batchTitle = `${HTTP_REQUEST_TITLE}, batches of ${RATE_LIMIT_PER_SECOND} every second`;
	return {
		title: `200 codes, ${RATE_LIMIT_PER_SECOND} requests per second, Retry-After 1 s`,
		variants: [
			fixture.createHttpVariant(HTTP_REQUEST_TITLE, { codes }, { times: 1 }),
			fixture.createHttpVariant(batchTitle, { codes, batch }, { times: 1 }),
			goFiveVariant,
		],
		mode: 'server',
		times: 3,
		behaviour: { rateLimit: { requests: RATE_LIMIT_PER_SECOND, perSeconds: 1 } },
		bounds: [
			{ title: 'codes lost', bound: 0, value: (getSamples) => metrics.maxLostCodes(getSamples(goFiveVariant)) },
			{
				title: `time relative to the ideal ${idealSeconds} s`,
				bound: 1.15,
				value: (getSamples) => metrics.medianTimeMs(getSamples(goFiveVariant)) / 1000 / idealSeconds,
			},
		],
		formatNote: (samples) =>
			`${metrics.maxLostCodes(samples)} lost, ${Math.max(...metrics.countRequestsPerSample(samples))} requests`,
	};
}

/** Measures one customer with very many events, one item per event with readable dates. */
function manyEvents(fixture: BenchFixture): BenchCase {
	const yearQuery = { codes: [fixture.largeCustomerCode], from: '2025-01-01', to: '2025-12-31' };
	const httpVariant = fixture.createHttpVariant(`${HTTP_REQUEST_TITLE} + Edit Fields`, yearQuery, {
		times: 1,
		eventsPerCode: LARGE_CUSTOMER_EVENTS,
		followingNodes: buildDateFormatNodes(),
	});
	const goFiveVariant = fixture.createGoFiveVariant(GOFIVE_TITLE, yearQuery, { eventsPerCode: LARGE_CUSTOMER_EVENTS });
	const inputFieldsQuery = { ...yearQuery, options: { includeInputFields: true } };
	const inputFieldsVariant = fixture.createGoFiveVariant('GoFive, Include Input Fields', inputFieldsQuery, {
		eventsPerCode: LARGE_CUSTOMER_EVENTS,
	});
	return {
		title: `One customer with ${LARGE_CUSTOMER_EVENTS.toLocaleString('en')} events, new process`,
		variants: [httpVariant, goFiveVariant, inputFieldsVariant],
		mode: 'new process',
		times: 3,
		bounds: [
			timeBound('HTTP Request, Split Out and Edit Fields', 0.1, goFiveVariant, httpVariant),
			{
				title: 'peak memory of n8n relative to HTTP Request, Split Out and Edit Fields',
				bound: 1,
				value: metrics.ratioBetween(goFiveVariant, httpVariant, metrics.medianPeakBytes),
			},
		],
		formatNote: (samples) => `peak ${Math.round(metrics.medianPeakBytes(samples) / 1e6)} MB`,
	};
}

/** Measures the events of 3,000 customers of three states in one node, and in a chain of two. */
function allCustomers(fixture: BenchFixture): BenchCase {
	const { customerCount } = fixture;
	const chainVariant = fixture.createAllCustomersVariant(
		'Customer > Get Many + Get by Customer Code',
		buildCustomersChainNodes(),
	);
	const nodeVariant = fixture.createAllCustomersVariant('Customer Event > Get Many', buildAllCustomersNodes());
	return {
		title: `The events of all ${customerCount.toLocaleString('en')} customers, new process`,
		variants: [chainVariant, nodeVariant],
		mode: 'new process',
		times: 5,
		bounds: [
			timeBound('two nodes', 1.1, nodeVariant, chainVariant),
			{
				title: 'peak memory of n8n relative to two nodes',
				bound: 1,
				value: metrics.ratioBetween(nodeVariant, chainVariant, metrics.medianPeakBytes),
			},
			requestBound('requests for events, one node', customerCount, nodeVariant, 'getCustomerEvents'),
		],
		formatNote: (samples) => `peak ${Math.round(metrics.medianPeakBytes(samples) / 1e6)} MB`,
	};
}

/** Measures n8n's own loader with this package and with n8n's Pipedrive node, each in a new process. */
function packageLoading(fixture: BenchFixture): BenchCase {
	const { script, scriptsFolder } = fixture;
	const { release, n8n, env } = fixture.instance;
	const packagesFolder = path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'nodes', 'node_modules');
	const modulesFolder = path.resolve(n8n.cliPath, '../../..');
	const createLoaderVariant = (title: string, task: Omit<LoaderTask, 'program'>): BenchVariant => ({
		title,
		async execute() {
			// n8n also sets NODE_PATH, so that community packages find n8n-workflow.
			const envWithModules = { ...env, NODE_PATH: modulesFolder };
			const args = [path.join(scriptsFolder, 'loadPackage.mjs'), JSON.stringify({ ...task, program: n8n.cliPath })];
			const { ok, output } = await script.runCommand(n8n.nodePath, args, { env: envWithModules });
			const milliseconds = Number(/^\[([\d.]+)\]$/mu.exec(output)?.[1]);
			if (ok && milliseconds > 0) return { milliseconds };
			throw new UserFacingError("n8n's loader could not be measured.", `Its output is in ${script.logFile}`);
		},
	});
	const pipedriveVariant = createLoaderVariant("n8n's Pipedrive node and its credential", {
		folder: path.join(modulesFolder, 'n8n-nodes-base'),
		nodes: ['dist/nodes/Pipedrive/Pipedrive.node.js'],
		credentials: ['dist/credentials/PipedriveApi.credentials.js'],
	});
	const folder = path.join(packagesFolder, 'n8n-nodes-gofive');
	const goFiveVariant = createLoaderVariant('the whole GoFive package', { folder });
	return {
		title: "Loading in n8n's loader",
		variants: [pipedriveVariant, goFiveVariant],
		mode: 'new process',
		times: 31,
		// The Pipedrive node of n8n 1 loads in about a quarter of the time. The bound refers to that of n8n 2.
		bounds: release === NEWEST_RELEASE ? [timeBound('the Pipedrive node', 1.3, goFiveVariant, pipedriveVariant)] : [],
	};
}

/** Measures a poll of many records, of which one is new, and the state that n8n stores. */
function manyRecords(fixture: BenchFixture): BenchCase {
	const { deals, quotations } = fixture.instance.sandbox.records;
	deals.create({}, POLLED_RECORDS - deals.records.length);
	quotations.create({}, POLLED_RECORDS - quotations.records.length);
	for (const [index, record] of quotations.records.entries()) record.quotationNo = `ใบเสนอราคา-${10_000 + index}`;
	const variants = [
		fixture.createPollVariant('10,000 deals', 'newOrChangedDeal', deals),
		fixture.createPollVariant('10,000 quotations with Thai numbers', 'newOrChangedQuotation', quotations),
	];
	return {
		title: 'A poll of GoFive Trigger with one new record',
		variants,
		mode: 'server',
		times: 3,
		bounds: variants.flatMap((variant): BenchBound[] => [
			{
				title: `processor time in s, ${variant.title}`,
				bound: 4,
				value: (getSamples) => metrics.medianProcessorMs(getSamples(variant)) / 1000,
			},
			{
				title: `characters of stored state, ${variant.title}`,
				bound: 300_000,
				value: (getSamples) => Math.max(...getSamples(variant).map(({ stateLength = Number.NaN }) => stateLength)),
			},
		]),
		formatNote: (samples) => `${(metrics.medianProcessorMs(samples) / 1000).toFixed(2)} s of processor time`,
	};
}

/** Cases in the order in which they run, by the name that `--only` takes. */
export const BENCH_CASES: Record<string, (fixture: BenchFixture) => BenchCase> = {
	// Must be the first that signs in, because it counts the token requests of a new installation.
	repeated: repeatedCodes,
	'new-1000': compareCodes({ title: '1,000 codes, new process', count: 1000, mode: 'new process', maxRatio: 0.85 }),
	'warm-1000': compareCodes({ title: '1,000 codes, warm server', count: 1000, mode: 'warm server', maxRatio: 0.85 }),
	'warm-200': compareCodes({ title: '200 codes, warm server', count: 200, mode: 'warm server', maxRatio: 1.1 }),
	// More concurrency than workers brings no speed.
	queue: compareCodes({
		title: '1,000 codes, a server that processes 24 at a time, warm server',
		count: 1000,
		mode: 'warm server',
		behaviour: { workers: 24 },
		maxParallelRequests: 24,
		maxRatio: 1.15,
	}),
	// Many requests must be in flight. HTTP Request opens 1,000 connections, which depends on the machine, so there is no
	// bound here. The models in concurrencyLimiterTests.cts have one.
	slow: compareCodes({
		title: '1,000 codes, responses after 200 ms, warm server',
		count: 1000,
		mode: 'warm server',
		behaviour: { delayMs: 200 },
	}),
	names: addedNames,
	'rate-limit': rateLimit,
	poll: manyRecords,
	// These run in processes of their own, next to a server that is idle by now.
	events: manyEvents,
	all: allCustomers,
	load: packageLoading,
};
