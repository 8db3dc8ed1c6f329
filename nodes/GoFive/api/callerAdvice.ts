import { NOTHING_SENT, type GoFiveError } from './errors';

/**
 * Advice to repeat a request, by caller. The texts in messages.ts are written for the action node, so every other caller
 * replaces them:
 *
 * - `list`: a list in the form.
 * - `test`: Fetch Test Event of the trigger.
 * - `activation`: a poll of the trigger whose error prevents publishing.
 * - `poll`: all other polls of the trigger.
 */
const RUN_AGAIN_BY_CALLER = {
	list: 'Open the list again$1',
	test: "Select 'Fetch Test Event' again$1",
	activation: 'Publish (in n8n 1: activate) the workflow again$1',
	poll: 'Wait for the next poll',
};

/** Start of the advice to repeat a request, with the time. */
const RUN_AGAIN = /Run the workflow(?: again)?( in a few minutes| later)?/g;

/** Advice that a list cannot follow, since it takes neither filters nor options. */
const REQUEST_LESS = /, request less data(, or increase 'Timeout' in the options of this node)/g;

/**
 * Rewords the description of an error for a caller, which requests lists only. The sentence about an input item is
 * removed, because these callers have no input items.
 */
export const withCallerAdvice = (error: GoFiveError, caller: keyof typeof RUN_AGAIN_BY_CALLER): GoFiveError =>
	error.withText({
		description: error.description
			.replace(RUN_AGAIN, RUN_AGAIN_BY_CALLER[caller])
			.replace(REQUEST_LESS, caller === 'list' ? '' : ', watch fewer records$1')
			.replaceAll('this operation', 'this list')
			.replaceAll(` ${NOTHING_SENT}`, ''),
	});
