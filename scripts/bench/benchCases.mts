import path from 'node:path';
import type { INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import { NEWEST_RELEASE } from '../instance/n8nReleases.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import * as builder from '../instance/workflowBuilder.mts';
import { maxRequests, median, medianTimeMs, type Figure } from './benchResult.mts';
import { EVENTS_PER_CUSTOMER } from './benchRunner.mts';
import type { BenchCase, BenchRunner, BenchVariant, PollSample, Sample } from './benchRunner.mts';

/** Measurements of the nodes of a workflow. */
interface NodesSample extends Sample {
	/** Number of codes whose events were not returned. */
	lostCodes: number;
	/** Highest memory of the n8n process, in bytes. */
	peakBytes: number;
	/** Processor time of the n8n process since its start, in ms. */
	processorMs: number;
}

/** Customers by state that the list has in addition to those of the runner. */
const LISTED_CUSTOMERS = [
	{ customerType: 11100, codes: buildCodes(1000, 'LISTED-11100-') },
	{ customerType: 11200, codes: buildCodes(500, 'LISTED-11200-') },
	{ customerType: 11300, codes: buildCodes(500, 'LISTED-11300-') },
];
/** Customers of the totals, each with many events. */
const TOTALED_CODES = buildCodes(1000, 'TOTALED-');
const EVENTS_PER_TOTALED_CUSTOMER = 100;
/** Number of records that a measured poll reads. */
const POLLED_RECORDS = 10_000;
const RATE_LIMIT_PER_SECOND = 20;

/** Credential of the HTTP Request node. */
export const HEADER_CREDENTIAL = {
	id: 'bench-header',
	name: 'Bench header',
	type: 'httpHeaderAuth',
	data: { name: 'Authorization', value: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}` },
};

/** Settings of the workflows. The time to save execution data is the same for all variants. */
const WORKFLOW_SETTINGS: IWorkflowSettings = {
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
};

/** Builds the GoFive node, which reads the events of the customer of each item. */
const buildGoFiveNodes = (settings: Partial<builder.WorkflowNode> = {}): builder.WorkflowNode[] => [
	builder.buildGoFiveNode(builder.customerEventsParameters('={{ $json.customerCode }}'), settings),
];

/** Builds the alternative without the GoFive node: HTTP Request with a body in its GET, then Split Out. */
function buildHttpRequestNodes({ instance }: BenchRunner): builder.WorkflowNode[] {
	const { subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
	const parameters = {
		method: 'GET',
		url: `${instance.sandbox.url}/v1/customerEvent/filter`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'customerCode', value: '={{ $json.customerCode }}' }] },
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Ocp-Apim-Subscription-Key', value: subscriptionApiKey }] },
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: JSON.stringify({ DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' }),
		options: {},
	};
	const node: builder.WorkflowNode = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		parameters,
		credentials: { httpHeaderAuth: { id: HEADER_CREDENTIAL.id, name: HEADER_CREDENTIAL.name } },
		// Otherwise the first failed request would end the run, and lost codes could not be counted.
		onError: 'continueRegularOutput',
	};
	return [node, builder.buildSplitOutNode('Split Out', 'data')];
}

const medianPeakBytes = (samples: NodesSample[]): number => median(samples.map(({ peakBytes }) => peakBytes));

/** Creates a variant whose nodes receive one item per code, and return a number of items. */
function createVariant(
	runner: BenchRunner,
	title: string,
	nodes: builder.WorkflowNode[],
	codes: string[],
	expectedCount = codes.length * EVENTS_PER_CUSTOMER,
): BenchVariant<NodesSample> {
	const itemNodes = codes.length > 0 ? builder.buildItemNodes('customerCode', codes) : [];
	const allNodes = [builder.buildManualTrigger(), ...itemNodes, ...nodes];
	const workflow = { ...builder.buildLinearWorkflow(title, allNodes, WORKFLOW_SETTINGS), id: crypto.randomUUID() };
	return {
		title,
		workflow,
		async execute(mode) {
			const report = await runner.execute(workflow, mode);
			const reports = nodes.flatMap(({ name }) => report.nodes[name] ?? []);
			const lostCodes = reports[0]?.failedItemCount ?? 0;
			const itemCount = reports.at(-1)?.itemCount;
			if (lostCodes === 0 && itemCount !== expectedCount)
				throw new UserFacingError(
					`${title} returned ${itemCount} items instead of ${expectedCount}.`,
					'Check the parameters of the workflow and the data of the sandbox.',
				);
			const milliseconds = reports.reduce((sum, node) => sum + node.milliseconds, 0);
			const requests = [...runner.instance.sandbox.requestLog];
			const { peakBytes, processorMs } = report;
			return { milliseconds, lostCodes, peakBytes, processorMs, requests };
		},
	};
}

/** Compares HTTP Request with the GoFive node, each of which receives one item per code. */
const compareWithHttpRequest = (
	runner: BenchRunner,
	codes: string[],
	settings?: Partial<builder.WorkflowNode>,
): BenchCase<NodesSample>['variants'] => [
	createVariant(runner, 'HTTP Request + Split Out', buildHttpRequestNodes(runner), codes),
	createVariant(runner, 'GoFive', buildGoFiveNodes(settings), codes),
];

/** Computes the median time of the second variant, relative to that of the first one. */
const compareTimes = (base: string, first: Sample[], second: Sample[], bound?: number): Figure => [
	`time relative to ${base}`,
	medianTimeMs(second) / medianTimeMs(first),
	bound,
];

/** Measures 1,000 items with 100 customers, which share their requests. */
function equalItems(runner: BenchRunner): BenchCase<NodesSample> {
	const codes = Array.from({ length: 1000 }, (_, item) => runner.codes[item % 100] ?? '');
	return {
		title: '1,000 items with 100 codes, new process',
		variants: compareWithHttpRequest(runner, codes),
		mode: 'new process',
		times: 5,
		getFigures: (http, goFive) => [
			['requests for events', maxRequests(goFive), 100],
			['requests for event types', maxRequests(goFive, 'getCustomerEventTypes'), 1],
			['requests for a token, in a new installation', maxRequests(goFive, 'createToken'), 1],
			compareTimes('HTTP Request', http, goFive, 0.25),
		],
	};
}

/** Measures 1,000 items with different codes. */
const manyItems =
	(mode: 'new process' | 'warm server') =>
	(runner: BenchRunner): BenchCase<NodesSample> => ({
		title: `1,000 codes, ${mode}`,
		variants: compareWithHttpRequest(runner, runner.codes),
		mode,
		// On a warm server, the times of HTTP Request vary by a third, so the median needs more executions.
		times: mode === 'warm server' ? 15 : 5,
		getFigures: (http, goFive) => [compareTimes('HTTP Request', http, goFive, 0.85)],
	});

/**
 * Measures a server that takes long. HTTP Request opens 1,000 connections, which depends on the machine, so there is no
 * bound here. The models in concurrencyLimiterTests.cts have one.
 */
const slowServer = (runner: BenchRunner): BenchCase<NodesSample> => ({
	title: '1,000 codes, responses after 200 ms, warm server',
	variants: compareWithHttpRequest(runner, runner.codes),
	mode: 'warm server',
	times: 5,
	behaviour: { delayMs: 200 },
	getFigures: (http, goFive) => [compareTimes('HTTP Request', http, goFive)],
});

/** Measures a rate limit with Retry-After. */
function rateLimit(runner: BenchRunner): BenchCase<NodesSample> {
	const codes = runner.codes.slice(0, 200);
	// The bucket is full at the start, the other requests pass at the rate.
	const idealSeconds = (codes.length - RATE_LIMIT_PER_SECOND) / RATE_LIMIT_PER_SECOND;
	const maxLostCodes = (samples: NodesSample[]): number => Math.max(...samples.map(({ lostCodes }) => lostCodes));
	return {
		title: `200 codes, ${RATE_LIMIT_PER_SECOND} requests per second, Retry-After 1 s`,
		variants: compareWithHttpRequest(runner, codes, { onError: 'continueRegularOutput' }),
		mode: 'server',
		times: 3,
		behaviour: { rateLimit: { requests: RATE_LIMIT_PER_SECOND, perSeconds: 1 } },
		getFigures: (http, goFive) => [
			['codes lost by HTTP Request', maxLostCodes(http)],
			['codes lost by GoFive', maxLostCodes(goFive), 0],
			[`time relative to the ideal ${idealSeconds} s`, medianTimeMs(goFive) / 1000 / idealSeconds, 1.15],
		],
	};
}

/** Measures a poll of many records, of which one is new. */
function largePoll(runner: BenchRunner): BenchCase<PollSample> {
	const { deals, quotations } = runner.instance.sandbox.records;
	const createPollVariant = (title: string, triggerOn: string, list: typeof deals): BenchVariant<PollSample> => {
		const lastNode = { name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const nodes = [builder.buildGoFiveTriggerNode({ triggerOn }), lastNode];
		const workflow = builder.buildLinearWorkflow(title, nodes, WORKFLOW_SETTINGS);
		const replaceRecord = (): void => {
			list.create();
			list.records.pop();
		};
		return { title, execute: () => runner.poll(workflow, replaceRecord) };
	};
	const getPollFigure = (title: string, samples: PollSample[]): Figure => [
		`processor time in s, ${title}`,
		median(samples.map(({ processorMs }) => processorMs)) / 1000,
		4,
	];
	const titles = ['10,000 deals', '10,000 quotations with Thai numbers'] as const;
	return {
		title: 'A poll of GoFive Trigger with one new record',
		variants: [
			createPollVariant(titles[0], 'newOrChangedDeal', deals),
			createPollVariant(titles[1], 'newOrChangedQuotation', quotations),
		],
		mode: 'server',
		times: 3,
		prepareRecords() {
			deals.create({}, POLLED_RECORDS - deals.records.length);
			quotations.create({}, POLLED_RECORDS - quotations.records.length);
			for (const [index, record] of quotations.records.entries()) record.quotationNo = `ใบเสนอราคา-${10_000 + index}`;
		},
		getFigures: (first, second) => [getPollFigure(titles[0], first), getPollFigure(titles[1], second)],
	};
}

/** Measures the events of 3,000 customers of three states in one node, and in a chain of two. */
function allCustomers(runner: BenchRunner): BenchCase<NodesSample> {
	const customerCount = LISTED_CUSTOMERS.reduce((count, { codes }) => count + codes.length, runner.codes.length);
	const listParameters = { resource: 'customer', operation: 'getAll', returnAll: true, options: {} };
	const chain = [builder.buildGoFiveNode(listParameters, { name: 'Customers' }), ...buildGoFiveNodes()];
	const node = builder.buildGoFiveNode({ ...builder.customerEventsParameters(''), operation: 'getAll' });
	const eventCount = customerCount * EVENTS_PER_CUSTOMER;
	return {
		title: `The events of all ${customerCount.toLocaleString('en')} customers, new process`,
		variants: [
			createVariant(runner, 'Customer > Get Many + Get by Customer Code', chain, [], eventCount),
			createVariant(runner, 'Customer Event > Get Many', [node], [], eventCount),
		],
		mode: 'new process',
		times: 5,
		prepareRecords() {
			const { records } = runner.instance.sandbox;
			const { customers } = records;
			customers.records = customers.records.filter(({ customerCode }) => runner.codes.includes(String(customerCode)));
			for (const { customerType, codes } of LISTED_CUSTOMERS) {
				for (const customerCode of codes) customers.create({ customerCode, customerType });
				addCustomers(records, codes, EVENTS_PER_CUSTOMER);
			}
		},
		getFigures: (twoNodes, oneNode) => [
			compareTimes('two nodes', twoNodes, oneNode, 1.1),
			['peak memory of n8n relative to two nodes', medianPeakBytes(oneNode) / medianPeakBytes(twoNodes), 1],
			['requests for events, one node', maxRequests(oneNode), customerCount],
		],
	};
}

/** Measures the totals of many events, compared with the events themselves. */
function totals(runner: BenchRunner): BenchCase<NodesSample> {
	const eventCount = TOTALED_CODES.length * EVENTS_PER_TOTALED_CUSTOMER;
	const createNode = (parameters: INodeParameters): builder.WorkflowNode[] => [
		builder.buildGoFiveNode({ ...builder.customerEventsParameters(''), ...parameters }),
	];
	const totalsNode = createNode({ operation: 'getTotals', groupBy: 'customer' });
	const medianProcessorMs = (samples: NodesSample[]): number => median(samples.map(({ processorMs }) => processorMs));
	return {
		title: `${eventCount.toLocaleString('en')} events of ${TOTALED_CODES.length.toLocaleString('en')} customers, new process`,
		variants: [
			createVariant(runner, 'Simplified', createNode({ operation: 'getAll', output: 'simplified' }), [], eventCount),
			createVariant(runner, 'Totals per customer', totalsNode, [], TOTALED_CODES.length),
		],
		mode: 'new process',
		times: 5,
		prepareRecords() {
			const { records } = runner.instance.sandbox;
			records.customers.records = [];
			addCustomers(records, TOTALED_CODES, EVENTS_PER_TOTALED_CUSTOMER);
		},
		getFigures: (simplified, totaled) => [
			['processor time relative to Simplified', medianProcessorMs(totaled) / medianProcessorMs(simplified), 1],
			['peak memory of n8n relative to Simplified', medianPeakBytes(totaled) / medianPeakBytes(simplified), 1],
			['requests for events, Get Totals', maxRequests(totaled), TOTALED_CODES.length],
		],
	};
}

/** Measures n8n's own loader with n8n's Pipedrive node and with this package, each in a new process. */
function packageLoading(runner: BenchRunner): BenchCase {
	const { release, n8n, env } = runner.instance;
	const pipedriveTask = {
		folder: path.resolve(n8n.cliPath, '../../../n8n-nodes-base'),
		nodes: ['dist/nodes/Pipedrive/Pipedrive.node.js'],
		credentials: ['dist/credentials/PipedriveApi.credentials.js'],
	};
	const folder = path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'nodes', 'node_modules', 'n8n-nodes-gofive');
	// The Pipedrive node of n8n 1 loads in about a quarter of the time. The bound refers to that of n8n 2.
	const bound = release === NEWEST_RELEASE ? 1.3 : undefined;
	return {
		title: "Loading in n8n's loader",
		variants: [
			{ title: "n8n's Pipedrive node and its credential", execute: () => runner.loadPackage(pipedriveTask) },
			{ title: 'the whole GoFive package', execute: () => runner.loadPackage({ folder }) },
		],
		mode: 'new process',
		times: 31,
		getFigures: (pipedrive, goFive) => [compareTimes('the Pipedrive node', pipedrive, goFive, bound)],
	};
}

/** Cases in the order in which they run, by the name that `--only` takes. */
export const BENCH_CASES: Record<string, (runner: BenchRunner) => BenchCase> = {
	// Must be the first that signs in, because it counts the token requests of a new installation.
	equal: equalItems,
	new: manyItems('new process'),
	warm: manyItems('warm server'),
	slow: slowServer,
	'rate-limit': rateLimit,
	poll: largePoll,
	all: allCustomers,
	totals,
	load: packageLoading,
};
