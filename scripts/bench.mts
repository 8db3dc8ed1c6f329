/**
 * `npm run bench`: measures the GoFive node in two releases of n8n and compares the times with bounds.
 * Nothing imports this file. Start reading at bench/benchCases.mts, the list of the cases.
 */
import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { Listr, type ListrTask } from 'listr2';
import { BENCH_CASES } from './bench/benchCases.mts';
import { compileScripts } from './instance/compileScripts.mts';
import { BenchFixture } from './bench/benchFixture.mts';
import { measureCase } from './bench/measureCase.mts';
import { WorkflowExecutor } from './bench/workflowExecutor.mts';
import { BenchResults } from './bench/benchResults.mts';
import { prepareInstance } from './instance/startInstance.mts';
import { importIntoDatabase } from './instance/userFolder.mts';
import { TASK_LIST_OPTIONS } from './instance/taskList.mts';
import { UserFacingError } from './instance/userFacingError.mts';
import { N8N_RELEASES, type N8nRelease } from './instance/n8nReleases.mts';
import { runScript, type ScriptContext } from './instance/scriptContext.mts';

const CASE_NAMES = Object.keys(BENCH_CASES);
const program = new Command('npm run bench --')
	.description(
		'Measures the GoFive node and its alternatives in a real n8n, against the sandbox. Fails if a bound is exceeded. All cases take about 20 minutes. Do not use the machine for anything else during this time.',
	)
	.addOption(
		new Option('--release <name>', 'run only this release of n8n').choices(N8N_RELEASES.map(({ name }) => name)),
	)
	.option('--only <words...>', 'run only the cases whose name contains one of these words')
	.addHelpText('after', `\nCases: ${CASE_NAMES.join(', ')}`)
	.parse();
const { release, only = [''] } = program.opts<{ release?: string; only?: string[] }>();
const releases = N8N_RELEASES.filter(({ name }) => release === undefined || name === release);
const cases = CASE_NAMES.filter((name) => only.some((word) => name.includes(word)));
const unknownWord = only.find((word) => !CASE_NAMES.some((name) => name.includes(word)));
if (unknownWord !== undefined) program.error(`There is no case whose name contains "${unknownWord}".`);

/** Scripts of the bench that run on n8n's own Node. */
const HOOK_SCRIPTS = [
	new URL('bench/executionHook.mts', import.meta.url),
	new URL('bench/loadPackage.mts', import.meta.url),
	new URL('bench/benchReport.mts', import.meta.url),
];
/** Load average per core above which another program disturbs the times. */
const MAX_LOAD_PER_CORE = 0.3;

function describeMachine(): string {
	const cores = os.cpus();
	return `${new Date().toISOString().slice(0, 10)}, ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${os.platform()}`;
}

/**
 * Runs cases in one release.
 * @returns one text per case that could not be measured
 */
async function benchRelease(
	script: ScriptContext,
	release: N8nRelease,
	caseNames: string[],
	benchResults: BenchResults,
): Promise<string[]> {
	const instance = await prepareInstance(script, { release });
	const { n8n, env, sandbox } = instance;
	const { stdout } = await script.runCommand(n8n.nodePath, ['--version'], { env });
	const title = `${release.packages.title} on Node ${stdout.trim().replace('v', '')}`;

	const userFolder = env['N8N_USER_FOLDER'] ?? '';
	const scriptsFolder = path.join(userFolder, 'bench');
	await compileScripts(HOOK_SCRIPTS, scriptsFolder);
	const executor = new WorkflowExecutor(script, instance, scriptsFolder);
	const fixture = new BenchFixture(script, instance, executor, scriptsFolder);
	const benchCases = Object.entries(BENCH_CASES)
		.filter(([name]) => caseNames.includes(name))
		.map(([, createCase]) => createCase(fixture));
	const workflows = benchCases.flatMap(({ variants }) => variants.flatMap(({ workflow }) => workflow ?? []));

	await importIntoDatabase(script, n8n, env, fixture.credentials, workflows);
	const tasks = benchCases.map(
		(benchCase): ListrTask => ({
			title: benchCase.title,
			task: async (_, task) => {
				const getSamples = await measureCase(benchCase, sandbox, (line) => {
					task.output = line;
				});
				benchResults.add(title, benchCase, getSamples);
			},
		}),
	);
	const measureList = new Listr(tasks, { ...TASK_LIST_OPTIONS, collectErrors: 'minimal', exitOnError: false });
	await measureList.run();
	script.stopSignal.throwIfAborted();
	await executor.stopServer();
	return measureList.errors.map(({ error, task }) => `${task.title}, with ${title}: ${error.message}`);
}

await runScript(async (script) => {
	const loadPerCore = (os.loadavg()[0] ?? 0) / os.availableParallelism();
	if (loadPerCore > MAX_LOAD_PER_CORE)
		console.log('Another program is using this machine, so the times may not be reliable.\n');

	const startedAtMs = Date.now();
	const benchResults = new BenchResults();
	const unmeasured: string[] = [];
	try {
		for (const release of releases) {
			console.log(release.packages.title);
			unmeasured.push(...(await benchRelease(script, release, cases, benchResults)));
		}
	} finally {
		benchResults.print();
	}
	console.log(`\n${describeMachine()}, ${Math.round((Date.now() - startedAtMs) / 60_000)} minutes.`);
	if (unmeasured.length > 0)
		throw new UserFacingError(`Some cases could not be measured.\n${unmeasured.join('\n')}`, `See ${script.logFile}`);
	if (benchResults.exceededBounds.length === 0)
		return console.log('All figures are within their bounds. Next: compare them with docs/performance.md.');
	const nextStep =
		'Run the bench again while no other program uses the machine. docs/performance.md explains the cases.';
	throw new UserFacingError(`Some figures exceed their bounds.\n${benchResults.exceededBounds.join('\n')}`, nextStep);
});
