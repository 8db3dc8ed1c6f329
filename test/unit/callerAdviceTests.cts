import { withCallerAdvice } from '../../nodes/GoFive/api/errors/callerAdvice';
import { GoFiveError, NOTHING_SENT, type ErrorText } from '../../nodes/GoFive/api/errors/goFiveError';
import { messages } from '../../nodes/GoFive/api/errors/messages';

const TEXTS: ErrorText[] = [
	messages.serverError(503, 1, 'GoFive\'s message: "Unavailable". '),
	messages.quota({ renewsIn: '02:12:45' }),
	messages.timeout(60),
	{ message: 'No column', description: `Enter a value. ${NOTHING_SENT}` },
];

test.each(['list', 'test', 'activation', 'poll'] as const)('%s: replaces advice for the action node', (caller) => {
	const descriptions = TEXTS.map((text) => withCallerAdvice(new GoFiveError(text), caller).description);
	expect(descriptions).toMatchSnapshot();
	expect(descriptions.join(' ')).not.toMatch(/run the workflow|this item|request less|undefined|\$/i);
});
