/** `npm run lint`: builds, then runs every linter of the project, n8n's own gate last. */
import { build, lint } from './checks/list.mts';
import { asTask, printFailed, runSteps, type Outcome } from './checks/run.mts';

const outcomes: Outcome[] = [];
await runSteps([build, ...lint].map((check) => asTask(check, outcomes)));

printFailed(outcomes);
const failed = outcomes.filter(({ passed }) => !passed);
console.log(
	failed.length === 0
		? '\nAll linters pass. Next: npm test.'
		: `\n${failed.length} of ${outcomes.length} did not pass. Correct what is listed above and run npm run lint again.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
