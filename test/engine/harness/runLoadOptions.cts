import './engineEnvironment.cts';
import { LoadOptionsContext } from 'n8n-core';
import { UnexpectedError, Workflow } from 'n8n-workflow';
import type { INodePropertyOptions } from 'n8n-workflow';
import { createAdditionalData, createNodeTypes } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/**
 * Loads the options of a list as n8n's editor does.
 * @throws the error of the node's method
 */
export async function runLoadOptions(methodName: string, options: NodeUnderTest): Promise<INodePropertyOptions[]> {
	const { node, nodeType, typeName, helper } = prepareNodeUnderTest(options);
	const method = nodeType.methods?.loadOptions?.[methodName];
	if (!method) throw new UnexpectedError(`The node has no loadOptions method "${methodName}"`);
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: createNodeTypes({ [typeName]: nodeType }),
	});
	const currentNodeParameters = structuredClone(options.parameters ?? {});
	const additionalData = createAdditionalData(helper, { currentNodeParameters });
	return await method.call(new LoadOptionsContext(workflow, node, additionalData, ''));
}
