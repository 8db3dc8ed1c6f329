/** A node of a workflow that a script makes. */
export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	/** Without one, n8n does not listen at the path that is asked for. */
	webhookId?: string;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
}

/** A workflow as n8n stores it. */
export interface WorkflowDefinition {
	id?: string;
	name: string;
	active: boolean;
	nodes: Array<WorkflowNode & { id: string; position: number[] }>;
	connections: Record<string, Record<string, unknown>>;
	settings: Record<string, unknown>;
}

/** The credential that stands for the sandbox in every n8n that is brought up here. */
export const SANDBOX_CREDENTIAL_REF = { id: 'gofive-sandbox', name: 'GoFive sandbox' };

/** A step from output `output` of a node to the next one. */
const connectTo = (node: string, type = 'main'): object => ({ node, type, index: 0 });

/** A workflow whose nodes stand one behind the other. */
export function buildLinearWorkflow(
	name: string,
	nodes: WorkflowNode[],
	settings: Record<string, unknown> = {},
): WorkflowDefinition {
	const connections = nodes
		.slice(1)
		.map((node, index) => [nodes[index]?.name ?? '', { main: [[connectTo(node.name)]] }]);
	return {
		name,
		active: false,
		nodes: nodes.map((node, index) => ({ ...node, id: `${name}-${index}`, position: [index * 220, 0] })),
		connections: Object.fromEntries(connections) as WorkflowDefinition['connections'],
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** Begins a workflow by hand. */
export const buildManualTrigger = (name = 'Start'): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
});

/** The node GoFive with the sandbox's credential. */
export const buildGoFiveNode = (
	parameters: Record<string, unknown>,
	overrides: Partial<WorkflowNode> = {},
): WorkflowNode => ({
	name: 'GoFive',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	parameters,
	credentials: { goFiveApi: SANDBOX_CREDENTIAL_REF },
	...overrides,
});

/** Parameters of the node: the events of a customer in January 2025. */
export const customerEventsParameters = (customerCode: string): Record<string, unknown> => ({
	resource: 'customerEvent',
	operation: 'getByCustomerCode',
	customerCode,
	dateRange: 'custom',
	dateFrom: '2025-01-01',
	dateTo: '2025-01-31',
	options: {},
});

/** Edit Fields and Split Out: one item for each value, under `key`. */
export const buildItemNodes = (key: string, values: unknown[]): WorkflowNode[] => [
	{
		name: 'Values',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ [key]: values }), options: {} },
	},
	{
		name: 'One item each',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: key, options: {} },
	},
];
