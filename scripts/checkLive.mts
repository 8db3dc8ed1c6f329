/**
 * `npm run check:live`: checks the open questions about GoFive's API against a real account, and writes a report.
 * Nothing imports this file. Start reading at live/questions.mts, the list of the questions.
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Command } from 'commander';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { GoFiveError } from '../nodes/GoFive/api/errors.ts';
import { runScript } from './instance/scriptContext.mts';
import { UserFacingError } from './instance/userFacingError.mts';
import { runLiveCheck, type LiveResult } from './live/runLiveCheck.mts';

const program = new Command('npm run check:live --')
	.description(
		"Checks the open questions about GoFive's API against a real account, and writes a report to the current folder. The report contains no values. The credential is read from the environment. docs/maintainers/live-check.md explains the variables.",
	)
	.option('--allow-writes', 'also create, update and delete one test event of the customer GOFIVE_CUSTOMER_CODE')
	.parse();
const { allowWrites: allowsWrites = false } = program.opts<{ allowWrites?: boolean }>();

const VARIABLES_ADVICE = 'docs/maintainers/live-check.md explains the variables.';

/**
 * Reads the credential and the other settings of the check from the environment.
 * @throws UserFacingError if a variable is missing
 */
function readLiveOptions(allowsWrites: boolean) {
	const entries = Object.entries(process.env).filter(([name]) => name.startsWith('GOFIVE_'));
	const variables = Object.fromEntries(entries.map(([name, value = '']) => [name, value.trim()]));
	const read = (name: string): string => variables[`GOFIVE_${name}`] ?? '';
	const accessToken = read('ACCESS_TOKEN');
	const tokenVariables = accessToken ? [] : ['CLIENT_ID', 'CLIENT_SECRET'];
	const requiredVariables = ['SUBSCRIPTION_KEY', ...tokenVariables, ...(allowsWrites ? ['CUSTOMER_CODE'] : [])];
	const missingNames = requiredVariables.filter((name) => !read(name)).map((name) => `GOFIVE_${name}`);
	const missingText = new Intl.ListFormat('en').format(missingNames);
	if (missingText) throw new UserFacingError(`Set ${missingText} in the environment.`, VARIABLES_ADVICE);
	const credential = {
		authentication: accessToken ? 'accessToken' : 'clientCredentials',
		clientId: read('CLIENT_ID'),
		clientSecret: read('CLIENT_SECRET'),
		accessToken,
		subscriptionApiKey: read('SUBSCRIPTION_KEY'),
		baseUrl: read('BASE_URL') || 'https://api.gofive.co.th',
	};
	return { credential, variables, allowsWrites };
}

/** Converts an error, which n8n's engine copies without its class. The node's advice is about settings in n8n. */
function toUserFacingError(error: object): Error {
	const { message, kind } = error as Partial<GoFiveError>;
	if (!kind) return new Error('The live check ended unexpectedly.');
	const advice = 'Check the variables and the internet connection, or run the check again later.';
	return new UserFacingError(`${message}.`, `${advice} ${VARIABLES_ADVICE}`);
}

await runScript(async () => {
	const options = readLiveOptions(allowsWrites);
	// Node cannot import a CommonJS file that requires TypeScript. Loading n8n's engine takes seconds.
	const { runRequestNode } = createRequire(import.meta.url)(
		'../test/engine/harness/runRequestNode.cts',
	) as typeof import('../test/engine/harness/runRequestNode.cts');
	console.log('Checking the open questions and all read paths. This takes up to five minutes ...');
	const check = async function (this: IExecuteFunctions) {
		return await runLiveCheck(this, options);
	};
	const { items, error } = await runRequestNode(check, { credential: options.credential });
	if (error) throw toUserFacingError(error);
	const { report, leftTestEvent } = items[0]?.['response'] as unknown as LiveResult;
	const file = path.resolve(`gofive-live-check-${new Date().toISOString().slice(0, 10)}.md`);
	await writeFile(file, report);
	if (leftTestEvent)
		console.log('The event "n8n-nodes-gofive live check" of 1 January 2000 may still exist. Delete it in Venio.');
	console.log(`\nNext: attach the report ${file} to an issue. It contains no values.`);
});
