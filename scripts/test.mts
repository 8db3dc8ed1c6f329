/**
 * `npm test`: build, types, linters with n8n's gate, figures, and all tests but those in a real n8n.
 * Goes on after a step that does not pass. Every step counts as one check and every test as one; the
 * last line tells the sum.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, figures, lint, types, type Check } from './checks/list.mts';
import { asTask, printFailed, runSteps, type Outcome, type Step } from './checks/run.mts';

/** What is read of jest's --json report. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
}

const temporary = await mkdtemp(path.join(tmpdir(), 'gofive-test-'));
const reportFile = path.join(temporary, 'jest.json');
const outcomes: Outcome[] = [];

const jest: Check = {
	title: 'jest: unit, contract, engine of n8n 2.x and of n8n 1.123',
	command: ['jest', '--ci', '--json', '--outputFile', reportFile, '--maxWorkers', '2'],
};

const checks: Step = {
	title: 'types, linters, figures',
	// One after the other: jest keeps the second core busy.
	task: (_context, task) =>
		task.newListr(
			[...types, ...lint, figures].map((check) => asTask(check, outcomes)),
			{ exitOnError: false, concurrent: false },
		),
};

const started = Date.now();
await runSteps([
	asTask(build, outcomes),
	{
		title: 'checks and tests, side by side',
		task: (_context, task) =>
			task.newListr([asTask(jest, outcomes, /^(?:PASS|FAIL) /u), checks], { exitOnError: false, concurrent: true }),
	},
]);

printFailed(outcomes);

const report = await readFile(reportFile, 'utf8').then(
	(text) => JSON.parse(text) as JestReport,
	() => undefined,
);
await rm(temporary, { recursive: true, force: true });

const passedChecks = outcomes.filter(({ passed }) => passed).length;
const passed = passedChecks + (report?.numPassedTests ?? 0);
// A test file that could not be loaded has no tests to count: it counts as one that failed.
const failedTests = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
const testsRan = (report?.numPassedTests ?? 0) + (report?.numFailedTests ?? 0);
const failed = outcomes.length - passedChecks + failedTests;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);

console.log(`\n${outcomes.length} checks and ${testsRan} tests in ${Math.round((Date.now() - started) / 1000)} s.`);
if (skipped > 0) console.log(`${skipped} tests are skipped or still to be written; they count neither way.`);
if (testsRan === 0) console.log('No test ran.');
console.log(
	failed === 0
		? 'Next: npm start shows the node in n8n.'
		: 'Correct what is listed above; each check also runs alone, see "scripts" in package.json.',
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || testsRan === 0 ? 1 : 0;
