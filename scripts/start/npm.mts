import path from 'node:path';
import { knownCause, PlainStop } from './plain.mts';
import type { CommandOptions, Session } from './session.mts';

/** Options of a nested npm; `node` is the Node that runs it and its scripts. */
export interface NpmOptions extends CommandOptions {
	node?: string;
}

/**
 * Runs npm and waits.
 * @param doing what is being done, as the beginning of a message, e.g. "n8n could not be installed".
 * @returns what npm printed.
 * @throws PlainStop with the cause in plain words.
 */
export async function npm(
	session: Session,
	doing: string,
	args: string[],
	{ cwd, env = process.env, node = process.execPath }: NpmOptions = {},
): Promise<string> {
	const withNode = { ...env, PATH: [path.dirname(node), env['PATH']].join(path.delimiter) };
	const options = { ...(cwd === undefined ? {} : { cwd }), env: withNode };
	const quiet = [...args, '--no-audit', '--no-fund', '--no-update-notifier'];
	// npm names itself to the scripts it runs; going through Node avoids the npm.cmd of Windows.
	const cli = process.env['npm_execpath'];
	const { ok, output } = cli?.endsWith('npm-cli.js')
		? await session.run(node, [cli, ...quiet], options)
		: await session.run('npm', quiet, options);
	if (ok) return output;
	const cause = knownCause(output);
	if (cause) throw new PlainStop(`${doing}. ${cause.message}`, cause.next);
	const said = /npm error (?!code)(.+)/u.exec(output)?.[1] ?? lastLines(output);
	throw new PlainStop(`${doing}: ${said}`, `The whole output is in ${session.log}`);
}

/** What a script printed last, for one that npm ran. */
const lastLines = (output: string): string => `\n${output.trimEnd().split('\n').slice(-8).join('\n')}`;
