/**
 * Runs the checks and the tests, except those in a real n8n. Goes on after a failed step. Every step counts as
 * one check, every test as one test. The last line is the sum, which CI reads.
 * `npm test`: everything. `npm run check` (`--unit`): the unit tests only.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { buildCheck, lintChecks, type Check } from './checks/checkDefinitions.mts';
import { toListrTask, printFailedChecks, runSteps, type CheckResult } from './checks/runChecks.mts';

/** The counts in jest's --json report. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
}
/** Counts if jest ended without a report: one failed test. */
const MISSING_REPORT: JestReport = {
	numPassedTests: 0,
	numFailedTests: 1,
	numRuntimeErrorTestSuites: 0,
	numPendingTests: 0,
	numTodoTests: 0,
};

const { unit = false } = new Command('npm test --')
	.description('Runs all checks, and the tests that require no n8n server.')
	.option('--unit', 'run only the unit tests, as npm run check does')
	.parse()
	.opts<{ unit?: boolean }>();

/** Folder of jest's reports. Emptied first, so that the reports of the last run are not counted. */
const REPORT_FOLDER = '.tmp/jest';
await rm(REPORT_FOLDER, { recursive: true, force: true });
await mkdir(REPORT_FOLDER, { recursive: true });

/** Groups of projects in jest.config.cjs. Each group runs in one process. */
const projectGroups = unit ? [['unit']] : [['engine'], ['unit', 'contract']];
const getReportFile = (projects: string[]) => `${REPORT_FOLDER}/${projects.join('-')}.json`;
const jestChecks = projectGroups.map((projects): Check => ({
	title: `jest: ${projects.join(', ')}`,
	command: [
		'node',
		// Both cores are busy, so garbage is collected without further threads, and less often: young objects may take
		// 64 MB instead of 16.
		'--single-threaded-gc',
		'--max-semi-space-size=64',
		'node_modules/jest/bin/jest.js',
		'--ci',
		'--runInBand',
		'--verbose=false',
		'--json',
		'--outputFile',
		getReportFile(projects),
		'--selectProjects',
		...projects,
	],
}));

const startedAtMs = Date.now();
const checkResults: CheckResult[] = [];
// The slow ones first, so that both cores are busy until the end.
const parallelTasks = [...jestChecks, ...lintChecks].map((check) => toListrTask(check, checkResults));
await runSteps([
	toListrTask(buildCheck, checkResults),
	{
		title: 'checks and tests, two at a time',
		task: (_context, task) => task.newListr(parallelTasks, { exitOnError: false, concurrent: 2 }),
	},
]);

printFailedChecks(checkResults);

const jestReports = await Promise.all(
	projectGroups.map(async (projects) => {
		const text = await readFile(getReportFile(projects), 'utf8').catch(() => '');
		return text === '' ? MISSING_REPORT : (JSON.parse(text) as JestReport);
	}),
);
const sum = (key: keyof JestReport) => jestReports.reduce((total, report) => total + report[key], 0);

const passedChecks = checkResults.filter((result) => result.passed).length;
const passed = passedChecks + sum('numPassedTests');
// A test file that could not be loaded has no tests to count: it counts as one that failed.
const failedTests = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
const ranTests = sum('numPassedTests') + sum('numFailedTests');
const failed = checkResults.length - passedChecks + failedTests;
const skipped = sum('numPendingTests') + sum('numTodoTests');

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
