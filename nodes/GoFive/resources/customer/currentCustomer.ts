import type { CurrentValues } from '../../operation';

const SOCIAL_ACCOUNTS: CurrentValues = Object.fromEntries(
	['facebook', 'instagram', 'line', 'linkedin', 'skype', 'telegram', 'wechat', 'whatsapp'].map((key) => [
		key,
		{ form: 'text' },
	]),
);

const CONTACT: CurrentValues = {
	contactName: { form: 'text' },
	contactPosition: { form: 'text' },
	contactEmail: { form: 'text' },
	contactPhone: { form: 'phone' },
	contactMobile: { form: 'phone' },
	contactPicture: { form: 'text' },
	contactBirthdate: { form: 'day' },
	contactNote: { form: 'text' },
	contactStatus: { form: 'boolean' },
	contactSocialAccount: { form: 'object', values: SOCIAL_ACCOUNTS },
};

/** Codes of the request for the states of a customer, by the code that the 2021 partner portal has in place of the type. */
const STATES_BY_TYPE = { 11100: 1, 11200: 2, 11300: 3 };

/**
 * Where a customer contains the values of `POST /v3/customers`. No response has been seen. The keys of the 2021 partner
 * portal follow those of the request.
 */
export const currentCustomerValues: CurrentValues = {
	customerCode: { form: 'text', required: true },
	customerName: { form: 'text', required: true, derived: ['uniqueName'] },
	customerState: {
		form: 'number',
		required: true,
		codes: [1, 2, 3],
		otherKey: 'customerType',
		otherCodes: STATES_BY_TYPE,
		derived: ['leadStatus', 'leadStates', 'dateAcquired', 'customerStateId'],
	},
	customerType: { form: 'number', codes: [1, 2] },
	customerStatus: { form: 'number', codes: [0, 1, 2], derived: ['isActive'] },
	leadStatus: { form: 'number', codes: [1, 2, 3, 4], derived: ['leadStates'] },
	owners: { form: 'texts', isOrdered: true, namesKey: 'customerOwnersStr', derived: ['hasOwner'] },
	customer2ndName: { form: 'text' },
	customerAliases: { form: 'texts' },
	customerTaxNo: { form: 'text' },
	branchCode: { form: 'text' },
	customerPhone: { form: 'phone' },
	customerMobile: { form: 'phone' },
	customerEmail: { form: 'text', otherKey: 'email' },
	customerPicture: { form: 'text', otherKey: 'PictureUrl' },
	customerPosition: { form: 'text' },
	customerGender: { form: 'number', codes: [1, 2] },
	customerMaritalStatus: { form: 'number', codes: [1, 2, 3, 4, 5, 6] },
	customerBirthdate: { form: 'day' },
	customerIncome: { form: 'text' },
	creditLimit: { form: 'text' },
	customerNote: { form: 'text' },
	classificationName: { form: 'text' },
	customerGroupName: { form: 'text' },
	sourceName: { form: 'text' },
	interestsName: { form: 'texts', derived: ['customerInterests'] },
	customerTags: { form: 'texts' },
	unqulifiedReasonName: { form: 'text' },
	unqulifiedReasonNote: { form: 'text' },
	addresses: {
		form: 'rows',
		values: {
			locationName: { form: 'text' },
			locationAddress: { form: 'text' },
			locationType: { form: 'number', codes: [1, 2] },
			latitude: { form: 'number' },
			longitude: { form: 'number' },
		},
	},
	contact: { form: 'object', values: CONTACT },
	contacts: { form: 'rows', values: CONTACT },
	customerSocialAccount: { form: 'object', values: SOCIAL_ACCOUNTS },
	customFields: {
		form: 'rows',
		values: {
			customFieldName: { form: 'text', required: true },
			customFieldValue: { form: 'texts', required: true },
		},
	},
};
