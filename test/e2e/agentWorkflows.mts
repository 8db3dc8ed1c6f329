import { chain, manualTrigger, type NodeInput, type Workflow } from '../../scripts/start/workflows.mts';

/** The node whose model calls the tools. */
export const AGENT = 'AI Agent';

/** Adds nodes that another one uses. */
function withUsed(workflow: Workflow, user: string, type: string, nodes: NodeInput[]): Workflow {
	const added = nodes.map((node, index) => ({ ...node, id: `${type}-${index}`, position: [index * 220, 220] }));
	const connections = nodes.map(({ name }) => [name, { [type]: [[{ node: user, type, index: 0 }]] }]);
	return { ...workflow, nodes: [...workflow.nodes, ...added], connections: { ...workflow.connections, ...(Object.fromEntries(connections) as Workflow['connections']) } };
}

/** An AI Agent of some version of its node, with a model and with tools. */
export function agentWorkflow(name: string, typeVersion: number, openAiApi: { id: string; name: string }, tools: NodeInput[]): Workflow {
	const options = { maxIterations: tools.length * 4 + 10 };
	const agent = { name: AGENT, type: '@n8n/n8n-nodes-langchain.agent', typeVersion, parameters: { promptType: 'define', text: 'Go.', options } };
	const model = {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false, options: {} },
		credentials: { openAiApi },
	};
	return withUsed(withUsed(chain(name, [manualTrigger(), agent]), AGENT, 'ai_languageModel', [model]), AGENT, 'ai_tool', tools);
}

/** An MCP server with tools, at /mcp/<path>. */
export function mcpWorkflow(name: string, path: string, tools: NodeInput[]): Workflow {
	const trigger = { name: 'MCP Server', type: '@n8n/n8n-nodes-langchain.mcpTrigger', typeVersion: 2, parameters: { authentication: 'none', path }, webhookId: path };
	return withUsed(chain(name, [trigger]), trigger.name, 'ai_tool', tools);
}
