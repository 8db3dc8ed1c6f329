/**
 * `npm run check:live`: checks the open questions about GoFive's API against a real account, and writes a report.
 * Nothing imports this file. Start reading at live/questions.mts, the list of the questions.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import type { GoFiveError } from '../nodes/GoFive/api/errors.ts';
import { readLiveOptions, runLiveCheck } from './live/runLiveCheck.mts';

const program = new Command('npm run check:live --')
	.description(
		"Checks the open questions about GoFive's API against a real account, and writes a report to the current folder. The report contains no values. The credential is read from the environment. docs/maintainers/live-check.md explains the variables.",
	)
	.option('--allow-writes', 'also create, update and delete one test event of the customer GOFIVE_CUSTOMER_CODE')
	.parse();
const { allowWrites = false } = program.opts<{ allowWrites?: boolean }>();

try {
	const options = readLiveOptions(process.env, allowWrites);
	console.log('Checking the open questions. This takes up to five minutes ...');
	const { report, leftTestEvent } = await runLiveCheck(options);
	if (leftTestEvent)
		console.log('The event "n8n-nodes-gofive live check" of 1 January 2000 may still exist. Delete it in Venio.');
	const file = path.resolve(`gofive-live-check-${new Date().toISOString().slice(0, 10)}.md`);
	await writeFile(file, report);
	console.log(`\nNext: attach the report ${file} to an issue. It contains no values.`);
} catch (error) {
	// Only errors of the node, and errors of Node.js with a code, have a text that contains no value. tsx loads the class
	// of the former twice, so `instanceof` does not recognize them.
	const { message, kind, code } = error as Error & Partial<GoFiveError> & { code?: string };
	const problem = kind || code ? message : 'The live check ended unexpectedly';
	console.error(
		`\n${problem}.\nCheck the variables and the internet connection, or run the check again later. docs/maintainers/live-check.md explains the variables.`,
	);
	process.exitCode = 1;
}
