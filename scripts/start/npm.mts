import path from 'node:path';
import { knownCause, PlainStop } from './plain.mts';
import type { CommandOptions, Ended, Session } from './session.mts';

/** Options of a nested npm; `node` is the Node that runs it and its scripts. */
export interface NpmOptions extends CommandOptions {
	node?: string;
}

/** Commands that fetch packages; what others print may hold a word such as ECONNREFUSED for any reason. */
const FETCHING = ['ci', 'install'];

/** Runs npm and waits; how it ended is for the caller to judge. */
export async function runNpm(
	session: Session,
	args: string[],
	{ cwd, env = process.env, node = process.execPath }: NpmOptions = {},
): Promise<Ended> {
	const withNode = { ...env, PATH: [path.dirname(node), env['PATH']].join(path.delimiter) };
	const options = { ...(cwd === undefined ? {} : { cwd }), env: withNode };
	const quiet = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=5'];
	// npm names itself to the scripts it runs; going through Node avoids the npm.cmd of Windows.
	const cli = process.env['npm_execpath'];
	return cli?.endsWith('npm-cli.js')
		? await session.run(node, [cli, ...quiet], options)
		: await session.run('npm', quiet, options);
}

/**
 * Runs npm and waits.
 * @param doing what is being done, as the beginning of a message, e.g. "n8n could not be installed".
 * @returns what npm printed on its standard output.
 * @throws PlainStop with the cause in plain words.
 */
export async function npm(session: Session, doing: string, args: string[], options: NpmOptions = {}): Promise<string> {
	const { ok, output, stdout } = await runNpm(session, args, options);
	if (ok) return stdout;
	const cause = FETCHING.includes(args[0] ?? '') ? knownCause(output) : undefined;
	if (cause) throw new PlainStop(`${doing}. ${cause.message}`, cause.next);
	const said = /npm error (?!code)(.+)/u.exec(output)?.[1] ?? lastLines(output);
	throw new PlainStop(`${doing}: ${said}`, `The whole output is in ${session.log}`);
}

/** What a script printed last, for one that npm ran. */
const lastLines = (output: string): string => `\n${output.trimEnd().split('\n').slice(-8).join('\n')}`;
