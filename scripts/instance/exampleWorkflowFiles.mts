import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EXAMPLE_IDS } from './exampleIds.mts';
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
	/** Purpose of the example. n8n creates a tag with this ID only once. */
	tags: Array<{ id: string; name: string }>;
	nodes: ExampleNode[];
}

/** Credential in the format of n8n's command `import:credentials`. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Finds the manual trigger of an example. Returns undefined if the example has none or uses another service. */
export function findManualTriggerName({ nodes }: Pick<ExampleWorkflow, 'nodes'>): string | undefined {
	const usesOnlyGoFive = nodes.every(({ credentials = {} }) =>
		Object.keys(credentials).every((type) => type === 'goFiveApi'),
	);
	return usesOnlyGoFive ? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name : undefined;
}

/** Sets the credentials of a node whose types are among these. The others stay those of the file. */
function selectCredentials(node: ExampleNode, credentials: ImportedCredential[]): ExampleNode {
	const entries = Object.entries(node.credentials ?? {}).map(([type, reference]) => {
		const { id, name } = credentials.find((credential) => credential.type === type) ?? reference;
		return [type, { id: id ?? null, name }] as const;
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
