/**
 * `npm run bench`: measures the GoFive node in two releases of n8n and compares the times with bounds.
 * Nothing imports this file. Start reading at bench/benchCases.mts, the list of the cases.
 */
import os from 'node:os';
import { Command, Option } from 'commander';
import { Listr, type ListrTask } from 'listr2';
import { BENCH_CASES, HEADER_CREDENTIAL } from './bench/benchCases.mts';
import { BenchResult } from './bench/benchResult.mts';
import { BenchRunner } from './bench/benchRunner.mts';
import { N8N_RELEASES, type N8nRelease } from './instance/n8nReleases.mts';
import { runScript, type ScriptContext } from './instance/scriptContext.mts';
import { prepareInstance, TASK_LIST_OPTIONS } from './instance/startInstance.mts';
import { UserFacingError } from './instance/userFacingError.mts';

const CASE_NAMES = Object.keys(BENCH_CASES);
const RELEASE_NAMES = N8N_RELEASES.map(({ name }) => name);
const program = new Command('npm run bench --')
	.description(
		'Measures the GoFive node and its alternatives in a real n8n, against the sandbox. Fails if a bound is exceeded. All cases take about 20 minutes. Do not use the machine for anything else during this time.',
	)
	.addOption(new Option('--release <name>', 'run only this release of n8n').choices(RELEASE_NAMES))
	.addOption(new Option('--only <cases...>', 'run only these cases').choices(CASE_NAMES).default(CASE_NAMES))
	.parse();
const { release: onlyRelease, only } = program.opts<{ release?: string; only: string[] }>();
const releases = N8N_RELEASES.filter(({ name }) => onlyRelease === undefined || name === onlyRelease);

/** Load average per core above which another program disturbs the times. */
const MAX_LOAD_PER_CORE = 0.3;

/**
 * Runs the cases in one release, and prints their results.
 * @returns one text per exceeded bound, and per case that could not be measured
 */
async function benchRelease(script: ScriptContext, release: N8nRelease): Promise<string[]> {
	const instance = await prepareInstance(script, { release });
	const { stdout } = await script.runCommand(instance.n8n.nodePath, ['--version']);
	const title = `${release.packages.title} on Node ${stdout.trim().replace('v', '')}`;
	const runner = new BenchRunner(script, instance);
	const cases = Object.entries(BENCH_CASES)
		.filter(([name]) => only.includes(name))
		.map(([, createCase]) => createCase(runner));
	await runner.prepare(cases, HEADER_CREDENTIAL);

	const result = new BenchResult();
	const tasks = cases.map(
		(benchCase): ListrTask => ({
			title: benchCase.title,
			task: async (_, task) => {
				const samples = await runner.measure(benchCase, (line) => {
					task.output = line;
				});
				result.add(benchCase, samples);
			},
		}),
	);
	const taskList = new Listr(tasks, { ...TASK_LIST_OPTIONS, collectErrors: 'minimal', exitOnError: false });
	await taskList.run();
	script.stopSignal.throwIfAborted();
	await runner.stopServer();
	result.print(title);
	const unmeasured = taskList.errors.map(({ error, task }) => `${task.title}: ${error.message}`);
	return [...result.exceeded, ...unmeasured].map((problem) => `${problem}, with ${title}`);
}

await runScript('bench', async (script) => {
	const loadPerCore = (os.loadavg()[0] ?? 0) / os.availableParallelism();
	if (loadPerCore > MAX_LOAD_PER_CORE)
		console.log('Another program is using this machine, so the times may not be reliable.\n');

	const startedAtMs = Date.now();
	const problems: string[] = [];
	for (const release of releases) problems.push(...(await benchRelease(script, release)));

	const [{ model } = { model: 'unknown' }] = os.cpus();
	const minutes = Math.round((Date.now() - startedAtMs) / 60_000);
	console.log(`${os.availableParallelism()} cores (${model.trim()}), ${os.platform()}, ${minutes} minutes.`);
	if (problems.length === 0) return console.log('All figures are within their bounds.');
	throw new UserFacingError(
		`Some figures exceed their bounds or could not be measured.\n${problems.join('\n')}`,
		`Run the bench again while no other program uses the machine. The output of n8n is in ${script.logFile}`,
	);
});
