import path from 'node:path';
import { findKnownCause, UserFacingError } from './userFacingError.mts';
import type { CommandOptions, CommandResult, ScriptContext } from './scriptContext.mts';

/** Options of an npm command. */
export interface NpmOptions extends CommandOptions {
	/** Path of the Node.js that runs npm and the scripts of packages. Defaults to the current one. */
	node?: string;
}

/** Commands that fetch packages. The output of others may contain a code like ECONNREFUSED for unrelated reasons. */
const FETCHING_COMMANDS = ['ci', 'install'];

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
 * @returns the standard output of npm
 * @throws UserFacingError if npm fails
 */
export async function runNpmOrThrow(
	script: ScriptContext,
	failureSummary: string,
	args: string[],
	options: NpmOptions = {},
): Promise<string> {
	const { ok, output, stdout } = await runNpm(script, args, options);
	// npm only warns about a file that it could not write, for example on a full disk.
	const areFilesMissing = output.includes('TAR_ENTRY_ERROR');
	if (ok && !areFilesMissing) return stdout;
	const cause = FETCHING_COMMANDS.includes(args[0] ?? '') ? findKnownCause(output) : undefined;
	if (cause) throw new UserFacingError(`${failureSummary}. ${cause.message}`, cause.nextStep);
	const npmMessage = /npm error (?!code)(.+)/u.exec(output)?.[1] ?? lastLines(output);
	throw new UserFacingError(`${failureSummary}: ${npmMessage}`, script.retryStep);
}

/** Returns the last eight lines, which show the cause if a script of npm failed. */
const lastLines = (output: string): string => `\n${output.trimEnd().split('\n').slice(-8).join('\n')}`;
