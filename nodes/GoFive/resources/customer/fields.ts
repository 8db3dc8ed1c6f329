import {
	collection,
	commaSeparated,
	date,
	lineSeparated,
	multilineText,
	multiOptions,
	number,
	options,
	rows,
	text,
	toOptions,
	withHint,
	type Field,
} from '../../operation';
import { employees } from '../employee/fields';
import { onePerRequest } from '../sharedFields';
import { CUSTOMER_TYPES, LEAD_STATUSES_BY_PROGRESS, LEGAL_TYPES } from './entity';

/**
 * Creates the list of customer states. An empty list means all.
 * @param subject - Records that the states limit, for example "customers".
 * @param hint - Text below the list.
 */
export const customerStates = (subject: string, hint?: string): Field<number[]> => {
	const description = `Only ${subject} in these states. Leave empty to include all states.`;
	const states = multiOptions('Customer States', description, CUSTOMER_TYPES, 'all customer states were included');
	const field = onePerRequest(states, 'customerType');
	return hint === undefined ? field : withHint(field, hint);
};

/**
 * Creates the collection of accounts in social networks.
 * @param bodyKey - GoFive's key of the object, which differs between customers and contacts.
 */
export const socialAccount = (bodyKey: string) =>
	collection(
		'Social Accounts',
		'User names or profile URLs on social networks',
		{
			facebook: text('Facebook'),
			instagram: text('Instagram'),
			line: text('LINE'),
			linkedin: text('LinkedIn'),
			telegram: text('Telegram'),
			wechat: text('WeChat'),
			whatsapp: text('WhatsApp'),
		},
		{ bodyKey, placeholder: 'Add Account' },
	);

/**
 * Creates the field for a date of birth.
 * @param person - Name of the record in a sentence.
 */
const birthdate = (person: string) =>
	date('Birthdate', { format: 'dateOnly', description: `Date of birth of the ${person}, for example 1990-01-31` });

const contactFields = {
	contactName: text('Name', 'Name of the contact'),
	contactBirthdate: birthdate('contact'),
	contactEmail: text('Email', 'Email address of the contact', { example: 'name@example.com' }),
	contactMobile: text('Mobile', 'Mobile phone number of the contact', { mayBeginWithZero: true }),
	contactNote: text('Note', 'Note about the contact'),
	contactPhone: text('Phone', 'Phone number of the contact', { mayBeginWithZero: true }),
	contactPicture: text('Picture URL', 'URL of a picture of the contact'),
	contactPosition: text('Position', "Job title of the contact in the customer's company"),
	contactSocialAccount: socialAccount('contactSocialAccount'),
	contactStatus: options('Status', 'Whether the contact is still active', toOptions({ Inactive: false, Active: true })),
};

/** Contact of a customer that is an individual. */
export const contact = collection('Contact (Individual)', 'Contact details of an individual customer', contactFields, {
	bodyKey: 'contact',
	placeholder: 'Add Contact Field',
});

/** Contacts of a customer that is a business. */
export const contacts = rows('Contacts (Business)', 'Contacts of a business customer', contactFields, {
	rowDisplayName: 'Contact',
	isNested: true,
});

/** Addresses of a customer. */
export const addresses = rows(
	'Addresses',
	'Billing and shipping addresses of the customer',
	{
		locationName: text('Name', 'Name of the place', { example: 'HQ' }),
		locationAddress: multilineText('Address', 'Street, district, province and postal code'),
		locationType: options('Type', 'Purpose of the address', toOptions({ Billing: 1, Shipping: 2 })),
		latitude: number('Latitude', 'Latitude in degrees', { example: '13.7563', min: -90, max: 90 }),
		longitude: number('Longitude', 'Longitude in degrees', { example: '100.5018', min: -180, max: 180 }),
	},
	{ rowDisplayName: 'Address', isNested: true },
);

/** Custom fields, which a company defines in Venio. */
export const customFields = rows(
	'Custom Fields',
	'Fields that your company has added in Venio',
	{
		customFieldName: text('Field Name', 'Name of the custom field as shown in Venio', { required: true }),
		customFieldValue: lineSeparated('Value', 'Value of the custom field. Enter one value per line.', {
			required: true,
		}),
	},
	{ rowDisplayName: 'Custom Field', isNested: true },
);

const MARITAL_STATUSES = toOptions({ Divorced: 5, Engaged: 2, Married: 3, Separated: 4, Single: 1, Widowed: 6 });

/**
 * Optional fields of a customer. Those up to Addresses are on GoFive's page, the others in GoFive's C# sample.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const optionalCustomerFields = {
	addresses,
	customerAliases: lineSeparated('Aliases', 'Other names of the customer, one per line'),
	customerBirthdate: birthdate('customer'),
	branchCode: text('Branch Code', 'Code of the branch for tax invoices', { example: '00000', mayBeginWithZero: true }),
	classificationName: text('Classification', 'Class of the customer (at most three characters)', { example: 'S' }),
	contact,
	contacts,
	customFields,
	customerEmail: text('Email', 'Email address of the customer', { example: 'hello@example.com' }),
	customerGender: options('Gender', 'Gender of an individual customer', toOptions({ Female: 2, Male: 1 })),
	customerGroupName: text('Group', 'Name of the customer group. GoFive creates the group if it does not exist.'),
	customerIncome: text('Income', 'Income of the customer, as text'),
	interestsName: commaSeparated(
		'Interests',
		'Comma-separated interests, which probably replace the current ones. GoFive creates missing interests.',
		{ example: 'Coffee, Tea' },
	),
	leadStatus: options(
		'Lead Status',
		"Status of the lead. If you create a customer without this field, GoFive sets the status based on 'Customer State'.",
		LEAD_STATUSES_BY_PROGRESS,
	),
	customerMaritalStatus: options('Marital Status', 'Marital status of an individual customer', MARITAL_STATUSES),
	customerMobile: text('Mobile', 'Mobile phone number of the customer', { mayBeginWithZero: true }),
	customerNote: multilineText('Note', "Note about the customer. Required if 'Status' is 'Ended' or 'Closed'."),
	owners: employees('Owner', 'Staff codes of the employees responsible for the customer'),
	customerPhone: text('Phone', 'Phone number of the customer', { mayBeginWithZero: true }),
	customerPicture: text('Picture URL', 'URL of a picture or logo of the customer'),
	customerPosition: text('Position', 'Job title of an individual customer'),
	customer2ndName: text('Second Name', 'Another name of the customer, for example in another language'),
	customerSocialAccount: socialAccount('customerSocialAccount'),
	sourceName: text('Source', 'Source of the lead', { example: 'Website' }),
	customerStatus: options(
		'Status',
		"Status of the business relationship. If you select 'Ended' or 'Closed', add 'Note' too.",
		toOptions({ Active: 0, Ended: 1, Closed: 2 }),
	),
	customerTags: commaSeparated('Tags', 'Comma-separated tags, which probably replace the current ones', {
		example: 'VIP, 2025',
	}),
	customerTaxNo: text('Tax ID', 'Tax identification number of the customer', {
		example: '0105500000001',
		mayBeginWithZero: true,
	}),
	customerType: options(
		'Type',
		'Whether the customer is a business (with several contacts) or an individual (with one contact)',
		LEGAL_TYPES,
	),
	unqualifiedReasonName: text(
		'Unqualified Reason',
		"Reason why the lead is unqualified. Required for a lead whose 'Lead Status' is 'Unqualified'.",
		{ bodyKey: 'unqulifiedReasonName' },
	),
	unqualifiedReasonNote: text(
		'Unqualified Reason Note',
		"Details of the reason. Required for a lead whose 'Lead Status' is 'Unqualified'.",
		{ bodyKey: 'unqulifiedReasonNote' },
	),
};
