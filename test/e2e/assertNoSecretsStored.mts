import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { WRONG_CREDENTIAL_VALUES } from './credentialTests.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/**
 * Looks for every secret, wrong ones and fetched tokens too, in all that n8n keeps and in `texts`. n8n is stopped by it.
 * @param expectedTexts what has to be found in the executions, or else the search would have seen nothing
 */
export async function assertNoSecretsStored(
	n8nServer: N8nTestServer,
	texts: string[],
	expectedTexts: string[],
): Promise<void> {
	const { clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
	const fetchedTokens = n8nServer.sandbox.requestLog.flatMap(
		({ headers }) => String(headers['authorization'] ?? '').split(' ')[1] ?? [],
	);
	const secrets = [
		...new Set([
			clientSecret,
			subscriptionApiKey,
			accessToken,
			WRONG_CREDENTIAL_VALUES.clientSecret,
			WRONG_CREDENTIAL_VALUES.subscriptionApiKey,
			WRONG_CREDENTIAL_VALUES.accessToken,
			...fetchedTokens,
		]),
	];
	assert.ok(secrets.length > 6, 'No token was fetched');

	// A text in the database's file may be cut by the end of a page, so executions are read as n8n hands them out.
	const { results } = await n8nServer.rest.requestData<{ results: Array<{ id: string }> }>('GET', 'executions?limit=1');
	const newestId = Number(results[0]?.id);
	const responses = await Promise.all(
		Array.from(
			{ length: newestId },
			async (_, index) => await n8nServer.rest.request('GET', `executions/${index + 1}`),
		),
	);
	const executions = responses.filter(({ ok }) => ok).map(({ data }) => JSON.stringify(data));
	for (const text of expectedTexts)
		assert.ok(
			executions.some((execution) => execution.includes(text)),
			`No execution holds ${text}`,
		);

	await n8nServer.stop();
	const folder = path.join(n8nServer.instance.env['N8N_USER_FOLDER'] ?? '', '.n8n');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name));
	assert.ok(files.some((file) => file.endsWith('database.sqlite')));
	const sources: Array<[name: string, content: string | Buffer]> = [
		...executions.map((text): [string, string] => ['an execution', text]),
		...texts.map((text): [string, string] => ['a text or the log', text]),
		...files.map((file): [string, Buffer] => [path.basename(file), readFileSync(file)]),
	];
	// The secret itself is not printed.
	const leaks = sources
		.filter(([, content]) => secrets.some((secret) => content.includes(secret)))
		.map(([name]) => name);
	assert.deepEqual(leaks, []);
}
