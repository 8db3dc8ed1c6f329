/*
 * Assertions about the items, messages and texts that an execution leaves.
 * Imported by the engine tests.
 * Start with `collectItemResults`.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/index.mts';
import { AVOIDED_WORDS } from '../support/clearMessages.cts';
import { runCredentialTest } from './harness.cts';
import type { runNode } from './harness.cts';
import type { ExecutionFixture } from './executionFixture.cts';

type RunResult = Awaited<ReturnType<typeof runNode>>;

/** Result of one input item: data or a message. */
export interface CollectedItemResult {
	data: IDataObject[];
	message?: string;
}

/** Part of a message about a write that GoFive may have processed. */
export const MAY_BE_DONE = 'Your change may already be saved in Venio';

/** Builds the hint about a list that the limit has cut. */
export const buildLimitHint = (counts: string): string =>
	`The node returned ${counts}. Turn on 'Return All' to return all of them.`;

/** Part of a message that quotes GoFive literally, where the avoided words may occur. */
const QUOTED_SERVER_MESSAGE = /GoFive's message: ".*?"\. /s;
/** Texts of n8n, axios and Node, and values that were turned into text by mistake. */
const RAW_ERROR_TEXT =
	/axios|status code \d|E(?:CONN|NOT|AI_|PIPE|PROTO)|ERR_|socket hang up|NO_ANSWER|Z_BUF|aborted|perhaps |too many requests from you|could not be (?:found|processed)|undefined|NaN|\[object|\bnull\b|at \S+ \(|Unexpected /i;

/** Expects a text that a user can act on: at least two sentences, and no raw error text. */
export function expectActionableMessage(text: unknown): void {
	expect(typeof text).toBe('string');
	expect(text).toMatch(/\S.*\. \S.*\S/s);
	expect(String(text).replace(QUOTED_SERVER_MESSAGE, '')).not.toMatch(AVOIDED_WORDS);
	expect(text).not.toMatch(RAW_ERROR_TEXT);
}

/**
 * Collects the result of every input item of an execution that continues after failed items.
 * Expects that the output is paired and in input order, and that no item has two messages or both data and a message.
 */
export function collectItemResults({ outputs, error }: RunResult, itemCount: number): CollectedItemResult[] {
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
		expectActionableMessage(json.error);
		itemResult.message = itemCount > 1 ? stripItemSuffix(json.error, item) : json.error;
	}
	return itemResults;
}

/** Expects that every item failed with a message that matches. */
export function expectAllItemsFail(itemResults: CollectedItemResult[], messagePattern: RegExp): void {
	const expected = itemResults.map((): unknown => ({ data: [], message: expect.stringMatching(messagePattern) }));
	expect(itemResults).toEqual(expected);
}

function stripItemSuffix(text: string, item: number): string {
	expect(text.endsWith(` [Item ${item}]`)).toBe(true);
	return text.slice(0, text.lastIndexOf(' [Item '));
}

/** Collects everything that may occur in requests only: the credential's secrets and every token that was sent. */
function collectSecrets({ sandbox }: ExecutionFixture): string[] {
	const { clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
	const tokens = sandbox.requestLog
		.map(({ headers }) => (headers.authorization ?? '').replace(/^Bearer /, ''))
		.filter(Boolean);
	return [clientSecret, subscriptionApiKey, accessToken, 'Bearer ', ...new Set(tokens)];
}

/** Expects that texts contain no key, no secret and no token that the sandbox has received. */
export function expectNoSecretInTexts(fixture: ExecutionFixture, ...texts: string[]): void {
	const joinedTexts = texts.join('\n');
	expect(collectSecrets(fixture).filter((secret) => joinedTexts.includes(secret))).toEqual([]);
}

/** Expects the same of everything that an execution leaves: run data, items, hints, logs and error. */
export function expectNoSecretInResult(
	fixture: ExecutionFixture,
	{ runDataText, outputs, hints, logs, error }: RunResult,
): void {
	const items: INodeExecutionData[][] = outputs;
	const errorText = error ? `${error.message} ${error.description} ${JSON.stringify(error)}` : '';
	expectNoSecretInTexts(fixture, runDataText, JSON.stringify(items), JSON.stringify(hints), logs, errorText);
}

/**
 * Expects that the credential test fails with a message that contains a text or matches a pattern.
 * Neither the message nor the log may contain a secret.
 * @returns the message
 */
export async function expectFailedCredentialTest(
	fixture: ExecutionFixture,
	message: string | RegExp,
	...testArguments: Parameters<typeof runCredentialTest>
): Promise<string> {
	const result = await runCredentialTest(...testArguments);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(message);
	expectNoSecretInTexts(fixture, result.message, result.logs);
	return result.message;
}
