import type { INode } from 'n8n-workflow';
import {
	buildLinearWorkflow,
	buildManualTrigger,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../../scripts/instance/workflowBuilder.mts';

/** Name of the agent node. */
export const AGENT_NODE_NAME = 'AI Agent';

/** Adds sub-nodes to a node. */
function addSubNodes(
	workflow: WorkflowDefinition,
	parentNode: string,
	type: string,
	nodes: WorkflowNode[],
): WorkflowDefinition {
	const subNodes = nodes.map(
		(node, index): INode => ({
			...node,
			id: `${type}-${index}`,
			position: [index * 220, 220],
		}),
	);
	const connections = nodes.map(({ name }) => [name, { [type]: [[{ node: parentNode, type, index: 0 }]] }]);
	return {
		...workflow,
		nodes: [...workflow.nodes, ...subNodes],
		connections: { ...workflow.connections, ...(Object.fromEntries(connections) as WorkflowDefinition['connections']) },
	};
}

/** Request to the agent: the customers in Venio. */
export const USER_MESSAGE = 'ขอรายชื่อลูกค้าใน Venio';

/** Builds a workflow with an AI Agent, a model and tools. */
export function buildAgentWorkflow(
	name: string,
	typeVersion: number,
	openAiApi: { id: string; name: string },
	tools: WorkflowNode[],
): WorkflowDefinition {
	const options = { maxIterations: tools.length * 4 + 10 };
	const agent = {
		name: AGENT_NODE_NAME,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text: USER_MESSAGE, options },
	};
	const model = {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false, options: {} },
		credentials: { openAiApi },
	};
	return addSubNodes(
		addSubNodes(buildLinearWorkflow(name, [buildManualTrigger(), agent]), AGENT_NODE_NAME, 'ai_languageModel', [model]),
		AGENT_NODE_NAME,
		'ai_tool',
		tools,
	);
}

/** Builds a workflow with a chat, an AI Agent and a model, to which a user adds a tool. */
export function buildChatWorkflow(name: string, openAiApi: { id: string; name: string }): WorkflowDefinition {
	const chatTrigger = {
		name: 'When chat message received',
		type: '@n8n/n8n-nodes-langchain.chatTrigger',
		typeVersion: 1.4,
		parameters: { options: {} },
		webhookId: 'chat',
	};
	const agent = {
		name: AGENT_NODE_NAME,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { options: {} },
	};
	const model = {
		name: 'OpenAI Chat Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: { model: { __rl: true, mode: 'id', value: 'gpt-5-mini' }, options: {} },
		credentials: { openAiApi },
	};
	return addSubNodes(buildLinearWorkflow(name, [chatTrigger, agent]), AGENT_NODE_NAME, 'ai_languageModel', [model]);
}

/** Builds a workflow with an MCP server at `/mcp/<path>`. */
export function buildMcpWorkflow(name: string, path: string, tools: WorkflowNode[]): WorkflowDefinition {
	const trigger = {
		name: 'MCP Server',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		parameters: { authentication: 'none', path },
		webhookId: path,
	};
	return addSubNodes(buildLinearWorkflow(name, [trigger]), trigger.name, 'ai_tool', tools);
}
