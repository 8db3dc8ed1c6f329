import type { IExecuteFunctions } from 'n8n-workflow';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { markdownTable } from '../generate/markdownTable.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
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
	if (!live.options.allowsWrites) return false;
	try {
		if (await findTestEvent(live)) await deleteTestEvent(live);
		return (await findTestEvent(live)) !== undefined;
	} catch {
		return true;
	}
}

/**
 * Reads every read path, then asks the questions.
 * @throws UserFacingError if GoFive does not respond or rejects the credential
 */
export async function runLiveCheck(
	context: IExecuteFunctions,
	options: LiveOptions,
	questions = QUESTIONS,
): Promise<LiveResult> {
	const live = new LiveSession(context, options);
	const firstReply = await live.send({ method: 'GET', path: EVENT_TYPES_PATH }).catch(() => undefined);
	if (!firstReply || firstReply.status === 401) {
		const problem = firstReply ? 'GoFive rejected the credential.' : 'GoFive returned no response or no access token.';
		throw new UserFacingError(problem, 'Check the environment variables. docs/live-check.md explains them.');
	}
	const paths = questions === QUESTIONS ? await readAllPaths(live) : [];
	const contractKeys = collectKeys((await loadContractValidator()).operations);
	const answers: LiveResult['answers'] = {};
	for (const [id, { decide }] of Object.entries(questions)) {
		try {
			const answer = (await decide(live)) ? 'true' : 'false';
			answers[id] = [answer, describeReply(live.lastReply ?? firstReply, contractKeys)];
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
