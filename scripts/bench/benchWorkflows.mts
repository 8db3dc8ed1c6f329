import {
	buildLinearWorkflow,
	customerEventsParameters,
	buildGoFiveNode as goFiveNode,
	buildItemNodes,
	buildManualTrigger,
	SANDBOX_CREDENTIAL_REF,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../instance/workflowBuilder.mts';

/** A workflow that the bench executes, and the nodes whose time counts. */
export interface BenchWorkflow extends WorkflowDefinition {
	id: string;
	measuredNodes: string[];
}

/** What is asked for: the customers, and the first and the last day, both inclusive (January 2025). */
export interface EventQuery {
	codes: string[];
	from?: string;
	to?: string;
}

/** What our node is told beyond that. */
export interface GoFiveQuery extends EventQuery {
	/** `Max Parallel Requests`; absent: the default. */
	maxParallelRequests?: number;
	/** Id of the credential, when it is not that of the examples. */
	credentialId?: string;
	/** On Error "Continue": a code that is lost is counted and does not end the run. */
	continueOnFail?: boolean;
}

/** What the HTTP Request node is told beyond that: how many requests start at once, and the milliseconds until the next ones do. */
export interface HttpRequestQuery extends EventQuery {
	batch?: { batchSize: number; batchInterval: number };
}

/** Name of the node that every workflow begins with. */
export const BENCH_TRIGGER_NAME = 'Start';

const [DEFAULT_DATE_FROM, DEFAULT_DATE_TO] = ['2025-01-01', '2025-01-31'];

/** Name and id of the credential with which the HTTP Request node signs in. */
export const HEADER_CREDENTIAL_REF = { id: 'bench-header', name: 'Bench header' };

/** Our node. */
export function buildMeasuredGoFiveNodes({
	from = DEFAULT_DATE_FROM,
	to = DEFAULT_DATE_TO,
	maxParallelRequests,
	credentialId = SANDBOX_CREDENTIAL_REF.id,
	continueOnFail = false,
}: GoFiveQuery): WorkflowNode[] {
	const options = maxParallelRequests === undefined ? {} : { maxParallelRequests };
	const parameters = { ...customerEventsParameters('={{ $json.customerCode }}'), dateFrom: from, dateTo: to, options };
	const credentials = { goFiveApi: { id: credentialId, name: credentialId } };
	return [goFiveNode(parameters, { credentials, ...(continueOnFail ? { onError: 'continueRegularOutput' } : {}) })];
}

/** What a user would pick instead: the HTTP Request node with a body in its GET, then Split Out. */
export function buildHttpRequestNodes(
	url: string,
	subscriptionKey: string,
	{ from = DEFAULT_DATE_FROM, to = DEFAULT_DATE_TO, batch }: HttpRequestQuery,
): WorkflowNode[] {
	const parameters = {
		method: 'GET',
		url: `${url}/v1/customerEvent/filter`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'customerCode', value: '={{ $json.customerCode }}' }] },
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Ocp-Apim-Subscription-Key', value: subscriptionKey }] },
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
			// Without this the first refused request would end the run and nothing could be counted.
			onError: 'continueRegularOutput',
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'data', options: {} },
		},
	];
}

/** Edit Fields that makes the date readable by an expression, as n8n's documentation shows it. */
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

/** A workflow that hands one item per code to `nodes`. */
export function buildBenchWorkflow(id: string, codes: string[], nodes: WorkflowNode[]): BenchWorkflow {
	// Saving the data costs both sides alike, and is not what is measured.
	const settings = { saveManualExecutions: false, saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
	const workflow = buildLinearWorkflow(
		id,
		[buildManualTrigger(BENCH_TRIGGER_NAME), ...buildItemNodes('customerCode', codes), ...nodes],
		settings,
	);
	return { ...workflow, id, measuredNodes: nodes.map(({ name }) => name) };
}
