import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { npm } from './npm.mts';
import { PlainStop } from './plain.mts';
import type { CredentialFile } from './examples.mts';
import type { N8n } from './n8n.mts';
import type { Session } from './session.mts';

/** Milliseconds that one command of n8n may take; the first one makes the database. */
const PATIENCE = 300_000;

/** A new, empty home folder for n8n, or for what it needs; it is deleted when the session ends. */
export async function newHome(session: Session): Promise<string> {
	const home = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-gofive-'));
	session.onEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
	return home;
}

/**
 * Installs the package into the home the way n8n's community nodes screen does.
 * Without peers: a second n8n-workflow there would break n8n's `instanceof`.
 */
export async function installPackage(session: Session, home: string, tarball: string): Promise<void> {
	const folder = path.join(home, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	const args = ['install', tarball, '--legacy-peer-deps', '--omit=peer', '--ignore-scripts'];
	await npm(session, 'The package could not be installed into n8n', args, { cwd: folder });
}

/** Puts credentials and workflows into n8n's database; makes the database first. */
export async function fillHome(
	session: Session,
	n8n: N8n,
	env: NodeJS.ProcessEnv,
	credentials: CredentialFile[],
	workflows: object[],
): Promise<void> {
	const home = env['N8N_USER_FOLDER'] ?? '';
	const imported = async (command: string, kind: string, content: object[]): Promise<void> => {
		const file = path.join(home, `${kind}.json`);
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		const success = new RegExp(`Successfully imported ${content.length} ${kind}`, 'u');
		await runCommand(session, n8n, env, [command, `--input=${file}`], success);
	};
	await imported('import:credentials', 'credential', credentials);
	await imported('import:workflow', 'workflow', workflows);
}

/**
 * Runs a command of n8n's command line program.
 * @param success how it prints that it worked
 * @throws PlainStop when it did not do what it should
 */
export async function runCommand(
	session: Session,
	n8n: N8n,
	env: NodeJS.ProcessEnv,
	args: string[],
	success: RegExp,
): Promise<void> {
	// What n8n prints decides, not how it ends: it may crash while it is closing down.
	const { output } = await session.run(n8n.node, [n8n.program, ...args], { env, patience: PATIENCE });
	if (!success.test(output)) throw new PlainStop(`n8n did not do "${args[0]}".`, `What it printed is in ${session.log}`);
}
