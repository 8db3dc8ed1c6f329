import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { before, test } from 'node:test';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

const NODE_TYPES = ['n8n-nodes-gofive.goFive', 'n8n-nodes-gofive.goFiveTrigger'];
/** Number of nodes that n8n's AI workflow builder and its MCP server show for a search. */
const MAX_SHOWN_NODES = 5;

/** Description of a node as n8n serves it to its editor. */
interface NodeDescription {
	name: string;
	displayName: string;
	builderHint?: { relatedNodes?: Array<{ nodeType: string }> };
}

/** Module of n8n that searches the installed nodes. */
interface NodeCatalog {
	NodeTypeParser: new (descriptions: NodeDescription[]) => {
		searchNodeTypes(query: string, limit: number, filter?: (nodeType: string) => boolean): Array<{ id: string }>;
	};
}

/** Module of n8n that searches the verified packages that are not installed. */
interface RegistryLookup {
	findRegistryMatches(query: string, candidates: NodeDescription[]): NodeDescription[];
}

/** Whether n8n created a node type as the tool of another node. */
const isTool = (nodeType: string): boolean => nodeType.endsWith('Tool');

/** Loads modules of the installed n8n. */
const requireFromN8n = createRequire(path.join(NEWEST_RELEASE.packages.folder, 'node_modules', 'n8n', 'package.json'));

/** Reads the descriptions of all nodes, with the aliases of their codex. */
async function readDescriptions({ rest, url }: N8nTestServer): Promise<NodeDescription[]> {
	const response = await fetch(`${url}/types/nodes.json`, { headers: { cookie: rest.cookie } });
	return (await response.json()) as NodeDescription[];
}

/** Defines tests with the search of n8n 2, which its AI workflow builder and its MCP server use. */
export function defineNodeSearchTests(n8nServer: N8nTestServer): void {
	let descriptions: NodeDescription[];
	before(async () => {
		descriptions = await readDescriptions(n8nServer);
	});

	for (const query of ['gofive', 'venio', 'venio crm', 'gofive crm'])
		test(`"${query}" finds both nodes while the package is not installed`, () => {
			const { findRegistryMatches } = requireFromN8n('./dist/node-catalog/registry-lookup.js') as RegistryLookup;
			// n8n creates the tool of a node only when the package is installed.
			const candidates = descriptions.filter(({ name }) => !isTool(name));
			const matches = findRegistryMatches(query, candidates);
			assert.deepEqual(matches.map(({ name }) => name).sort(), NODE_TYPES);
		});

	/** Searches the installed nodes. Returns their types, the best match first. */
	const searchInstalledNodes = (query: string, filter?: (nodeType: string) => boolean): string[] => {
		const { NodeTypeParser } = requireFromN8n('@n8n/ai-utilities/node-catalog') as NodeCatalog;
		const matches = new NodeTypeParser(descriptions).searchNodeTypes(query, MAX_SHOWN_NODES, filter);
		return matches.map(({ id }) => id);
	};

	for (const query of ['venio', 'gofive', 'quotation', 'ลูกค้า', 'ใบเสนอราคา', 'ดีล', 'สต็อก'])
		test(`"${query}" finds the node first, and lists the trigger`, () => {
			const types = searchInstalledNodes(query);
			assert.equal(types[0], NODE_TYPES[0]);
			assert.ok(types.includes('n8n-nodes-gofive.goFiveTrigger'), types.join(', '));
		});

	for (const query of ['sales order', 'customer events', 'crm']) {
		// In a search for nodes and tools together, nodes whose names contain these words take all places.
		test(`"${query}" lists the node in a search for nodes only`, () => {
			const types = searchInstalledNodes(query, (type) => !isTool(type));
			assert.ok(types.includes('n8n-nodes-gofive.goFive'), types.join(', '));
		});

		test(`"${query}" lists the tool in a search for tools of an agent`, () => {
			const types = searchInstalledNodes(query, isTool);
			assert.ok(types.includes('n8n-nodes-gofive.goFiveTool'), types.join(', '));
		});
	}

	test('the related nodes exist', () => {
		const allTypes = new Set(descriptions.map(({ name }) => name));
		for (const nodeType of NODE_TYPES) {
			const description = descriptions.find(({ name }) => name === nodeType);
			const relatedTypes = description?.builderHint?.relatedNodes?.map((related) => related.nodeType) ?? [];
			assert.ok(relatedTypes.length >= 3);
			assert.deepEqual(
				relatedTypes.filter((type) => !allTypes.has(type)),
				[],
			);
		}
	});
}
