import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';

/** A node of a workflow file, as far as it matters here. */
interface ExampleNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string | null; name: string }>;
}

/** A workflow of examples/, with the id that it gets in the n8n of `npm start`. */
export interface ExampleWorkflow {
	id: string;
	name: string;
	active: boolean;
	nodes: ExampleNode[];
}

/** The credential that the examples use, as `import:credentials` takes it. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

/** The trigger by hand of an example that needs nothing but GoFive; without one, or with another service in it, none. */
export function findManualTriggerName({ nodes }: Pick<ExampleWorkflow, 'nodes'>): string | undefined {
	const usesOnlyGoFive = nodes.every(({ credentials = {} }) =>
		Object.keys(credentials).every((type) => type === 'goFiveApi'),
	);
	return usesOnlyGoFive ? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name : undefined;
}

/** The example of the main job: file customer-events.json. */
export const MAIN_EXAMPLE_ID = 'customer-events';

/**
 * Reads all of examples/ and points their nodes to `credential`.
 * @returns the workflows, sorted by file name.
 */
export async function readExampleWorkflows(credential: ImportedCredential): Promise<ExampleWorkflow[]> {
	const folder = path.join(REPOSITORY_ROOT, 'examples');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
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
