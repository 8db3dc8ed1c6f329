import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import {
	buildLinearWorkflow,
	customerEventsParameters,
	buildGoFiveNode,
	buildGoFiveTriggerNode,
	buildItemNodes,
	buildManualTrigger,
	buildSplitOutNode,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../instance/workflowBuilder.mts';

/** Workflow of the bench, with the nodes whose time is measured. */
export interface BenchWorkflow extends WorkflowDefinition {
	id: string;
	measuredNodes: string[];
}

/** Customers and inclusive days to read. The default is January 2025. */
export interface EventQuery {
	/** Customer codes, one per item that the first node receives. Without any, it receives one empty item. */
	codes: string[];
	from?: string;
	to?: string;
}

/** Query with the settings of the GoFive node. */
export interface GoFiveQuery extends EventQuery {
	/** Options of the node. */
	options?: Record<string, unknown>;
	/** Whether On Error is Continue, so that lost codes are counted and do not end the run. */
	continueOnFail?: boolean;
}

/** Query with the batching of the HTTP Request node. The interval is in ms. */
export interface HttpRequestQuery extends EventQuery {
	batch?: { batchSize: number; batchInterval: number };
}

/** Name of the trigger of every workflow. */
export const BENCH_TRIGGER_NAME = 'Start';

const DEFAULT_DATE_FROM = '2025-01-01';
const DEFAULT_DATE_TO = '2025-01-31';

/** Credential of the HTTP Request node. */
export const HEADER_CREDENTIAL_REF = { id: 'bench-header', name: 'Bench header' };

/** Builds the GoFive node. */
export function buildMeasuredGoFiveNodes({
	from = DEFAULT_DATE_FROM,
	to = DEFAULT_DATE_TO,
	options = {},
	continueOnFail = false,
}: GoFiveQuery): WorkflowNode[] {
	const parameters = { ...customerEventsParameters('={{ $json.customerCode }}'), dateFrom: from, dateTo: to, options };
	return [buildGoFiveNode(parameters, continueOnFail ? { onError: 'continueRegularOutput' } : {})];
}

/** Builds the alternative without the GoFive node: HTTP Request with a body in its GET, then Split Out. */
export function buildHttpRequestNodes(
	url: string,
	{ from = DEFAULT_DATE_FROM, to = DEFAULT_DATE_TO, batch }: HttpRequestQuery,
): WorkflowNode[] {
	const { subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
	const parameters = {
		method: 'GET',
		url: `${url}/v1/customerEvent/filter`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'customerCode', value: '={{ $json.customerCode }}' }] },
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Ocp-Apim-Subscription-Key', value: subscriptionApiKey }] },
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: JSON.stringify({ DateFrom: `${from}T00:00:00`, DateTo: `${to}T23:59:59` }),
		options: batch ? { batching: { batch } } : {},
	};
	return [
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.3,
			parameters,
			credentials: { httpHeaderAuth: HEADER_CREDENTIAL_REF },
			// Otherwise the first failed request would end the run, and lost codes could not be counted.
			onError: 'continueRegularOutput',
		},
		buildSplitOutNode('Split Out', 'data'),
	];
}

/** Builds an Edit Fields node that formats the date by an expression, as n8n's documentation shows it. */
export function buildDateFormatNodes(): WorkflowNode[] {
	const assignment = {
		id: 'date',
		name: 'eventDate',
		value: "={{ DateTime.fromISO($json.eventDate).toFormat('yyyy-MM-dd HH:mm') }}",
		type: 'string',
	};
	const parameters = { assignments: { assignments: [assignment] }, includeOtherFields: true, options: {} };
	return [{ name: 'Edit Fields', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters }];
}

/** Settings of the workflows. The time to save execution data is the same for all variants and not of interest. */
const BENCH_SETTINGS = {
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
};

/** Builds a GoFive node that reads the events of all customers. */
export const buildAllCustomersNodes = (): WorkflowNode[] => [
	buildGoFiveNode({ ...customerEventsParameters(''), operation: 'getAll' }),
];

/** Builds the alternative with two GoFive nodes, which returns the same events without the names of the customers. */
export function buildCustomersChainNodes(): WorkflowNode[] {
	const listParameters = { resource: 'customer', operation: 'getAll', returnAll: true, options: {} };
	return [buildGoFiveNode(listParameters, { name: 'Customers' }), ...buildMeasuredGoFiveNodes({ codes: [] })];
}

/** Builds a workflow that passes one item per code to the nodes. */
export function buildBenchWorkflow(id: string, codes: string[], nodes: WorkflowNode[]): BenchWorkflow {
	const itemNodes = codes.length > 0 ? buildItemNodes('customerCode', codes) : [];
	const allNodes = [buildManualTrigger(BENCH_TRIGGER_NAME), ...itemNodes, ...nodes];
	const workflow = buildLinearWorkflow(id, allNodes, BENCH_SETTINGS);
	return { ...workflow, id, measuredNodes: nodes.map(({ name }) => name) };
}

/** Builds a workflow with a trigger that polls every minute. */
export const buildPollWorkflow = (name: string, triggerOn: string): WorkflowDefinition => {
	const lastNode = { name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return buildLinearWorkflow(name, [buildGoFiveTriggerNode({ triggerOn }), lastNode], BENCH_SETTINGS);
};
