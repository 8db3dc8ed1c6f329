import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import { WRONG } from './credential.mts';
import type { Whole } from './whole.mts';

/**
 * Looks for every secret, wrong ones and fetched tokens too, in all that n8n keeps and in `texts`. n8n is stopped by it.
 * @param known what has to be found in the executions, or else the search would have seen nothing
 */
export async function searchForSecrets(whole: Whole, texts: string[], known: string[]): Promise<void> {
	const { clientSecret, subscriptionApiKey, accessToken } = SANDBOX_SIGN_IN;
	const fetched = whole.sandbox.requests.flatMap(({ headers }) => String(headers['authorization'] ?? '').split(' ')[1] ?? []);
	const secrets = [...new Set([clientSecret, subscriptionApiKey, accessToken, WRONG.clientSecret, WRONG.subscriptionApiKey, WRONG.accessToken, ...fetched])];
	assert.ok(secrets.length > 6, 'No token was fetched');

	// A text in the database's file may be cut by the end of a page, so executions are read as n8n hands them out.
	const { results } = await whole.rest.call<{ results: Array<{ id: string }> }>('GET', 'executions?limit=1');
	const newest = Number(results[0]?.id);
	const asked = await Promise.all(Array.from({ length: newest }, async (_, index) => await whole.rest.ask('GET', `executions/${index + 1}`)));
	const executions = asked.filter(({ ok }) => ok).map(({ data }) => JSON.stringify(data));
	for (const text of known) assert.ok(executions.some((execution) => execution.includes(text)), `No execution holds ${text}`);

	await whole.stop();
	const folder = path.join(whole.running.env['N8N_USER_FOLDER'] ?? '', '.n8n');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name));
	assert.ok(files.some((file) => file.endsWith('database.sqlite')));
	const places: Array<[name: string, content: string | Buffer]> = [
		...executions.map((text): [string, string] => ['an execution', text]),
		...texts.map((text): [string, string] => ['a text or the log', text]),
		...files.map((file): [string, Buffer] => [path.basename(file), readFileSync(file)]),
	];
	// The secret itself is not printed.
	const found = places.filter(([, content]) => secrets.some((secret) => content.includes(secret))).map(([name]) => name);
	assert.deepEqual(found, []);
}
