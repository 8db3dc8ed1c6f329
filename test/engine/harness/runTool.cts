import './engineEnvironment.cts';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { buildNode, startNodeType } from './nodeTypes.cts';
import { executeWorkflow } from './runNode.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** Tool that n8n-core builds from a node. */
interface AgentTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(args: IDataObject): Promise<string>;
}

/** The tool as the model sees it, and its result. */
interface ToolResult {
	name: string;
	description: string;
	/** Descriptions of the arguments, by name. */
	argumentDescriptions: Record<string, string | undefined>;
	/** Result of the call, or the error message. */
	output: string;
}

/** Runs the node as an agent's tool and calls it once with `args`. */
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
	// n8n's server registers a second node type for every node that is usable as a tool.
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
	const agent = buildNode('Agent', 'test.agent');
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
