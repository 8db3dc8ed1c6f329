import './engineEnvironment.cts';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { startNodeType } from './nodeTypes.cts';
import { executeWorkflow } from './runNode.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** A node as n8n-core offers it to a model. */
interface AgentTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(args: IDataObject): Promise<string>;
}

/** What came of it. */
interface ToolResult {
	name: string;
	description: string;
	/** By the names of the arguments, what the model is told of each. */
	argumentDescriptions: Record<string, string | undefined>;
	/** What the model got, or was told. */
	output: string;
}

/** Runs the node as the tool of an agent, which calls it once with the arguments of a model. */
export async function runTool(options: NodeUnderTest & { args: IDataObject }): Promise<ToolResult> {
	const { node, nodeType, typeName, helper } = prepareNodeUnderTest(options);
	let result: ToolResult | undefined;
	const agentType: INodeType = {
		description: {
			...startNodeType.description,
			name: 'agent',
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
		},
		async execute(this: IExecuteFunctions) {
			const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as [AgentTool];
			const { name, description, schema } = tool;
			const descriptionEntries = Object.entries(schema.shape).map(([key, { description: text }]) => [key, text]);
			const output = await tool.invoke(options.args).catch((error: Error) => error.message);
			result = {
				name,
				description,
				argumentDescriptions: Object.fromEntries(descriptionEntries) as ToolResult['argumentDescriptions'],
				output,
			};
			return [this.getInputData()];
		},
	};
	// n8n's server makes a second node type of each that is usable as a tool.
	const toolType = Object.create(nodeType, {
		description: {
			value: {
				...nodeType.description,
				name: `${nodeType.description.name}Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
			},
		},
	}) as INodeType;
	const agent: INode = {
		id: 'node-2',
		name: 'Agent',
		type: 'test.agent',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const toolNode: INode = { ...node, type: `${typeName}Tool` };
	const { data } = await executeWorkflow(helper, {
		nodes: [agent, toolNode],
		types: { [agent.type]: agentType, [toolNode.type]: toolType },
		connections: { [toolNode.name]: { ai_tool: [[{ node: agent.name, type: NodeConnectionTypes.AiTool, index: 0 }]] } },
		input: [{ json: {} }],
	});
	if (result) return result;
	throw data.resultData.error ?? new Error('The agent did not run');
}
