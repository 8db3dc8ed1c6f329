/**
 * Loads a package with n8n's own loader and prints the time in ms. Runs on n8n's own Node, in a process of its own.
 * @example `node loadPackage.mjs '{"program": "/n8n/bin/n8n", "folder": "/n8n-nodes-gofive"}'`
 */
import { createRequire } from 'node:module';

/** Package to load. Files are relative to its folder. */
export interface LoaderTask {
	/** n8n's command line program, from which its loader is resolved. */
	program: string;
	folder: string;
	/** Files to load. Default to those in package.json. */
	nodes?: string[];
	credentials?: string[];
}

interface Loader {
	packageJson: { n8n?: { nodes: string[]; credentials: string[] } };
	types: { nodes: unknown[]; credentials: unknown[] };
	loadAll(): Promise<void>;
}

const task = JSON.parse(process.argv[2] ?? '{}') as LoaderTask;
const core = createRequire(task.program)('n8n-core') as { PackageDirectoryLoader: new (folder: string) => Loader };
const loader = new core.PackageDirectoryLoader(task.folder);
const packageEntries = loader.packageJson.n8n ?? { nodes: [], credentials: [] };
const { nodes = packageEntries.nodes, credentials = packageEntries.credentials } = task;
loader.packageJson = { ...loader.packageJson, n8n: { ...packageEntries, nodes, credentials } };

const startedAtMs = performance.now();
await loader.loadAll();
const milliseconds = performance.now() - startedAtMs;
if (loader.types.nodes.length === 0) throw new Error('Nothing was loaded');
console.log(JSON.stringify([milliseconds]));
process.exit(0);
