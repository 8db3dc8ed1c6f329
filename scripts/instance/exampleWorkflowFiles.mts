import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ICredentialsDecrypted, INode } from 'n8n-workflow';
import { EXAMPLE_IDS } from './exampleIds.mts';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';
import type { WorkflowDefinition } from './workflowBuilder.mts';

/** Workflow of examples/, with its id in the n8n that a script starts. */
export interface ExampleWorkflow extends WorkflowDefinition {
	id: string;
	/** Purpose of the example. n8n creates a tag with this ID only once. */
	tags: Array<{ id: string; name: string }>;
}

/** Credential in the format of n8n's command `import:credentials`. */
export type ImportedCredential = Required<Pick<ICredentialsDecrypted, 'id' | 'name' | 'type' | 'data'>>;

/** Finds the manual trigger of an example. Returns undefined if the example has none or uses another service. */
export function findManualTriggerName({ nodes }: Pick<ExampleWorkflow, 'nodes'>): string | undefined {
	const usesOnlyGoFive = nodes.every(({ credentials = {} }) =>
		Object.keys(credentials).every((type) => type === 'goFiveApi'),
	);
	return usesOnlyGoFive ? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name : undefined;
}

/** Sets the credentials of a node whose types are among these. The others stay those of the file. */
function selectCredentials(node: INode, credentials: ImportedCredential[]): INode {
	const entries = Object.entries(node.credentials ?? {}).map(([type, reference]) => {
		const { id, name } = credentials.find((credential) => credential.type === type) ?? reference;
		return [type, { id, name }] as const;
	});
	return entries.length > 0 ? { ...node, credentials: Object.fromEntries(entries) } : node;
}

/**
 * Reads the workflows of examples/ and sets the credentials of their nodes.
 * @returns the examples in the order of the documents, each with a tag for its purpose
 */
export async function readExampleWorkflows(credentials: ImportedCredential[]): Promise<ExampleWorkflow[]> {
	const folder = path.join(REPOSITORY_ROOT, 'examples');
	const entries = Object.entries(EXAMPLE_IDS).flatMap(([purpose, ids]) => ids.map((id) => ({ id, purpose })));
	return Promise.all(
		entries.map(async ({ id, purpose }) => {
			const workflow = JSON.parse(await readFile(path.join(folder, `${id}.json`), 'utf8')) as ExampleWorkflow;
			const nodes = workflow.nodes.map((node) => selectCredentials(node, credentials));
			return { ...workflow, id, active: false, tags: [{ id: `examples-${purpose}`, name: purpose }], nodes };
		}),
	);
}
