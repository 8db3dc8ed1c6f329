/**
 * Loads a package with n8n's own loader and prints the time in ms. Runs on n8n's own Node, in a process of its own.
 * @example `node loadPackage.mjs '{"program": "/n8n/bin/n8n", "folder": "/n8n-nodes-gofive"}'`
 */
import { createRequire } from 'node:module';
import type * as N8nCore from 'n8n-core';

/** Package to load. Files are relative to its folder. */
export interface LoaderTask {
	/** n8n's command line program, from which its loader is resolved. */
	program: string;
	folder: string;
	/** Files to load. Default to those in package.json. */
	nodes?: string[];
	credentials?: string[];
}

const task = JSON.parse(process.argv[2] ?? '{}') as LoaderTask;
const { PackageDirectoryLoader } = createRequire(task.program)('n8n-core') as typeof N8nCore;
const loader = new PackageDirectoryLoader(task.folder);
const packageEntries = loader.packageJson.n8n ?? { nodes: [], credentials: [] };
const { nodes = packageEntries.nodes, credentials = packageEntries.credentials } = task;
loader.packageJson = { ...loader.packageJson, n8n: { ...packageEntries, nodes, credentials } };

const startedAtMs = performance.now();
await loader.loadAll();
const milliseconds = performance.now() - startedAtMs;
if (loader.types.nodes.length === 0) throw new Error('Nothing was loaded');
console.log(`Loaded in ${milliseconds} ms`);
process.exit(0);
