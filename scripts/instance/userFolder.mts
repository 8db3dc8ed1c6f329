import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runNpmOrThrow } from './runNpm.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ImportedCredential } from './exampleWorkflowFiles.mts';
import type { N8nInstallation } from './n8nInstallation.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Time limit in ms for a command of n8n. The first one creates the database. */
const N8N_COMMAND_TIMEOUT_MS = 300_000;

/** Creates a temporary folder, which is deleted when the script ends. */
export async function createTempFolder(script: ScriptContext): Promise<string> {
	const tempFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-gofive-'));
	script.addCleanup(() => rm(tempFolder, { recursive: true, force: true, maxRetries: 5 }));
	return tempFolder;
}

/**
 * Installs the package in n8n's user folder, as n8n's community nodes screen does.
 * Peer dependencies are omitted, because a second n8n-workflow would break `instanceof` in n8n.
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

/** Imports credentials and workflows into n8n's database, which is created if necessary. */
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
 * @param successPattern - Output of a successful command
 * @throws UserFacingError if the output does not match
 */
async function runN8nCommand(
	script: ScriptContext,
	n8n: N8nInstallation,
	env: NodeJS.ProcessEnv,
	args: string[],
	successPattern: RegExp,
): Promise<void> {
	// The exit code is ignored, because n8n may crash during shutdown after a successful command.
	const options = { env, timeoutMs: N8N_COMMAND_TIMEOUT_MS };
	const { output } = await script.runCommand(n8n.nodePath, [n8n.cliPath, ...args], options);
	if (successPattern.test(output)) return;
	throw new UserFacingError(`The command "n8n ${args[0]}" did not succeed.`, script.retryStep);
}
