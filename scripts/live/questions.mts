import { EVENT_QUESTIONS } from './eventQuestions.mts';
import type { LiveClient } from './liveClient.mts';
import { createPageQuestions } from './pageQuestions.mts';
import { createUpdateQuestion } from './recordUpdates.mts';

/** Question about GoFive's API, as a statement that is true or false. */
export interface Question {
	statement: string;
	/**
	 * Decides whether the statement is true. The report shows what the client has observed last.
	 * @throws NotDecidable if a setting or data is missing, or if the responses decide nothing
	 */
	decide(live: LiveClient): Promise<boolean>;
}

/**
 * Questions by ID, in the order in which they are asked. Each compares several responses, so that neither Check Access
 * nor another operation of the node shows the answer:
 *
 * - The node itself applies the date range and the types of events, so its output is the same if GoFive ignores them.
 * - The node reads pages until one is empty, so its output is the same if GoFive has a maximum per page.
 * - A change of omitted fields, or of a date, is visible only in the record before and after a write.
 */
export const QUESTIONS: Record<string, Question> = {
	...EVENT_QUESTIONS,
	...createPageQuestions('take'),
	...createPageQuestions('pageLength'),
	customerUpdateKeepsFields: createUpdateQuestion('customer', 'GOFIVE_UPDATE_CUSTOMER_CODE'),
	productUpdateKeepsFields: createUpdateQuestion('product', 'GOFIVE_UPDATE_PRODUCT_CODE'),
};
