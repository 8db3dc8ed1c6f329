/**
 * What n8n's engine reads when it is loaded. Import this file before `n8n-core` or `n8n-workflow`.
 * Jest decides which release `n8n-core` and `n8n-workflow` are; nothing here names one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** `require` as n8n-core itself sees it: for parts of the engine that it does not export. */
export const engineRequire = createRequire(require.resolve('n8n-core'));

const userFolder = mkdtempSync(join(tmpdir(), 'gofive-engine-'));
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'only-for-tests',
	// Everything the engine would ever log is formatted, so that a test can look for secrets in it.
	N8N_LOG_LEVEL: 'debug',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});
engineRequire('reflect-metadata');

const distFolder = resolve(__dirname, '../../../dist');
/** What is tested, as it is published. */
export const BUILT_FILES = {
	GoFive: `${distFolder}/nodes/GoFive/GoFive.node.js`,
	GoFiveTrigger: `${distFolder}/nodes/GoFive/GoFiveTrigger.node.js`,
	GoFiveApi: `${distFolder}/credentials/GoFiveApi.credentials.js`,
};

/** Name and version of the package that a resolved file belongs to, and that file. */
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
			// No package.json here: look one folder up.
		}
	}
	throw new Error(`${file} belongs to no package`);
}

/** The engine the tests run in, the n8n-workflow which that engine uses, and the one that the built node gets. */
export function resolveEngine(): Record<'core' | 'workflow' | 'workflowOfNode', ResolvedPackage> {
	return {
		core: findPackage(require.resolve('n8n-core')),
		workflow: findPackage(engineRequire.resolve('n8n-workflow')),
		workflowOfNode: findPackage(createRequire(BUILT_FILES.GoFive).resolve('n8n-workflow')),
	};
}

/** True when the engine is that of n8n 1.x. */
export const isN8nV1 = (): boolean => resolveEngine().core.version.startsWith('1.');
