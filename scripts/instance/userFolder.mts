import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runNpmOrThrow } from './runNpm.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ImportedCredential } from './exampleWorkflowFiles.mts';
import type { N8nInstallation } from './n8nInstallation.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Milliseconds that one command of n8n may take; the first one makes the database. */
const N8N_COMMAND_TIMEOUT_MS = 300_000;

/** A new, empty home folder for n8n, or for what it needs; it is deleted when the session ends. */
export async function createTempFolder(script: ScriptContext): Promise<string> {
	const tempFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-gofive-'));
	script.addCleanup(() => rm(tempFolder, { recursive: true, force: true, maxRetries: 5 }));
	return tempFolder;
}

/**
 * Installs the package into the home the way n8n's community nodes screen does.
 * Without peers: a second n8n-workflow there would break n8n's `instanceof`.
 */
export async function installCommunityPackage(
	script: ScriptContext,
	userFolder: string,
	tarball: string,
): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	const args = ['install', tarball, '--legacy-peer-deps', '--omit=peer', '--ignore-scripts'];
	await runNpmOrThrow(script, 'The package could not be installed into n8n', args, { cwd: folder });
}

/** Puts credentials and workflows into n8n's database; makes the database first. */
export async function importIntoDatabase(
	script: ScriptContext,
	n8n: N8nInstallation,
	env: NodeJS.ProcessEnv,
	credentials: ImportedCredential[],
	workflows: object[],
): Promise<void> {
	const userFolder = env['N8N_USER_FOLDER'] ?? '';
	const importEntities = async (command: string, entityKind: string, entities: object[]): Promise<void> => {
		const file = path.join(userFolder, `${entityKind}.json`);
		await writeFile(file, JSON.stringify(entities), { mode: 0o600 });
		const successPattern = new RegExp(`Successfully imported ${entities.length} ${entityKind}`, 'u');
		await runN8nCommand(script, n8n, env, [command, `--input=${file}`], successPattern);
	};
	await importEntities('import:credentials', 'credential', credentials);
	await importEntities('import:workflow', 'workflow', workflows);
}

/**
 * Runs a command of n8n's command line program.
 * @param successPattern how it prints that it worked
 * @throws UserFacingError when it did not do what it should
 */
export async function runN8nCommand(
	script: ScriptContext,
	n8n: N8nInstallation,
	env: NodeJS.ProcessEnv,
	args: string[],
	successPattern: RegExp,
): Promise<void> {
	// What n8n prints decides, not how it ends: it may crash while it is closing down.
	const { output } = await script.runCommand(n8n.nodePath, [n8n.cliPath, ...args], {
		env,
		timeoutMs: N8N_COMMAND_TIMEOUT_MS,
	});
	if (!successPattern.test(output))
		throw new UserFacingError(`n8n did not do "${args[0]}".`, `What it printed is in ${script.logFile}`);
}
