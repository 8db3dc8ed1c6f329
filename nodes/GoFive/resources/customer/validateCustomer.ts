import { rejectInput } from '../../api/errors/goFiveError';
import type { Field } from '../../operation';
import type { customerAdditionalFields } from './additionalFields';

type Additional = typeof customerAdditionalFields extends Field<infer T> ? T : never;

const LEAD = 1;
const UNQUALIFIED = 3;
const [BUSINESS, INDIVIDUAL] = [1, 2];

/** What GoFive asks of the fields of a customer together (C# sample). @throws GoFiveError for the first rule that is broken */
export function validateCustomer(customerState: number, additionalValues: Additional): void {
	// 0 is Active.
	if (additionalValues.customerStatus && !additionalValues.customerNote) {
		rejectInput(
			"'Note' is empty",
			"GoFive wants one where 'Status' is Ended or Closed. Add it under 'Additional Fields'.",
		);
	}
	if (customerState === LEAD && additionalValues.leadStatus === UNQUALIFIED) {
		const why = "GoFive wants it for a lead whose 'Lead Status' is Unqualified. Add it under 'Additional Fields'.";
		if (!additionalValues.unqualifiedReasonName) rejectInput("'Unqualified Reason' is empty", why);
		if (!additionalValues.unqualifiedReasonNote) rejectInput("'Unqualified Reason Note' is empty", why);
	}
	if ([...(additionalValues.classificationName ?? '')].length > 3) {
		rejectInput(
			`'Classification' cannot be "${additionalValues.classificationName}"`,
			'Give at most three characters.',
		);
	}
	if (additionalValues.customerType === BUSINESS && Object.keys(additionalValues.contact ?? {}).length > 0) {
		rejectInput("'Contact (Individual)' does not go with a business", "Use 'Contacts (Business)', or change 'Type'.");
	}
	if (additionalValues.customerType === INDIVIDUAL && (additionalValues.contacts ?? []).length > 0) {
		rejectInput("'Contacts (Business)' do not go with an individual", "Use 'Contact (Individual)', or change 'Type'.");
	}
}
