import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installPackages, isInstalled, type InstallProgressCallback } from './installPackages.mts';
import { pinPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import type { N8nRelease } from './n8nReleases.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Node.js that runs n8n. */
export interface NodeRuntime {
	executable: string;
	/** Folder of its C++ headers, if they are installed. */
	headersFolder?: string;
}

/** Node 24 from npm, one optional package per system. For Apple silicon, only another package has it. */
const NODE_PACKAGES = pinPackages('node24', 'Node');

const supportsCurrentNode = ({ supportedNodeVersions }: N8nRelease): boolean =>
	supportedNodeVersions.includes(Number(process.versions.node.split('.')[0]));

/** Whether Node 24 must be installed before this n8n can run. */
export const needsNodeInstallation = (release: N8nRelease): boolean =>
	!supportsCurrentNode(release) && !isInstalled(NODE_PACKAGES);

/**
 * Returns the current Node.js if it can run this n8n, else Node 24 from npm.
 * @throws UserFacingError if npm has no Node 24 for this system
 */
export async function ensureNodeRuntime(
	script: ScriptContext,
	release: N8nRelease,
	onProgress: InstallProgressCallback,
): Promise<NodeRuntime> {
	if (supportsCurrentNode(release)) return toNodeRuntime(process.execPath, path.resolve(process.execPath, '../..'));
	await installPackages(script, NODE_PACKAGES, onProgress, () => void findNodeFolder(release));
	const folder = findNodeFolder(release);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: { node: string } };
	return toNodeRuntime(path.join(folder, bin.node), folder);
}

/** Finds the package for this system. npm silently skips an optional package that does not fit or cannot be fetched. */
function findNodeFolder({ packages }: N8nRelease): string {
	const nodeModulesFolder = path.join(NODE_PACKAGES.folder, 'node_modules');
	const name = readdirSync(nodeModulesFolder).find((entry) => entry.startsWith('node-'));
	if (name !== undefined) return path.join(nodeModulesFolder, name);
	throw new UserFacingError(
		`${packages.title} requires Node 24, and npm has no build of it for ${process.platform} on ${process.arch}.`,
		'Install Node 24 from nodejs.org, and run the command again.',
	);
}

const toNodeRuntime = (executable: string, folder: string): NodeRuntime =>
	existsSync(path.join(folder, 'include', 'node', 'node_api.h'))
		? { executable, headersFolder: folder }
		: { executable };
