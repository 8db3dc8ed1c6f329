import { GoFiveError } from '../../nodes/GoFive/api/errors.ts';
import { markdownTable } from '../generate/markdownTable.mts';
import { deleteTestEvent, EVENT_TYPES_REQUEST } from './customerEvents.mts';
import { LiveClient, NotDecidable, type LiveOptions } from './liveClient.mts';
import { QUESTIONS } from './questions.mts';

/** Result of a live check. It contains no values of GoFive. */
export interface LiveResult {
	/** Answers with what was observed, by ID of the question. */
	answers: Record<string, [answer: 'true' | 'false' | 'not checked', observed: string]>;
	/** Whether the test event may still exist in GoFive. */
	leftTestEvent: boolean;
	/** Report in Markdown. */
	report: string;
}

/**
 * Reads the credential and the other settings of the check from environment variables.
 * @throws GoFiveError if a variable is missing
 */
export function readLiveOptions(env: NodeJS.ProcessEnv, allowsWrites: boolean): LiveOptions {
	const entries = Object.entries(env).filter(([name]) => name.startsWith('GOFIVE_'));
	const variables: LiveOptions['variables'] = Object.fromEntries(entries.map(([name, value]) => [name, value?.trim()]));
	const accessToken = variables.GOFIVE_ACCESS_TOKEN;
	const tokenVariables = accessToken ? [] : ['GOFIVE_CLIENT_ID', 'GOFIVE_CLIENT_SECRET'];
	const writeVariables = allowsWrites ? ['GOFIVE_CUSTOMER_CODE'] : [];
	const requiredVariables = ['GOFIVE_SUBSCRIPTION_KEY', ...tokenVariables, ...writeVariables];
	const missingText = new Intl.ListFormat('en').format(requiredVariables.filter((name) => !variables[name]));
	if (missingText) throw new GoFiveError({ message: `Set ${missingText} in the environment`, description: '' });
	const credential = {
		authentication: accessToken ? 'accessToken' : 'clientCredentials',
		clientId: variables.GOFIVE_CLIENT_ID,
		clientSecret: variables.GOFIVE_CLIENT_SECRET,
		accessToken,
		subscriptionApiKey: variables.GOFIVE_SUBSCRIPTION_KEY,
		baseUrl: variables.GOFIVE_BASE_URL || 'https://api.gofive.co.th',
	};
	return { credential, variables, allowsWrites };
}

/**
 * Asks the questions.
 * @throws GoFiveError if the first request fails
 */
export async function runLiveCheck(options: LiveOptions, questions = QUESTIONS): Promise<LiveResult> {
	const live = new LiveClient(options);
	await live.send(EVENT_TYPES_REQUEST);
	const answers: LiveResult['answers'] = {};
	for (const [id, { decide }] of Object.entries(questions)) {
		try {
			const answer = await decide(live);
			answers[id] = [answer ? 'true' : 'false', live.observed];
		} catch (error) {
			const { name, message } = error as Error;
			// The message of another error may contain values.
			const reason = error instanceof NotDecidable ? message : `The response had an unexpected format (${name}).`;
			answers[id] = ['not checked', reason];
		}
	}
	const rows = Object.entries(answers).map(([id, cells]) => [id, questions[id]?.statement ?? '', ...cells]);
	const report = [
		`# Live check of the GoFive API by n8n-nodes-gofive ${process.env['npm_package_version'] ?? ''}`,
		'This report contains HTTP statuses, and the names and numbers of keys. It contains no values.',
		markdownTable(['question', 'statement', 'answer', 'observed'], rows),
	].join('\n\n');
	const isDeleted = await deleteTestEvent(live);
	return { answers, leftTestEvent: !isDeleted, report };
}
