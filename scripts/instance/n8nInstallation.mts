import path from 'node:path';
import { installPackages, isInstalled, type InstallProgressCallback } from './installPackages.mts';
import { needsNodeInstallation, ensureNodeRuntime, type NodeRuntime } from './nodeRuntime.mts';
import { runNpm } from './runNpm.mts';
import { UserFacingError } from './userFacingError.mts';
import type { N8nRelease } from './n8nReleases.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Installed n8n. */
export interface N8nInstallation {
	/** Path of the Node.js that runs it. */
	nodePath: string;
	/** Path of its command line program. */
	cliPath: string;
}

/** Whether n8n or its Node.js must be installed, which needs the network and takes minutes. */
export const needsInstallation = (release: N8nRelease): boolean =>
	needsNodeInstallation(release) || !isInstalled(release.packages);

/**
 * Installs n8n, and Node 24 if n8n needs it, unless they are installed.
 * @throws UserFacingError if the installation fails
 */
export async function installN8n(
	script: ScriptContext,
	release: N8nRelease,
	onProgress: InstallProgressCallback,
): Promise<N8nInstallation> {
	const { packages } = release;
	const node = await ensureNodeRuntime(script, release, onProgress);
	await installPackages(script, packages, onProgress, async () => {
		onProgress("installing n8n's database driver (up to a minute)");
		await setUpDatabaseDriver(script, packages.folder, node);
	});
	return { nodePath: node.executable, cliPath: path.join(packages.folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** Runs the install script of sqlite3, the only package that does not work without its script. */
async function setUpDatabaseDriver(script: ScriptContext, folder: string, node: NodeRuntime): Promise<void> {
	const options = { cwd: folder, node: node.executable };
	const env = { ...process.env, ...(node.headersFolder && { npm_config_nodedir: node.headersFolder }) };
	await runNpm(script, ['rebuild', 'sqlite3', '--ignore-scripts=false'], { ...options, env });
	const { ok } = await script.runCommand(node.executable, ['-e', "require('sqlite3')"], options);
	if (ok) return;
	throw new UserFacingError(
		"n8n's database driver (sqlite3) could not be installed, neither from github.com nor by a compiler.",
		'Allow access to github.com or install a C++ compiler, make and Python 3, and run the command again.',
	);
}
