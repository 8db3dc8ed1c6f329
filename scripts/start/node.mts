import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { install, isInstalled, type Report } from './install.mts';
import { fitsMachine, type Lock } from './lock.mts';
import { pin, readScriptFile, type Pinned } from './paths.mts';
import { PlainStop } from './plain.mts';
import type { Release } from './releases.mts';
import type { Session } from './session.mts';

/** The Node that runs n8n: its executable, and where its C++ headers are if that is known. */
export interface NodeForN8n {
	executable: string;
	headers?: string;
}

const ownWorks = ({ nodes }: Release): boolean => nodes.includes(Number(process.versions.node.split('.')[0]));
const MODULES = 'node_modules/';

/** The package that holds Node 24 for this system; undefined when npm has none. */
interface NodePackage extends Pinned {
	name: string;
}

/**
 * Picks this system's package out of the lock file and makes it required: npm passes over an optional package
 * that it cannot fetch without a word.
 */
function pickPackage(): NodePackage | undefined {
	const lock = JSON.parse(readScriptFile('node24', 'package-lock.json')) as Lock;
	const found = Object.entries(lock.packages).find(([key, locked]) => key && fitsMachine(locked));
	if (!found) return undefined;
	const [key, locked] = found;
	const name = key.slice(MODULES.length);
	const version = locked.version ?? '';
	const manifest = { name: 'node-24-for-npm-start', version, private: true, dependencies: { [name]: version } };
	const packages = { '': manifest, [key]: { ...locked, optional: undefined } };
	const files = {
		'package.json': JSON.stringify(manifest, null, 2),
		'package-lock.json': JSON.stringify({ ...lock, packages }, null, 2),
		'.npmrc': readScriptFile('node24', '.npmrc'),
	};
	return { name, ...pin(`Node ${version}`, `node-${version}`, files) };
}

const nodePackage = pickPackage();

/** Whether Node 24 still has to be installed before this n8n can run. */
export const needsNode = (release: Release): boolean =>
	!ownWorks(release) && nodePackage !== undefined && !isInstalled(nodePackage);

/**
 * The machine's own Node when it can run this n8n, else Node 24 from npm.
 * @throws PlainStop when there is no Node 24 on npm for this system.
 */
export async function nodeForN8n(session: Session, release: Release, report: Report): Promise<NodeForN8n> {
	if (ownWorks(release)) return withHeaders(process.execPath, path.resolve(process.execPath, '../..'));
	if (!nodePackage) {
		throw new PlainStop(
			`${release.pinned.title} needs Node 24, and npm has no ready-made Node 24 for ${process.platform} on ${process.arch}.`,
			'Install Node 24 (nodejs.org) and run "npm start" again.',
		);
	}
	await install(session, nodePackage, report);
	const folder = path.join(nodePackage.folder, MODULES, nodePackage.name);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: { node: string } };
	return withHeaders(path.join(folder, bin.node), folder);
}

const withHeaders = (executable: string, folder: string): NodeForN8n =>
	existsSync(path.join(folder, 'include', 'node', 'node_api.h')) ? { executable, headers: folder } : { executable };
