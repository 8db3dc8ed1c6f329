import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/index.mts';
import type { runNode } from './harness.cts';
import type { ExecutionFixture } from './executionFixture.cts';

type RunResult = Awaited<ReturnType<typeof runNode>>;

/** What became of one input item: data, or a message. */
export interface CollectedItemResult {
	data: IDataObject[];
	message?: string;
}

/** Our own texts avoid these words; what GoFive said is quoted as it is. */
const QUOTED_SERVER_MESSAGE = /It said: ".*?"\. /s;
const AVOIDED_WORDS = /\b(?:error|problem|failure|mistake)s?\b/i;
/** Texts of n8n, axios and Node, and what a value looks like that should not have become text. */
const RAW_ERROR_TEXT =
	/axios|status code \d|E(?:CONN|NOT|AI_|PIPE|PROTO)|ERR_|socket hang up|NO_ANSWER|Z_BUF|aborted|perhaps |too many requests from you|could not be (?:found|processed)|undefined|NaN|\[object|\bnull\b|at \S+ \(|Unexpected /i;

/** Checks that a text is one that a person can act on: two sentences at least, in our own words. */
export function expectActionableMessage(text: unknown): void {
	expect(typeof text).toBe('string');
	expect(text).toMatch(/\S.*\. \S.*\S/s);
	expect(String(text).replace(QUOTED_SERVER_MESSAGE, '')).not.toMatch(AVOIDED_WORDS);
	expect(text).not.toMatch(RAW_ERROR_TEXT);
}

/**
 * What became of every input item of a run that goes on after a failure. Checks on the way that the output is in input
 * order and paired, that no item has both data and a message or two messages, and that every message is clear.
 * @param checkMessage what is asked of a message; a text that quotes arbitrary input cannot be held to all that is asked of ours
 */
export function collectItemResults(
	{ outputs, error }: RunResult,
	itemCount: number,
	checkMessage = expectActionableMessage,
): CollectedItemResult[] {
	expect(error).toBeUndefined();
	const itemResults = Array.from({ length: itemCount }, (): CollectedItemResult => ({ data: [] }));
	let lastItem = 0;
	for (const { json, pairedItem } of outputs.flat()) {
		const { item } = pairedItem as { item: number };
		expect(pairedItem).toEqual({ item: expect.any(Number) });
		expect(item).toBeGreaterThanOrEqual(lastItem);
		lastItem = item;
		const itemResult = itemResults[item] as CollectedItemResult;
		expect(itemResult.message).toBeUndefined();
		if (typeof json.error !== 'string') {
			itemResult.data.push(json);
			continue;
		}
		expect(itemResult.data).toEqual([]);
		checkMessage(json.error);
		itemResult.message = itemCount > 1 ? stripItemSuffix(json.error, item) : json.error;
	}
	return itemResults;
}

function stripItemSuffix(text: string, item: number): string {
	expect(text.endsWith(` [Item ${item}]`)).toBe(true);
	return text.slice(0, text.lastIndexOf(' [Item '));
}

/** Everything that may not be seen outside of requests: the sign-in, and every token that was sent. */
function collectSecrets({ sandbox }: ExecutionFixture): string[] {
	const { clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
	const tokens = sandbox.requestLog
		.map(({ headers }) => (headers.authorization ?? '').replace(/^Bearer /, ''))
		.filter(Boolean);
	return [clientSecret, subscriptionApiKey, accessToken, 'Bearer ', ...new Set(tokens)];
}

/** Checks that texts hold neither key nor secret nor any token that the sandbox has seen. */
export function expectNoSecretInTexts(fixture: ExecutionFixture, ...texts: string[]): void {
	const joinedTexts = texts.join('\n');
	expect(collectSecrets(fixture).filter((secret) => joinedTexts.includes(secret))).toEqual([]);
}

/** The same for everything that a run leaves: stored run data, items, hints, logs. */
export function expectNoSecretInResult(
	fixture: ExecutionFixture,
	{ runDataText, outputs, hints, logs, error }: RunResult,
): void {
	const items: INodeExecutionData[][] = outputs;
	const errorText = error ? `${error.message} ${error.description} ${JSON.stringify(error)}` : '';
	expectNoSecretInTexts(fixture, runDataText, JSON.stringify(items), JSON.stringify(hints), logs, errorText);
}
