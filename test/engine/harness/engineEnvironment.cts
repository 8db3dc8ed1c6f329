/**
 * Environment that n8n's engine reads when it is loaded.
 * Import this file before `n8n-core` and `n8n-workflow`. Jest decides which release they are. A script uses the newest.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** `require` from the position of n8n-core, for parts of the engine that it does not export. */
export const engineRequire = createRequire(require.resolve('n8n-core'));

const userFolder = mkdtempSync(join(tmpdir(), 'gofive-engine-'));
const removeUserFolder = () => rmSync(userFolder, { recursive: true, force: true });
if ('afterAll' in globalThis) afterAll(removeUserFolder);
else process.once('exit', removeUserFolder);

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'only-for-tests',
	// All levels are logged, so that tests can search everything for secrets.
	N8N_LOG_LEVEL: 'debug',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});
engineRequire('reflect-metadata');

const distFolder = resolve(__dirname, '../../../dist');
/** Built files of the package, which the engine tests execute. */
export const BUILT_FILES = {
	GoFive: `${distFolder}/nodes/GoFive/GoFive.node.js`,
	GoFiveTrigger: `${distFolder}/nodes/GoFive/GoFiveTrigger.node.js`,
	GoFiveApi: `${distFolder}/credentials/GoFiveApi.credentials.js`,
};

/** Resolved file, and name and version of its package. */
interface ResolvedPackage {
	name: string;
	version: string;
	file: string;
}

function findPackage(file: string): ResolvedPackage {
	for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
		try {
			const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
				name?: string;
				version?: string;
			};
			if (name !== undefined && version !== undefined) return { name, version, file };
		} catch {
			// No package.json in this folder.
		}
	}
	throw new Error(`${file} belongs to no package`);
}

/** Returns the n8n-core of the tests, the n8n-workflow of n8n-core, and the n8n-workflow of the built node. */
export function resolveEngine(): Record<'core' | 'workflow' | 'workflowOfNode', ResolvedPackage> {
	return {
		core: findPackage(require.resolve('n8n-core')),
		workflow: findPackage(engineRequire.resolve('n8n-workflow')),
		workflowOfNode: findPackage(createRequire(BUILT_FILES.GoFive).resolve('n8n-workflow')),
	};
}

/** Whether the engine is that of n8n 1.x. */
export const isN8nV1 = (): boolean => resolveEngine().core.version.startsWith('1.');
