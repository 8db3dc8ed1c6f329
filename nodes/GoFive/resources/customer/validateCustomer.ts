import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { formatValue, isBlank, type CollectionValues } from '../../operation';
import type { optionalCustomerFields } from './fields';

type AdditionalValues = CollectionValues<typeof optionalCustomerFields>;

/** Codes of the fields Customer State, Lead Status and Type, see the options of these fields. */
const LEAD_STATE = 1;
const UNQUALIFIED_STATUS = 3;
const BUSINESS_TYPE = 1;
const INDIVIDUAL_TYPE = 2;

/** Name of the collection of an update. */
const UPDATE_COLLECTION = 'Update Fields';

/** Maximum length of a classification, from GoFive's C# sample. */
const MAX_CLASSIFICATION_CHARACTERS = 3;

/** @throws GoFiveError if a lead is unqualified without a reason */
function validateUnqualifiedReason(
	{ unqualifiedReasonName, unqualifiedReasonNote }: AdditionalValues,
	collectionName: string,
): void {
	const clearAdvice = collectionName === UPDATE_COLLECTION ? " Or add 'Lead Status' to 'Fields to Clear'." : '';
	const advice = `GoFive requires this field for a lead whose 'Lead Status' is 'Unqualified'. Add it under '${collectionName}'.${clearAdvice}`;
	if (isBlank(unqualifiedReasonName)) rejectInput("'Unqualified Reason' is empty", advice);
	if (isBlank(unqualifiedReasonNote)) rejectInput("'Unqualified Reason Note' is empty", advice);
}

/** Whether a value, or any value in an object or a list, is filled. A flag alone, for example a status, fills no contact. */
const isFilled = (value: unknown): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some(isFilled)
		: typeof value !== 'boolean' && !isBlank(value);

/** @throws GoFiveError if the contacts do not fit the type of the customer */
function validateContacts({ customerType, contact, contacts }: AdditionalValues): void {
	if (customerType === BUSINESS_TYPE && isFilled(contact))
		rejectInput("'Contact (Individual)' is not allowed for a business", "Use 'Contacts (Business)', or change 'Type'.");
	if (customerType === INDIVIDUAL_TYPE && isFilled(contacts))
		rejectInput(
			"'Contacts (Business)' is not allowed for an individual",
			"Use 'Contact (Individual)', or change 'Type'.",
		);
}

/**
 * Checks the rules between a customer's fields. They are taken from GoFive's C# sample.
 * @param collectionName - Name of the collection that contains the fields.
 * @throws GoFiveError for the first rule that is not met.
 */
export function validateCustomer(
	customerState: number,
	values: AdditionalValues,
	collectionName = 'Additional Fields',
): void {
	// The status Active is 0.
	if (values.customerStatus && isBlank(values.customerNote))
		rejectInput(
			"'Note' is empty",
			`GoFive requires a note if 'Status' is 'Ended' or 'Closed'. Add it under '${collectionName}'.`,
		);
	if (customerState === LEAD_STATE && values.leadStatus === UNQUALIFIED_STATUS)
		validateUnqualifiedReason(values, collectionName);
	if ([...(values.classificationName ?? '')].length > MAX_CLASSIFICATION_CHARACTERS)
		rejectInput(
			`'Classification' cannot be ${formatValue(values.classificationName)}`,
			'Enter at most three characters.',
		);
	validateContacts(values);
}

/**
 * Checks the same rules for the request of an update, which contains the values of the record, too.
 * @throws GoFiveError for the first rule that is not met.
 */
export function validateUpdatedCustomer(body: IDataObject): void {
	const reason = {
		unqualifiedReasonName: body['unqulifiedReasonName'],
		unqualifiedReasonNote: body['unqulifiedReasonNote'],
	};
	validateCustomer(Number(body['customerState']), { ...body, ...reason } as AdditionalValues, UPDATE_COLLECTION);
}
