import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2';
import type { DefaultRenderer, ListrTask, SimpleRenderer } from 'listr2';
import type { Check } from './checkDefinitions.mts';

/** How a check ended; `output` is what its tool printed. */
export interface CheckResult {
	title: string;
	passed: boolean;
	output: string;
}

/**
 * Runs one check to its end.
 * @param onLine is called with every line the tool prints, as it comes.
 * @returns the outcome; a tool that cannot be started counts as not passed, nothing is thrown.
 */
async function runCheck(check: Check, onLine: (line: string) => void): Promise<CheckResult> {
	const [file, ...args] = check.command;
	const child = execa(file, args, {
		all: true,
		env: { npm_config_update_notifier: 'false', ...check.env },
		preferLocal: true,
		reject: false,
		stdin: 'ignore',
	});
	for await (const line of child.iterable({ from: 'all', preserveNewlines: false })) onLine(line);
	const result = await child;
	const startError = result.failed && result.exitCode === undefined ? result.shortMessage : '';
	const output = [result.all, startError].filter(Boolean).join('\n');
	const hasForbiddenOutput = check.forbiddenOutput?.test(stripVTControlCharacters(output)) ?? false;
	return { title: check.title, passed: result.exitCode === 0 && !hasForbiddenOutput, output };
}

/**
 * A check as a listr2 task: its outcome is added to `outcomes`, and a failed one is marked.
 * @param visibleLines the lines that its tool prints and that are shown while it runs
 */
export function toListrTask(check: Check, checkResults: CheckResult[], visibleLines?: RegExp): CheckStep {
	return {
		title: check.title,
		task: async (_context, task) => {
			const checkResult = await runCheck(check, (line) => {
				if (visibleLines?.test(line)) task.output = line;
			});
			checkResults.push(checkResult);
			if (!checkResult.passed) throw new Error('did not pass; its output follows below');
		},
	};
}

/** Prints what the tools of the failed checks printed. */
export function printFailedChecks(checkResults: CheckResult[]): void {
	for (const { title, output } of checkResults.filter(({ passed }) => !passed)) {
		console.log(`\n--- ${title} ---\n${output.trim() || '(printed nothing)'}`);
	}
}

/** A step that is drawn as it runs. */
export type CheckStep = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** Runs steps one after the other and shows how far they are; goes on after one that does not pass. */
export async function runSteps(steps: CheckStep[]): Promise<void> {
	// All on stdout: what is printed later must stand later, also where a caller keeps two streams.
	const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stdout, process.stdout) });
	await new Listr<unknown, 'default', 'simple'>(steps, {
		exitOnError: false,
		fallbackRenderer: 'simple',
		rendererOptions: { collapseSubtasks: false, showErrorMessage: false, ...PRESET_TIMER },
		fallbackRendererOptions: { logger, ...PRESET_TIMER },
	}).run();
}
