/**
 * What n8n's engine reads when it is loaded. Import this file before `n8n-core` or `n8n-workflow`.
 * Jest decides which release `n8n-core` and `n8n-workflow` are; nothing here names one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

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

/** Name and version of the package that a resolved file belongs to, and that file. */
export interface ResolvedPackage {
	name: string;
	version: string;
	file: string;
}

function packageOf(file: string): ResolvedPackage {
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

/** The engine the tests run in, and the n8n-workflow which that engine uses. */
export function engine(): { core: ResolvedPackage; workflow: ResolvedPackage } {
	return {
		core: packageOf(require.resolve('n8n-core')),
		workflow: packageOf(engineRequire.resolve('n8n-workflow')),
	};
}

/** The n8n-workflow that a `require` in the given file gets. */
export function workflowSeenFrom(file: string): ResolvedPackage {
	return packageOf(createRequire(file).resolve('n8n-workflow'));
}

/** True when the engine is that of n8n 1.x. */
export const isFirstMajor = (): boolean => engine().core.version.startsWith('1.');
