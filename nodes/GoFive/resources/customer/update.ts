import { defineUpdate, options, output, text, withDescription, type CurrentValues } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { customerCode, updateFields } from '../sharedFields';
import { addresses, contact, contacts, customFields, optionalCustomerFields, socialAccount } from './fields';
import { CUSTOMER_STATES_BY_PROGRESS, customerEntity } from './entity';
import { get } from './get';
import { validateUpdatedCustomer } from './validateCustomer';

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
	contactBirthdate: { form: 'date' },
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
const currentCustomerValues: CurrentValues = {
	customerCode: { form: 'text', required: true },
	customerName: { form: 'text', required: true },
	customerState: {
		form: 'number',
		required: true,
		codes: [1, 2, 3],
		otherKey: 'customerType',
		otherCodes: STATES_BY_TYPE,
		dependentKeys: ['leadStates', 'dateAcquired'],
	},
	customerType: { form: 'number', codes: [1, 2] },
	customerStatus: { form: 'number', codes: [0, 1, 2] },
	leadStatus: { form: 'number', codes: [1, 2, 3, 4], dependentKeys: ['leadStates'] },
	owners: { form: 'texts', isOrdered: true, namesKey: 'customerOwnersStr' },
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
	customerBirthdate: { form: 'date' },
	customerIncome: { form: 'text' },
	creditLimit: { form: 'text' },
	customerNote: { form: 'text' },
	classificationName: { form: 'text' },
	customerGroupName: { form: 'text' },
	sourceName: { form: 'text' },
	interestsName: { form: 'texts', dependentKeys: ['customerInterests'] },
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

/** Fields that an update replaces as a whole, because their rows and values have no ID. */
const replacedFields = {
	addresses: withDescription(
		addresses,
		'Billing and shipping addresses of the customer. They probably replace all addresses in Venio.',
	),
	contact: withDescription(
		contact,
		'Contact details of an individual customer. They probably replace all contact details in Venio.',
	),
	contacts: withDescription(contacts, 'Contacts of a business customer. They probably replace all contacts in Venio.'),
	customFields: withDescription(
		customFields,
		'Fields that your company has added in Venio. They probably replace all custom fields of the customer.',
	),
	customerSocialAccount: withDescription(
		socialAccount('customerSocialAccount'),
		'User names or profile URLs on social networks. They probably replace all social accounts in Venio.',
	),
};

/**
 * Changes some fields of a customer: `GET /v3/customers/{customerCode}`, then `POST /v3/customers` with all values.
 * It is not known whether GoFive keeps the values that a request omits.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change some fields of a customer',
	fields: {
		customerCode: customerCode('Code of the customer to update', { bodyKey: null }),
		...updateFields(
			{
				customerName: text('Customer Name', 'Unique name of the customer'),
				customerState: options(
					'Customer State',
					'Whether the customer is a lead, a prospect or a customer',
					CUSTOMER_STATES_BY_PROGRESS,
				),
			},
			{ ...optionalCustomerFields, ...replacedFields },
		),
		output: output(toUpdatedEntity(customerEntity, ['customerCode', 'customerName'])),
	},
	idField: 'customerCode',
	current: {
		operation: get,
		values: currentCustomerValues,
		validate: validateUpdatedCustomer,
	},
	request(_values, body) {
		// customerEmail is the only key that cannot be null according to the page.
		const email = body['customerEmail'] === null ? { customerEmail: '' } : {};
		return { method: 'POST', path: '/v3/customers', body: { ...body, ...email } };
	},
});
