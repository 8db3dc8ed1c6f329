import { withCallerAdvice } from '../../nodes/GoFive/api/callerAdvice';
import { GoFiveError, NOTHING_SENT, type ErrorText } from '../../nodes/GoFive/api/errors';
import { messages } from '../../nodes/GoFive/api/messages';

const TEXTS: ErrorText[] = [
	messages.serverError(503, 1, 'GoFive\'s message: "Unavailable". '),
	messages.quota('GoFive\'s message: "Renewed in 02:12:45". '),
	messages.timeout(60),
	{ message: 'No column', description: `Enter a value. ${NOTHING_SENT}` },
];

test.each([
	['list', 'Open the list again', 'Open the list again later.'],
	[
		'test',
		"Select 'Fetch Test Event' again",
		"Select 'Fetch Test Event' again later, watch fewer records, or increase 'Timeout' in the options of this node.",
	],
	[
		'activation',
		'Publish (in n8n 1: activate) the workflow again',
		"Publish (in n8n 1: activate) the workflow again later, watch fewer records, or increase 'Timeout' in the options of this node.",
	],
	[
		'poll',
		'Wait for the next poll',
		"Wait for the next poll, watch fewer records, or increase 'Timeout' in the options of this node.",
	],
] as const)('%s: replaces advice for the action node', (caller, runAgain, afterTimeout) => {
	const [inMinutes, later] = caller === 'poll' ? ['', ''] : [' in a few minutes', ' later'];
	const descriptions = TEXTS.map((text) => withCallerAdvice(new GoFiveError(text), caller).description);
	expect(descriptions).toEqual([
		`GoFive's message: "Unavailable". GoFive or the network may be temporarily unavailable. ${runAgain}${inMinutes}.`,
		`GoFive's message: "Renewed in 02:12:45". ${runAgain}${later}, or ask GoFive support for a larger quota.`,
		afterTimeout,
		'Enter a value.',
	]);
	expect(descriptions.join(' ')).not.toMatch(/run the workflow|this item|request less|undefined|\$/i);
});
