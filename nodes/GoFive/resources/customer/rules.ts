import { failUnsent } from '../../api/words/failure';
import type { Field } from '../../operation';
import type { additionalFields } from './additionalFields';

type Additional = typeof additionalFields extends Field<infer T> ? T : never;

const LEAD = 1;
const UNQUALIFIED = 3;
const [BUSINESS, INDIVIDUAL] = [1, 2];

/** What GoFive asks of the fields of a customer together (C# sample). @throws Failure for the first rule that is broken */
export function assertRules(customerState: number, given: Additional): void {
	// 0 is Active.
	if (given.customerStatus && !given.customerNote) {
		failUnsent(
			"'Note' is empty",
			"GoFive wants one where 'Status' is Ended or Closed. Add it under 'Additional Fields'.",
		);
	}
	if (customerState === LEAD && given.leadStatus === UNQUALIFIED) {
		const why = "GoFive wants it for a lead whose 'Lead Status' is Unqualified. Add it under 'Additional Fields'.";
		if (!given.unqualifiedReasonName) failUnsent("'Unqualified Reason' is empty", why);
		if (!given.unqualifiedReasonNote) failUnsent("'Unqualified Reason Note' is empty", why);
	}
	if ([...(given.classificationName ?? '')].length > 3) {
		failUnsent(`'Classification' cannot be "${given.classificationName}"`, 'Give at most three characters.');
	}
	if (given.customerType === BUSINESS && Object.keys(given.contact ?? {}).length > 0) {
		failUnsent("'Contact (Individual)' does not go with a business", "Use 'Contacts (Business)', or change 'Type'.");
	}
	if (given.customerType === INDIVIDUAL && (given.contacts ?? []).length > 0) {
		failUnsent("'Contacts (Business)' do not go with an individual", "Use 'Contact (Individual)', or change 'Type'.");
	}
}
