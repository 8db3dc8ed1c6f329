import path from 'node:path';
import { install, isInstalled, removeUnfinished, type Report } from './install.mts';
import { requireFreeDisk } from './machine.mts';
import { needsNode, nodeForN8n, type NodeForN8n } from './node.mts';
import { runNpm } from './npm.mts';
import type { Pinned } from './paths.mts';
import { PlainStop } from './plain.mts';
import type { Release } from './releases.mts';
import type { Session } from './session.mts';

/** GB that the installation takes at its peak, npm's own cache included. */
const DISK = 6;

/** An n8n that is ready to run. */
export interface N8n {
	/** The Node it runs on. */
	node: string;
	/** Its command line program. */
	program: string;
}

/** Whether something has to be installed, which needs the network and takes minutes. */
export const needsInstallation = (release: Release): boolean => needsNode(release) || !isInstalled(release.pinned);

/**
 * Installs n8n, and Node 24 if it needs that, unless they are there already.
 * @throws PlainStop when that is not possible.
 */
export async function readyN8n(session: Session, release: Release, report: Report): Promise<N8n> {
	const { pinned } = release;
	if (!isInstalled(pinned)) {
		// What a half-finished installation takes is free for the next one.
		await removeUnfinished(pinned, report);
		await requireFreeDisk(DISK);
	}
	const node = await nodeForN8n(session, release, report);
	await install(session, pinned, report, () => setUpDatabaseDriver(session, pinned, node, report));
	return { node: node.executable, program: path.join(pinned.folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** The one package whose install script is really needed; the others have ready-made parts or do without. */
async function setUpDatabaseDriver(session: Session, pinned: Pinned, node: NodeForN8n, report: Report): Promise<void> {
	report("setting up n8n's database driver (up to a minute)");
	const options = { cwd: pinned.folder, node: node.executable };
	const env = node.headers === undefined ? process.env : { ...process.env, npm_config_nodedir: node.headers };
	await runNpm(session, ['rebuild', 'sqlite3', '--ignore-scripts=false'], { ...options, env });
	const { ok } = await session.run(node.executable, ['-e', "require('sqlite3')"], options);
	if (ok) return;
	throw new PlainStop(
		"n8n's database driver (sqlite3) could not be set up: it is neither downloaded from github.com nor compiled.",
		`Let this machine reach github.com, or install a C++ compiler, make and Python 3; then run "npm start" again. What was printed is in ${session.log}`,
	);
}
