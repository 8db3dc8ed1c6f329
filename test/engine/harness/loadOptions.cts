import './environment.cts';
import { LoadOptionsContext } from 'n8n-core';
import { UnexpectedError, Workflow } from 'n8n-workflow';
import type { INodePropertyOptions } from 'n8n-workflow';
import { additionalDataWith, nodeTypesOf } from './nodeTypes.cts';
import { prepare } from './subject.cts';
import type { Subject } from './subject.cts';

/** Fills a dropdown as n8n's editor does. Rejects with what the node's method throws. */
export async function loadOptions(methodName: string, options: Subject): Promise<INodePropertyOptions[]> {
	const { node, nodeType, typeName, helper } = prepare(options);
	const method = nodeType.methods?.loadOptions?.[methodName];
	if (!method) throw new UnexpectedError(`The node has no loadOptions method "${methodName}"`);
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ [typeName]: nodeType }),
	});
	const currentNodeParameters = structuredClone(options.parameters ?? {});
	const additionalData = additionalDataWith(helper, { currentNodeParameters });
	return await method.call(new LoadOptionsContext(workflow, node, additionalData, ''));
}
