/** `npm run lint`: builds, then runs every linter and type check of the project. */
import { buildCheck, lintChecks } from './checks/checkDefinitions.mts';
import { toListrTask, printFailedChecks, runSteps, type CheckResult } from './checks/runChecks.mts';

const checkResults: CheckResult[] = [];
await runSteps([buildCheck, ...lintChecks].map((check) => toListrTask(check, checkResults)));

printFailedChecks(checkResults);
const failed = checkResults.filter(({ passed }) => !passed);
console.log(
	failed.length === 0
		? '\nAll linters pass. Next: run npm test.'
		: `\n${failed.length} of ${checkResults.length} linters failed. Correct the findings above, and run npm run lint again.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
