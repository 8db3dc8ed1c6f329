import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2';
import type { DefaultRenderer, ListrTask, SimpleRenderer } from 'listr2';
import type { Check } from './checkDefinitions.mts';

/** Result of a check. */
export interface CheckResult {
	title: string;
	passed: boolean;
	/** Everything that the tool printed. */
	output: string;
}

/** Runs a check. Throws nothing: a tool that cannot be started is a failed check. */
async function runCheck(check: Check): Promise<CheckResult> {
	const [file, ...args] = check.command;
	const result = await execa(file, args, {
		all: true,
		env: { npm_config_update_notifier: 'false', ...check.env },
		preferLocal: true,
		reject: false,
		stdin: 'ignore',
	});
	const startError = result.failed && result.exitCode === undefined ? result.shortMessage : '';
	const output = [result.all, startError].filter(Boolean).join('\n');
	const hasForbiddenOutput = check.forbiddenOutput?.test(stripVTControlCharacters(output)) ?? false;
	return { title: check.title, passed: result.exitCode === 0 && !hasForbiddenOutput, output };
}

/** Wraps a check in a listr2 task that adds its result to `checkResults`. */
export function toListrTask(check: Check, checkResults: CheckResult[]): CheckStep {
	return {
		title: check.title,
		task: async () => {
			const checkResult = await runCheck(check);
			checkResults.push(checkResult);
			if (!checkResult.passed) throw new Error('failed. Its output follows below.');
		},
	};
}

/** Prints the output of the failed checks. */
export function printFailedChecks(checkResults: CheckResult[]): void {
	for (const { title, output } of checkResults.filter(({ passed }) => !passed)) {
		console.log(`\n--- ${title} ---\n${output.trim() || '(no output)'}`);
	}
}

/** Step that listr2 shows as it runs. */
type CheckStep = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** Runs steps one at a time and shows the progress. Goes on after a failed step. */
export async function runSteps(steps: CheckStep[]): Promise<void> {
	// Everything goes to stdout, so that the order is kept where a caller separates the two streams.
	const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stdout, process.stdout) });
	await new Listr<unknown, 'default', 'simple'>(steps, {
		exitOnError: false,
		fallbackRenderer: 'simple',
		// A terminal that reports no width would get one letter per line.
		fallbackRendererCondition: () => !process.stdout.columns,
		rendererOptions: { collapseSubtasks: false, showErrorMessage: false, ...PRESET_TIMER },
		fallbackRendererOptions: { logger, ...PRESET_TIMER },
	}).run();
}
