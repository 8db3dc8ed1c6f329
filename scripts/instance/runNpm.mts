import path from 'node:path';
import { findKnownCause, UserFacingError } from './userFacingError.mts';
import type { CommandOptions, CommandResult, ScriptContext } from './scriptContext.mts';

/** Options of a nested npm; `node` is the Node that runs it and its scripts. */
export interface NpmOptions extends CommandOptions {
	node?: string;
}

/** Commands that fetch packages; what others print may hold a word such as ECONNREFUSED for any reason. */
const FETCHING_COMMANDS = ['ci', 'install'];

/** Runs npm and waits; how it ended is for the caller to judge. */
export async function runNpm(
	script: ScriptContext,
	args: string[],
	{ cwd, env = process.env, node = process.execPath }: NpmOptions = {},
): Promise<CommandResult> {
	const envWithNode = { ...env, PATH: [path.dirname(node), env['PATH']].join(path.delimiter) };
	const options = { ...(cwd === undefined ? {} : { cwd }), env: envWithNode };
	const quietArgs = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=5'];
	// npm names itself to the scripts it runs; going through Node avoids the npm.cmd of Windows.
	const npmCliPath = process.env['npm_execpath'];
	return npmCliPath?.endsWith('npm-cli.js')
		? await script.runCommand(node, [npmCliPath, ...quietArgs], options)
		: await script.runCommand('npm', quietArgs, options);
}

/**
 * Runs npm and waits.
 * @param failureSummary what is being done, as the beginning of a message, e.g. "n8n could not be installed".
 * @returns what npm printed on its standard output.
 * @throws UserFacingError with the cause in plain words.
 */
export async function runNpmOrThrow(
	script: ScriptContext,
	failureSummary: string,
	args: string[],
	options: NpmOptions = {},
): Promise<string> {
	const { ok, output, stdout } = await runNpm(script, args, options);
	if (ok) return stdout;
	const cause = FETCHING_COMMANDS.includes(args[0] ?? '') ? findKnownCause(output) : undefined;
	if (cause) throw new UserFacingError(`${failureSummary}. ${cause.message}`, cause.nextStep);
	const npmMessage = /npm error (?!code)(.+)/u.exec(output)?.[1] ?? lastLines(output);
	throw new UserFacingError(`${failureSummary}: ${npmMessage}`, `The whole output is in ${script.logFile}`);
}

/** What a script printed last, for one that npm ran. */
const lastLines = (output: string): string => `\n${output.trimEnd().split('\n').slice(-8).join('\n')}`;
