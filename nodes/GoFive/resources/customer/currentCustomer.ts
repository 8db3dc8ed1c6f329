import type { CurrentValues } from '../../operation';
import { CUSTOMER_TYPES } from './entity';

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

/** Codes of the request for the states of a customer, by code of the request and of the 2021 partner portal. */
const STATES = { 1: 1, 2: 2, 3: 3, 11100: 1, 11200: 2, 11300: 3 };

/** Codes of the states, which the partner portal has in place of the type. They do not say which type a customer has. */
const NO_TYPES = Object.fromEntries(CUSTOMER_TYPES.map(({ value }) => [value, null]));

/**
 * Where a customer contains the values of `POST /v3/customers`. No response has been seen. The keys of the 2021 partner
 * portal follow those of the request.
 */
export const currentCustomerValues: CurrentValues = {
	customerCode: { form: 'text', required: true },
	customerName: { form: 'text', required: true },
	customerState: {
		form: 'number',
		required: true,
		codes: STATES,
		paths: ['customerState', 'customerStateId', 'customerType'],
		derived: ['leadStatus', 'leadStates', 'dateAcquired'],
	},
	customerType: { form: 'number', codes: { 1: 1, 2: 2, ...NO_TYPES } },
	customerStatus: { form: 'number', codes: { 0: 0, 1: 1, 2: 2 }, derived: ['isActive'] },
	leadStatus: { form: 'number', codes: { 1: 1, 2: 2, 3: 3, 4: 4 }, derived: ['leadStates'] },
	owners: { form: 'texts', namesPath: 'customerOwnersStr', derived: ['hasOwner'] },
	customer2ndName: { form: 'text' },
	customerAliases: { form: 'texts' },
	customerTaxNo: { form: 'text' },
	branchCode: { form: 'text' },
	customerPhone: { form: 'phone' },
	customerMobile: { form: 'phone' },
	customerEmail: { form: 'text', paths: ['customerEmail', 'email'] },
	customerPicture: { form: 'text', paths: ['customerPicture', 'PictureUrl'] },
	customerPosition: { form: 'text' },
	customerGender: { form: 'number', codes: { 1: 1, 2: 2 } },
	customerMaritalStatus: { form: 'number', codes: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6 } },
	customerBirthdate: { form: 'day' },
	customerIncome: { form: 'text' },
	creditLimit: { form: 'text' },
	customerNote: { form: 'text' },
	classificationName: { form: 'text' },
	customerGroupName: { form: 'text' },
	sourceName: { form: 'text' },
	interestsName: { form: 'texts' },
	customerTags: { form: 'texts' },
	unqulifiedReasonName: { form: 'text' },
	unqulifiedReasonNote: { form: 'text' },
	addresses: {
		form: 'rows',
		values: {
			locationName: { form: 'text' },
			locationAddress: { form: 'text' },
			locationType: { form: 'number', codes: { 1: 1, 2: 2 } },
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
