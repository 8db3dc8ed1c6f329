import path from 'node:path';
import { UserFacingError } from './userFacingError.mts';
import type { CommandOptions, CommandResult, ScriptContext } from './scriptContext.mts';

/** Options of an npm command. */
export interface NpmOptions extends CommandOptions {
	/** Path of the Node.js that runs npm and the scripts of packages. Defaults to the current one. */
	node?: string;
}

/** Causes that npm's last lines do not show, because npm warns about a full disk earlier, and prints stack traces. */
const KNOWN_CAUSES: Array<{ pattern: RegExp; problem: string; nextStep: string }> = [
	{
		pattern: /ENOSPC/u,
		problem: 'The disk is full.',
		nextStep: 'Free some disk space (the installation of n8n requires 6 GB), and run the command again.',
	},
	{
		pattern: /npm error code (?:EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTFOUND)/u,
		problem: 'The npm registry could not be reached.',
		nextStep: 'Check the network connection (for a proxy, also "npm config get proxy"), and run the command again.',
	},
];

/** Runs npm to its end. The caller checks the result. */
export async function runNpm(
	script: ScriptContext,
	args: string[],
	{ cwd, env = process.env, node = process.execPath }: NpmOptions = {},
): Promise<CommandResult> {
	const envWithNode = { ...env, PATH: [path.dirname(node), env['PATH']].join(path.delimiter) };
	const options = { ...(cwd === undefined ? {} : { cwd }), env: envWithNode };
	const npmOptions = ['--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=5', '--loglevel=warn'];
	return await script.runCommand('npm', [...args, ...npmOptions], options);
}

/**
 * Runs npm to its end.
 * @param failureSummary - First part of the message if npm fails, for example "n8n could not be installed"
 * @throws UserFacingError if npm fails
 */
export async function runNpmOrThrow(
	script: ScriptContext,
	failureSummary: string,
	args: string[],
	options: NpmOptions = {},
): Promise<void> {
	const { ok, output } = await runNpm(script, args, options);
	// npm only warns about a file that it could not write, for example on a full disk.
	const areFilesMissing = output.includes('TAR_ENTRY_ERROR');
	if (ok && !areFilesMissing) return;
	const cause = KNOWN_CAUSES.find(({ pattern }) => pattern.test(output));
	if (cause) throw new UserFacingError(`${failureSummary}. ${cause.problem}`, cause.nextStep);
	throw new UserFacingError(`${failureSummary}:\n${lastLines(output)}`, script.retryStep);
}

/** Returns the last eight lines, which show the cause of most failures. */
const lastLines = (output: string): string => output.trimEnd().split('\n').slice(-8).join('\n');
