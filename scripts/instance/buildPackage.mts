import path from 'node:path';
import { packRepository } from '../checks/npmPack.mts';
import { createTempFolder } from './userFolder.mts';
import { runNpmOrThrow } from './runNpm.mts';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';
import type { ScriptContext } from './scriptContext.mts';

let tarballPath: Promise<string> | undefined;

/**
 * Builds and packs the checkout, once for all n8n of the script.
 * @returns the path of the tarball, which is deleted when the script ends
 * @throws UserFacingError if the build fails
 */
export async function buildPackageOnce(script: ScriptContext): Promise<string> {
	tarballPath ??= buildAndPack(script);
	return await tarballPath;
}

async function buildAndPack(script: ScriptContext): Promise<string> {
	const folder = await createTempFolder(script);
	await runNpmOrThrow(script, 'The package could not be built', ['run', 'build'], { cwd: REPOSITORY_ROOT });
	return path.join(folder, (await packRepository(folder)).filename);
}
