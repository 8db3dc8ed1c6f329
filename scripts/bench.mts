/** `npm run bench`: how fast the GoFive node is, in two releases of n8n, and whether that keeps its bounds. See --help. */
import os from 'node:os';
import path from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import { CASES } from './bench/cases.mts';
import { compileScripts } from './start/compile.mts';
import { Kit } from './bench/kit.mts';
import { measure } from './bench/measure.mts';
import { N8nRuns } from './bench/n8nRuns.mts';
import { hasNginx, startNginx } from './bench/nginx.mts';
import { Results } from './bench/results.mts';
import { prepare } from './start/bringUp.mts';
import { readOptions } from './start/options.mts';
import { fillHome } from './start/home.mts';
import { PlainStop } from './start/plain.mts';
import { RELEASES, type Release } from './start/releases.mts';
import { inSession, type Session } from './start/session.mts';

const USAGE = `npm run bench [-- options]

Measures the GoFive node and what a user would pick instead in a real n8n, against the sandbox, and fails when a bound
is not kept. All of it takes about twenty minutes; do nothing else on the machine meanwhile.

  --release <name>   only this n8n: ${RELEASES.map(({ name }) => name).join(' or ')}
  --only <word>      only the cases that have this word in their name; may be given more than once
  --help             this text

Cases: ${Object.keys(CASES).join(', ')}`;

const OPTIONS = {
	release: { type: 'string' },
	only: { type: 'string', multiple: true },
	help: { type: 'boolean' },
} as const;

/** What n8n's own Node runs of the bench. */
const SCRIPTS = [
	new URL('bench/inside.mts', import.meta.url),
	new URL('bench/load.mts', import.meta.url),
	new URL('bench/report.mts', import.meta.url),
];
/** Load of the machine, in processes per core, above which the times say little. */
const BUSY = 0.3;

function describeMachine(): string {
	const cores = os.cpus();
	return `${new Date().toISOString().slice(0, 10)}, ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${os.platform()}`;
}

/** Runs cases in one release. @returns what could not be measured, in words */
async function benchRelease(session: Session, release: Release, names: string[], results: Results): Promise<string[]> {
	const running = await prepare(session, { release });
	const { n8n, env, sandbox } = running;
	const { stdout } = await session.run(n8n.node, ['--version'], { env });
	const title = `${release.pinned.title} on Node ${stdout.trim().replace('v', '')}`;

	const home = env['N8N_USER_FOLDER'] ?? '';
	const scripts = path.join(home, 'bench');
	await compileScripts(SCRIPTS, scripts);
	const runs = new N8nRuns(session, running, scripts);
	const gateways = hasNginx ? await startNginx(session, path.join(home, 'nginx'), sandbox.url) : undefined;
	const kit = new Kit(session, running, runs, scripts, gateways);
	const cases = Object.entries(CASES).flatMap(([name, make]) => (names.includes(name) ? [make(kit)] : []));
	const workflows = cases.flatMap(({ ways }) => ways.flatMap(({ workflow }) => workflow ?? []));

	const importing: ListrTask = {
		title: 'Workflows to measure imported',
		task: async () => fillHome(session, n8n, env, await kit.credentials(), workflows),
	};
	const tasks = cases.map(
		(each): ListrTask => ({
			title: each.title,
			task: async (_, task) => {
				const of = await measure(each, sandbox, (line) => {
					task.output = line;
				});
				results.add(title, each, of);
			},
		}),
	);
	const options = { registerSignalListeners: false, collectErrors: 'minimal' } as const;
	await new Listr(importing, options).run();
	const measuring = new Listr(tasks, { ...options, exitOnError: false });
	await measuring.run();
	session.stopped.throwIfAborted();
	await runs.end();
	return measuring.errors.map(({ error, task }) => `${task.title}, with ${title}: ${error.message}`);
}

await inSession(async (session) => {
	const { releases, cases, help } = readOptions('run bench', OPTIONS, ({ release, only = [''], help }) => {
		const releases = RELEASES.filter(({ name }) => release === undefined || name === release);
		if (releases.length === 0) throw new Error(`There is no release "${release}" here.`);
		const names = Object.keys(CASES);
		const unknown = only.find((word) => !names.some((name) => name.includes(word)));
		if (unknown !== undefined) throw new Error(`No case has "${unknown}" in its name.`);
		return { releases, cases: names.filter((name) => only.some((word) => name.includes(word))), help };
	});
	if (help) return console.log(USAGE);
	const load = (os.loadavg()[0] ?? 0) / os.availableParallelism();
	if (load > BUSY) console.log('This machine is busy with something else: the times will say little.\n');
	const possible = cases.filter((name) => hasNginx || !name.startsWith('nginx'));
	if (possible.length < cases.length) console.log('nginx is not installed, so the cases behind it are left out (Debian: apt install nginx-light).\n');

	const started = Date.now();
	const results = new Results();
	const unmeasured: string[] = [];
	try {
		for (const release of releases) {
			console.log(release.pinned.title);
			unmeasured.push(...(await benchRelease(session, release, possible, results)));
		}
	} finally {
		results.print();
	}
	console.log(`\n${describeMachine()}; ${Math.round((Date.now() - started) / 60_000)} minutes in all.`);
	if (unmeasured.length > 0) throw new PlainStop(`Not everything could be measured: ${unmeasured.join(' ')}`, `See ${session.log}`);
	if (results.over.length === 0) return console.log('Every bound is kept. Next: bring docs/performance.md up to date.');
	const next = 'Run it again on a quiet machine; if it stays so, see what docs/performance.md says about it.';
	throw new PlainStop(`Not kept: ${results.over.join('; ')}.`, next);
});
