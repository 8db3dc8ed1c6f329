import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { MAIN_EXAMPLE_ID } from './mainExample.mts';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';

/** Node of a workflow file, with the properties that the scripts read. */
interface ExampleNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string | null; name: string }>;
}

/** Workflow of examples/, with its id in the n8n that a script starts. */
export interface ExampleWorkflow {
	id: string;
	name: string;
	active: boolean;
	nodes: ExampleNode[];
}

/** Credential in the format of n8n's command `import:credentials`. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

/** Finds the manual trigger of an example. Returns undefined if the example has none or uses another service. */
export function findManualTriggerName({ nodes }: Pick<ExampleWorkflow, 'nodes'>): string | undefined {
	const usesOnlyGoFive = nodes.every(({ credentials = {} }) =>
		Object.keys(credentials).every((type) => type === 'goFiveApi'),
	);
	return usesOnlyGoFive ? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name : undefined;
}

/**
 * Reads the workflows of examples/ and sets the credential of their nodes.
 * @returns the main example, then the others by file name
 */
export async function readExampleWorkflows(credential: ImportedCredential): Promise<ExampleWorkflow[]> {
	const folder = path.join(REPOSITORY_ROOT, 'examples');
	const mainFile = `${MAIN_EXAMPLE_ID}.json`;
	const otherFiles = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== mainFile).sort();
	const files = [mainFile, ...otherFiles];
	return Promise.all(
		files.map(async (file) => {
			const workflow = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as ExampleWorkflow;
			const nodes = workflow.nodes.map((node) =>
				node.credentials?.[credential.type]
					? { ...node, credentials: { [credential.type]: { id: credential.id, name: credential.name } } }
					: node,
			);
			return { ...workflow, id: path.basename(file, '.json'), active: false, nodes };
		}),
	);
}
