import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2';
import type { DefaultRenderer, ListrTask, SimpleRenderer } from 'listr2';
import type { Check } from './list.mts';

/** How a check ended; `output` is what its tool printed. */
export interface Outcome {
	title: string;
	passed: boolean;
	output: string;
}

/**
 * Runs one check to its end.
 * @param onLine is called with every line the tool prints, as it comes.
 * @returns the outcome; a tool that cannot be started counts as not passed, nothing is thrown.
 */
async function runCheck(check: Check, onLine: (line: string) => void): Promise<Outcome> {
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
	const unstarted = result.failed && result.exitCode === undefined ? result.shortMessage : '';
	const output = [result.all, unstarted].filter(Boolean).join('\n');
	const forbidden = check.mustNotPrint?.test(stripVTControlCharacters(output)) ?? false;
	return { title: check.title, passed: result.exitCode === 0 && !forbidden, output };
}

/**
 * A check as a listr2 task: its outcome is added to `outcomes`, and a failed one is marked.
 * @param shown the lines that its tool prints and that are shown while it runs
 */
export function asTask(check: Check, outcomes: Outcome[], shown?: RegExp): Step {
	return {
		title: check.title,
		task: async (_context, task) => {
			const outcome = await runCheck(check, (line) => {
				if (shown?.test(line)) task.output = line;
			});
			outcomes.push(outcome);
			if (!outcome.passed) throw new Error('did not pass; its output follows below');
		},
	};
}

/** Prints what the tools of the failed checks printed. */
export function printFailed(outcomes: Outcome[]): void {
	for (const { title, output } of outcomes.filter(({ passed }) => !passed)) {
		console.log(`\n--- ${title} ---\n${output.trim() || '(printed nothing)'}`);
	}
}

/** A step that is drawn as it runs. */
export type Step = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** Runs steps one after the other and shows how far they are; goes on after one that does not pass. */
export async function runSteps(steps: Step[]): Promise<void> {
	// All on stdout: what is printed later must stand later, also where a caller keeps two streams.
	const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stdout, process.stdout) });
	await new Listr<unknown, 'default', 'simple'>(steps, {
		exitOnError: false,
		fallbackRenderer: 'simple',
		rendererOptions: { collapseSubtasks: false, showErrorMessage: false, ...PRESET_TIMER },
		fallbackRendererOptions: { logger, ...PRESET_TIMER },
	}).run();
}
