import './engineEnvironment.cts';
import { LoadOptionsContext } from 'n8n-core';
import { UnexpectedError } from 'n8n-workflow';
import type { INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { createAdditionalData, createSingleNodeWorkflow } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

interface ListOptions extends NodeUnderTest {
	/** Whether the node has no credential yet, as a new node. */
	isWithoutCredential?: boolean;
}

/** Prepares the node's methods, and the context in which n8n's editor calls them. */
function prepareMethods(options: ListOptions) {
	const { node, nodeType, helper } = prepareNodeUnderTest(options);
	if (options.isWithoutCredential) delete node.credentials;
	const workflow = createSingleNodeWorkflow(node, nodeType);
	const currentNodeParameters = structuredClone(options.parameters ?? {});
	const additionalData = createAdditionalData(helper, { currentNodeParameters });
	return { methods: nodeType.methods, context: new LoadOptionsContext(workflow, node, additionalData, '') };
}

/**
 * Loads the options of a list as n8n's editor does.
 * @throws the error of the node's method
 */
export async function runLoadOptions(methodName: string, options: ListOptions): Promise<INodePropertyOptions[]> {
	const { methods, context } = prepareMethods(options);
	const method = methods?.loadOptions?.[methodName];
	if (!method) throw new UnexpectedError(`The node has no loadOptions method "${methodName}"`);
	return await method.call(context);
}

/**
 * Loads a page of a resource locator's list as n8n's editor does.
 * @throws the error of the node's method
 */
export async function runListSearch(
	methodName: string,
	options: ListOptions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { methods, context } = prepareMethods(options);
	const method = methods?.listSearch?.[methodName];
	if (!method) throw new UnexpectedError(`The node has no listSearch method "${methodName}"`);
	return await method.call(context, filter, paginationToken);
}
