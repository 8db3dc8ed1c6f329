/**
 * `npm run bench`: measures the GoFive node and what a user would pick instead, in the n8n of `npm start`, against
 * the sandbox over a fixed delay. Takes about seven minutes; fails when a bound is not kept.
 * With a word, e.g. `npm run bench -- events`, only the cases that have it in their title.
 */
import os from 'node:os';
import { Listr, type ListrTask } from 'listr2';
import { largeCustomer } from './bench/cases/large.mts';
import { manyCodes } from './bench/cases/codes.mts';
import { packageLoad } from './bench/cases/load.mts';
import { perItem } from './bench/cases/perItem.mts';
import { rateLimit } from './bench/cases/rateLimit.mts';
import { repeatedCodes } from './bench/cases/repeated.mts';
import { printRows, printVerdicts, type Findings } from './bench/findings.mts';
import { Kit, type Case } from './bench/kit.mts';
import { N8nRuns } from './bench/n8nRuns.mts';
import { isOver } from './bounds.mts';
import { bringUp } from './start/bringUp.mts';
import { fillHome } from './start/home.mts';
import { pinnedN8n } from './start/paths.mts';
import { PlainStop } from './start/plain.mts';
import { inSession } from './start/session.mts';

/** Load of the machine, in processes per core, above which the times say little. */
const BUSY = 0.3;

function describeMachine(nodeVersion: string): string {
	const date = new Date().toISOString().slice(0, 10);
	const cores = os.cpus();
	return `${date}: ${pinnedN8n.title} on Node ${nodeVersion}, ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${os.platform()}`;
}

await inSession(async (session) => {
	const load = (os.loadavg()[0] ?? 0) / os.availableParallelism();
	if (load > BUSY) console.log('This machine is busy with something else: the times will say little.\n');
	const started = Date.now();

	const running = await bringUp(session, { serve: false });
	const { n8n, env } = running;
	const version = await session.run(n8n.node, ['--version'], { env });
	const kit = new Kit(session, running);
	const all: Case[] = [
		// The first that signs in, since it counts the requests for a token in a new installation.
		repeatedCodes(kit),
		manyCodes(kit, 1000, 0.85),
		manyCodes(kit, 200),
		rateLimit(kit),
		// These run in processes of their own, beside a server that is idle by now.
		largeCustomer(kit),
		packageLoad(kit),
		perItem(kit),
	];
	const [word = ''] = process.argv.slice(2);
	const cases = all.filter(({ title }) => title.includes(word));
	if (cases.length === 0) throw new PlainStop(`No case has "${word}" in its title.`, `They are: ${all.map(({ title }) => title).join('; ')}`);
	const workflows = cases.flatMap((each) => each.workflows);
	const runs = await N8nRuns.open(session, running);

	const found: Array<Findings & { title: string }> = [];
	const tasks = cases.map(
		(each): ListrTask => ({
			title: each.title,
			task: async (_, task) => {
				const findings = await each.run(runs, (line) => {
					task.output = line;
				});
				found.push({ title: each.title, ...findings });
			},
		}),
	);
	const importing: ListrTask = {
		title: 'Workflows to measure imported',
		task: () => fillHome(session, n8n, env, kit.headerCredential, workflows),
	};
	await new Listr([importing, ...tasks], { registerSignalListeners: false }).run();

	for (const { title, ...findings } of found) printRows(title, findings);
	const verdicts = found.flatMap((findings) => findings.verdicts);
	printVerdicts(verdicts);
	console.log(`\n${describeMachine(version.output.trim())}; ${Math.round((Date.now() - started) / 1000)} s in all.`);
	const over = verdicts.filter(({ value, bound }) => isOver(value, bound));
	if (over.length === 0) return console.log('Every bound is kept. Next: bring docs/performance.md up to date.');
	const next = 'Run it again on a quiet machine; if it stays so, see what docs/performance.md says about it.';
	throw new PlainStop(`Not kept: ${over.map(({ what }) => what).join('; ')}.`, next);
});
