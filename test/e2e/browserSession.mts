import { buildGoFiveNode, buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import { findOperation, getExampleParameters } from '../../scripts/supportModules.mts';
import type { EditorPage } from './editorPage.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Server and editor of the browser tests. */
export interface BrowserSession {
	n8nServer: N8nTestServer;
	editorPage: EditorPage;
}

/** Defines a step of the browser tests, which takes a screenshot when it fails. */
export type DefineStep = (title: string, run: () => Promise<void>) => void;

/**
 * Saves a workflow with an operation and opens its form.
 * @param parameters - Parameters that differ from the example values
 * @returns ID of the workflow
 */
export async function openOperation(
	{ n8nServer, editorPage }: BrowserSession,
	name: string,
	parameters: Record<string, unknown> = {},
): Promise<string> {
	const { operation, resource } = findOperation(name);
	const exampleParameters = getExampleParameters(operation);
	const node = buildGoFiveNode({ resource, operation: operation.value, ...exampleParameters, ...parameters });
	const id = await n8nServer.rest.save(buildLinearWorkflow(name, [buildManualTrigger(), node]));
	await editorPage.openWorkflow(id);
	await editorPage.getNode('GoFive').dblclick();
	await editorPage.getByTestId('node-parameters').waitFor();
	return id;
}
