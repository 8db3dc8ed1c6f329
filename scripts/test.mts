/**
 * Runs the checks and the tests, except those in a real n8n. Goes on after a failed step. Every step counts as
 * one check, every test as one test. The last line is the sum, which CI reads.
 * `npm test`: everything. `npm run check` (`--unit`): the unit tests only.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { buildCheck, lintChecks, typeChecks, type Check } from './checks/checkDefinitions.mts';
import { toListrTask, printFailedChecks, runSteps, type CheckResult, type CheckStep } from './checks/runChecks.mts';

/** The counts in jest's --json report. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
}

const { unit = false } = new Command('npm test --')
	.description('Runs all checks, and the tests that require no n8n server.')
	.option('--unit', 'run only the unit tests, as npm run check does')
	.parse()
	.opts<{ unit?: boolean }>();

const REPORT_FILE = '.tmp/jest.json';
await mkdir('.tmp', { recursive: true });
// Without a new report, the tests of the last run would count.
await rm(REPORT_FILE, { force: true });
const checkResults: CheckResult[] = [];

const jestCheck: Check = {
	title: unit ? 'jest: unit' : 'jest: unit, contract, engine',
	command: [
		...(['jest', '--ci', '--json', '--outputFile', REPORT_FILE] as const),
		...(unit ? ['--selectProjects', 'unit', '--maxWorkers', '1'] : ['--maxWorkers', '2']),
	],
	// Heap of a jest process in MB: without a bound V8 collects garbage late, and a process grows to more than 2 GB.
	env: { NODE_OPTIONS: '--max-old-space-size=1200' },
};
const jestTask = toListrTask(jestCheck, checkResults, /^(?:PASS|FAIL) /u);
const checkTasks = [...lintChecks, ...typeChecks].map((check) => toListrTask(check, checkResults));

const startedAtMs = Date.now();
const checksTask: CheckStep = {
	title: 'types and linters',
	// One at a time: jest's workers keep both cores busy.
	task: (_context, task) => task.newListr(checkTasks, { exitOnError: false, concurrent: false }),
};
await runSteps([
	toListrTask(buildCheck, checkResults),
	{
		title: 'checks and tests, in parallel',
		task: (_context, task) =>
			task.newListr([jestTask, ...(unit ? checkTasks : [checksTask])], { exitOnError: false, concurrent: 2 }),
	},
]);

printFailedChecks(checkResults);

const jestReport = await readFile(REPORT_FILE, 'utf8').then(
	(text) => JSON.parse(text) as JestReport,
	() => undefined,
);

const passedChecks = checkResults.filter(({ passed }) => passed).length;
const passed = passedChecks + (jestReport?.numPassedTests ?? 0);
// A test file that could not be loaded has no tests to count: it counts as one that failed.
const failedTests = (jestReport?.numFailedTests ?? 0) + (jestReport?.numRuntimeErrorTestSuites ?? 0);
const ranTests = (jestReport?.numPassedTests ?? 0) + (jestReport?.numFailedTests ?? 0);
const failed = checkResults.length - passedChecks + failedTests;
const skipped = (jestReport?.numPendingTests ?? 0) + (jestReport?.numTodoTests ?? 0);

console.log(
	`\n${checkResults.length} checks and ${ranTests} tests in ${Math.round((Date.now() - startedAtMs) / 1000)} s.`,
);
if (skipped > 0) console.log(`${skipped} tests were skipped or are not written yet. They are not counted.`);
if (ranTests === 0) console.log('No test ran.');
console.log(
	failed === 0
		? `Next: run ${unit ? 'npm test for all tests' : 'npm start to see the node in n8n'}.`
		: 'Correct the findings above. To run a check separately, see "scripts" in package.json.',
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || ranTests === 0 ? 1 : 0;
