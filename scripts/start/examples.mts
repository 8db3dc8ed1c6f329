import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from './paths.mts';

/** A node of a workflow file, as far as it matters here. */
interface ExampleNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string | null; name: string }>;
}

/** A workflow of examples/, with the id that it gets in the n8n of `npm start`. */
export interface Example {
	id: string;
	name: string;
	active: boolean;
	nodes: ExampleNode[];
}

/** The credential that the examples use, as `import:credentials` takes it. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

/** The trigger by hand of an example that needs nothing but GoFive; without one, or with another service in it, none. */
export function startedHere({ nodes }: Pick<Example, 'nodes'>): string | undefined {
	const isAlone = nodes.every(({ credentials = {} }) => Object.keys(credentials).every((type) => type === 'goFiveApi'));
	return isAlone ? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name : undefined;
}

/** The example of the main job: file customer-events.json. */
export const MAIN_EXAMPLE = 'customer-events';

/**
 * Reads all of examples/ and points their nodes to `credential`.
 * @returns the workflows, sorted by file name.
 */
export async function readExamples(credential: CredentialFile): Promise<Example[]> {
	const folder = path.join(checkout, 'examples');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return Promise.all(
		files.map(async (file) => {
			const workflow = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Example;
			const nodes = workflow.nodes.map((node) =>
				node.credentials?.[credential.type]
					? { ...node, credentials: { [credential.type]: { id: credential.id, name: credential.name } } }
					: node,
			);
			return { ...workflow, id: path.basename(file, '.json'), active: false, nodes };
		}),
	);
}
