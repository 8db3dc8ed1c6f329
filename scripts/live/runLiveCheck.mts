import type { IExecuteFunctions } from 'n8n-workflow';
import { GoFiveError } from '../../nodes/GoFive/api/errors.ts';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { findSubscriptionKeyError } from '../../nodes/GoFive/api/responseTexts.ts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { markdownTable } from '../generate/markdownTable.mts';
import { deleteTestEvent, EVENT_TYPES_PATH, findTestEvent } from './customerEvents.mts';
import { collectKeys, describeReply } from './keys.mts';
import { LiveSession, NotDecidable, type LiveOptions } from './liveSession.mts';
import { QUESTIONS } from './questions.mts';
import { readAllPaths } from './readPaths.mts';

/** Result of a live check. It contains no values of GoFive. */
export interface LiveResult {
	/** Answers with what was observed, by ID of the question. */
	answers: Record<string, [answer: 'true' | 'false' | 'not checked', observed: string]>;
	/** Whether the test event may still exist in GoFive. */
	leftTestEvent: boolean;
	/** Report in Markdown. */
	report: string;
}

/** Deletes the test event if it exists. Returns whether it may still exist. */
async function leavesTestEvent(live: LiveSession): Promise<boolean> {
	if (live.writeCount === 0) return false;
	try {
		if (await findTestEvent(live)) await deleteTestEvent(live);
		return (await findTestEvent(live)) !== undefined;
	} catch {
		return true;
	}
}

/**
 * Sends a first request.
 * @throws GoFiveError if GoFive does not respond or rejects the credential
 */
async function assertUsable(live: LiveSession): Promise<void> {
	const firstRequest = live.send({ method: 'GET', path: EVENT_TYPES_PATH });
	const { status, text } = await firstRequest.catch((error: Error) =>
		Promise.reject(error instanceof NotDecidable ? (error.cause as Error) : error),
	);
	if (status === 401) throw new GoFiveError(findSubscriptionKeyError(text) ?? messages.tokenRejected);
	if (status === 429) throw new GoFiveError(messages.rateLimit());
}

/**
 * Reads every read path, then asks the questions.
 * @throws GoFiveError if the base URL is not valid, or if GoFive does not respond or rejects the credential
 */
export async function runLiveCheck(
	context: IExecuteFunctions,
	options: LiveOptions,
	questions = QUESTIONS,
): Promise<LiveResult> {
	const live = new LiveSession(context, options);
	await assertUsable(live);
	const paths = questions === QUESTIONS ? await readAllPaths(live) : [];
	const contractKeys = collectKeys((await loadContractValidator()).operations);
	const answers: LiveResult['answers'] = {};
	for (const [id, { decide }] of Object.entries(questions)) {
		try {
			live.observation = undefined;
			const answer = (await decide(live)) ? 'true' : 'false';
			const reply = live.lastReply ? describeReply(live.lastReply, contractKeys) : '';
			answers[id] = [answer, live.observation ?? reply];
		} catch (error) {
			const reason = error instanceof NotDecidable ? error.message : 'The response had an unexpected format.';
			answers[id] = ['not checked', reason];
		}
	}
	const rows = Object.entries(answers).map(([id, cells]) => [id, questions[id]?.statement ?? '', ...cells]);
	const report = [
		`# Live check of the GoFive API by n8n-nodes-gofive ${process.env['npm_package_version'] ?? ''}`,
		'This report contains HTTP statuses, keys and types. It contains no values.',
		markdownTable(['question', 'statement', 'answer', 'observed'], rows),
		markdownTable(['operation', 'request', 'result', 'known keys', 'columns not seen', 'other keys'], paths),
	].join('\n\n');
	return { answers, leftTestEvent: await leavesTestEvent(live), report };
}
