import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installPackages, isInstalled, type InstallProgressCallback } from './installPackages.mts';
import { isForThisPlatform, type PackageLock } from './packageLock.mts';
import { pinPackages, readPinnedFile, type PinnedPackages } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';
import type { N8nRelease } from './n8nReleases.mts';
import type { ScriptContext } from './scriptContext.mts';

/** The Node that runs n8n: its executable, and where its C++ headers are if that is known. */
export interface NodeRuntime {
	executable: string;
	headersFolder?: string;
}

const supportsCurrentNode = ({ supportedNodeVersions }: N8nRelease): boolean =>
	supportedNodeVersions.includes(Number(process.versions.node.split('.')[0]));
const MODULES_PREFIX = 'node_modules/';

/** The package that holds Node 24 for this system; undefined when npm has none. */
interface NodePackage extends PinnedPackages {
	name: string;
}

/**
 * Picks this system's package out of the lock file and makes it required: npm passes over an optional package
 * that it cannot fetch without a word.
 */
function findNodePackage(): NodePackage | undefined {
	const lock = JSON.parse(readPinnedFile('node24', 'package-lock.json')) as PackageLock;
	const packageEntry = Object.entries(lock.packages).find(
		([key, lockedPackage]) => key && isForThisPlatform(lockedPackage),
	);
	if (!packageEntry) return undefined;
	const [key, locked] = packageEntry;
	const name = key.slice(MODULES_PREFIX.length);
	const version = locked.version ?? '';
	const manifest = { name: 'node-24-for-npm-start', version, private: true, dependencies: { [name]: version } };
	const packages = { '': manifest, [key]: { ...locked, optional: undefined } };
	const files = {
		'package.json': JSON.stringify(manifest, null, 2),
		'package-lock.json': JSON.stringify({ ...lock, packages }, null, 2),
		'.npmrc': readPinnedFile('node24', '.npmrc'),
	};
	return { name, ...pinPackages(`Node ${version}`, `node-${version}`, files) };
}

const nodePackage = findNodePackage();

/** Whether Node 24 still has to be installed before this n8n can run. */
export const needsNodeInstallation = (release: N8nRelease): boolean =>
	!supportsCurrentNode(release) && nodePackage !== undefined && !isInstalled(nodePackage);

/**
 * The machine's own Node when it can run this n8n, else Node 24 from npm.
 * @throws UserFacingError when there is no Node 24 on npm for this system.
 */
export async function ensureNodeRuntime(
	script: ScriptContext,
	release: N8nRelease,
	onProgress: InstallProgressCallback,
): Promise<NodeRuntime> {
	if (supportsCurrentNode(release)) return toNodeRuntime(process.execPath, path.resolve(process.execPath, '../..'));
	if (!nodePackage) {
		throw new UserFacingError(
			`${release.packages.title} needs Node 24, and npm has no ready-made Node 24 for ${process.platform} on ${process.arch}.`,
			'Install Node 24 (nodejs.org) and run "npm start" again.',
		);
	}
	await installPackages(script, nodePackage, onProgress);
	const folder = path.join(nodePackage.folder, MODULES_PREFIX, nodePackage.name);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: { node: string } };
	return toNodeRuntime(path.join(folder, bin.node), folder);
}

const toNodeRuntime = (executable: string, folder: string): NodeRuntime =>
	existsSync(path.join(folder, 'include', 'node', 'node_api.h'))
		? { executable, headersFolder: folder }
		: { executable };
