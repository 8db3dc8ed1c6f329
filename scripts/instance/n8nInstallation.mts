import path from 'node:path';
import {
	installPackages,
	isInstalled,
	removeUnfinishedInstallation,
	type InstallProgressCallback,
} from './installPackages.mts';
import { assertFreeDiskSpace } from './systemRequirements.mts';
import { needsNodeInstallation, ensureNodeRuntime, type NodeRuntime } from './nodeRuntime.mts';
import { runNpm } from './runNpm.mts';
import type { PinnedPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import type { N8nRelease } from './n8nReleases.mts';
import type { ScriptContext } from './scriptContext.mts';

/** GB that the installation takes at its peak, npm's own cache included. */
const REQUIRED_DISK_GB = 6;

/** An n8n that is ready to run. */
export interface N8nInstallation {
	/** The Node it runs on. */
	nodePath: string;
	/** Its command line program. */
	cliPath: string;
}

/** Whether something has to be installed, which needs the network and takes minutes. */
export const needsInstallation = (release: N8nRelease): boolean =>
	needsNodeInstallation(release) || !isInstalled(release.packages);

/**
 * Installs n8n, and Node 24 if it needs that, unless they are there already.
 * @throws UserFacingError when that is not possible.
 */
export async function installN8n(
	script: ScriptContext,
	release: N8nRelease,
	onProgress: InstallProgressCallback,
): Promise<N8nInstallation> {
	const { packages } = release;
	if (!isInstalled(packages)) {
		// What a half-finished installation takes is free for the next one.
		await removeUnfinishedInstallation(packages, onProgress);
		await assertFreeDiskSpace(REQUIRED_DISK_GB);
	}
	const node = await ensureNodeRuntime(script, release, onProgress);
	await installPackages(script, packages, onProgress, () => setUpDatabaseDriver(script, packages, node, onProgress));
	return { nodePath: node.executable, cliPath: path.join(packages.folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** The one package whose install script is really needed; the others have ready-made parts or do without. */
async function setUpDatabaseDriver(
	script: ScriptContext,
	packages: PinnedPackages,
	node: NodeRuntime,
	onProgress: InstallProgressCallback,
): Promise<void> {
	onProgress("setting up n8n's database driver (up to a minute)");
	const options = { cwd: packages.folder, node: node.executable };
	const env =
		node.headersFolder === undefined ? process.env : { ...process.env, npm_config_nodedir: node.headersFolder };
	await runNpm(script, ['rebuild', 'sqlite3', '--ignore-scripts=false'], { ...options, env });
	const { ok } = await script.runCommand(node.executable, ['-e', "require('sqlite3')"], options);
	if (ok) return;
	throw new UserFacingError(
		"n8n's database driver (sqlite3) could not be set up: it is neither downloaded from github.com nor compiled.",
		`Let this machine reach github.com, or install a C++ compiler, make and Python 3; then run "npm start" again. What was printed is in ${script.logFile}`,
	);
}
