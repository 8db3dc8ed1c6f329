import path from 'node:path';
import { parsePackOutput } from '../checks/npmPack.mts';
import { createTempFolder } from './userFolder.mts';
import { runNpmOrThrow } from './runNpm.mts';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';
import type { ScriptContext } from './scriptContext.mts';

let tarballPath: Promise<string> | undefined;

/**
 * Builds the checkout and packs it, once in a run however many n8n are brought up.
 * @returns the tarball's path, which is deleted when the session ends.
 * @throws UserFacingError when it does not build.
 */
export async function buildPackageOnce(script: ScriptContext): Promise<string> {
	tarballPath ??= buildAndPack(script);
	return await tarballPath;
}

async function buildAndPack(script: ScriptContext): Promise<string> {
	const folder = await createTempFolder(script);
	await runNpmOrThrow(script, 'The package does not build', ['run', 'build'], { cwd: REPOSITORY_ROOT });
	const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
	const packOutput = await runNpmOrThrow(script, 'The package could not be packed', args, { cwd: REPOSITORY_ROOT });
	return path.join(folder, parsePackOutput(packOutput).filename);
}
