/**
 * `npm test`: build, types, linters with n8n's gate, figures, and all tests but those in a real n8n.
 * Goes on after a step that does not pass. Every step counts as one check and every test as one; the
 * last line tells the sum.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildCheck, figuresCheck, lintChecks, typeChecks, type Check } from './checks/checkDefinitions.mts';
import { toListrTask, printFailedChecks, runSteps, type CheckResult, type CheckStep } from './checks/runChecks.mts';

/** What is read of jest's --json report. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
}

const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'gofive-test-'));
const reportFile = path.join(temporaryFolder, 'jest.json');
const checkResults: CheckResult[] = [];

const jestCheck: Check = {
	title: 'jest: unit, contract, engine of n8n 2.x and of n8n 1.123',
	command: ['jest', '--ci', '--json', '--outputFile', reportFile, '--maxWorkers', '2'],
};

const checksStep: CheckStep = {
	title: 'types, linters, figures',
	// One after the other: jest keeps the second core busy.
	task: (_context, task) =>
		task.newListr(
			[...typeChecks, ...lintChecks, figuresCheck].map((check) => toListrTask(check, checkResults)),
			{ exitOnError: false, concurrent: false },
		),
};

const startedAtMs = Date.now();
await runSteps([
	toListrTask(buildCheck, checkResults),
	{
		title: 'checks and tests, side by side',
		task: (_context, task) =>
			task.newListr([toListrTask(jestCheck, checkResults, /^(?:PASS|FAIL) /u), checksStep], {
				exitOnError: false,
				concurrent: true,
			}),
	},
]);

printFailedChecks(checkResults);

const jestReport = await readFile(reportFile, 'utf8').then(
	(text) => JSON.parse(text) as JestReport,
	() => undefined,
);
await rm(temporaryFolder, { recursive: true, force: true });

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
if (skipped > 0) console.log(`${skipped} tests are skipped or still to be written; they count neither way.`);
if (ranTests === 0) console.log('No test ran.');
console.log(
	failed === 0
		? 'Next: npm start shows the node in n8n.'
		: 'Correct what is listed above; each check also runs alone, see "scripts" in package.json.',
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || ranTests === 0 ? 1 : 0;
