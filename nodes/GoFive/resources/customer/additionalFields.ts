import { commaSeparated, lineSeparated, multilineText, options, text, toOptions } from '../../operation';
import { employees } from '../employee/fields';
import { addresses, birthdate, contact, contacts, customFields, socialAccount } from './contact';
import { LEAD_STATUSES_BY_PROGRESS, LEGAL_TYPES } from './entity';

const MARITAL_STATUSES = toOptions({ Divorced: 5, Engaged: 2, Married: 3, Separated: 4, Single: 1, Widowed: 6 });

/**
 * Optional fields of a customer. Those up to Addresses are on GoFive's page, the others in GoFive's C# sample.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const optionalCustomerFields = {
	addresses,
	customerAliases: lineSeparated('Aliases', 'Other names of the customer, one per line'),
	customerBirthdate: birthdate('customer'),
	branchCode: text('Branch Code', 'Code of the branch for tax invoices', { example: '00000' }),
	classificationName: text('Classification', 'Class of the customer (at most three characters)', { example: 'S' }),
	contact,
	contacts,
	customFields,
	customerEmail: text('Email', 'Email address of the customer', { example: 'hello@example.com' }),
	customerGender: options('Gender', 'Gender of an individual customer', toOptions({ Female: 2, Male: 1 })),
	customerGroupName: text('Group', 'Name of the customer group. GoFive creates the group if it does not exist.'),
	customerIncome: text('Income', 'Income of the customer, as text'),
	interestsName: commaSeparated('Interests', 'Comma-separated interests. GoFive creates missing interests.', {
		example: 'Coffee, Tea',
	}),
	leadStatus: options(
		'Lead Status',
		"Status of the lead. If you create a customer without this field, GoFive sets the status based on 'Customer State'.",
		LEAD_STATUSES_BY_PROGRESS,
	),
	customerMaritalStatus: options('Marital Status', 'Marital status of an individual customer', MARITAL_STATUSES),
	customerMobile: text('Mobile', 'Mobile phone number of the customer'),
	customerNote: multilineText('Note', "Note about the customer. Required if 'Status' is 'Ended' or 'Closed'."),
	owners: employees('Owner', 'Staff codes of the employees responsible for the customer'),
	customerPhone: text('Phone', 'Phone number of the customer'),
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
	customerTags: commaSeparated('Tags', 'Comma-separated tags', { example: 'VIP, 2025' }),
	customerTaxNo: text('Tax ID', 'Tax identification number of the customer', { example: '0105500000001' }),
	customerType: options(
		'Type',
		'Whether the customer is a business (with several contacts) or an individual (with one contact)',
		LEGAL_TYPES,
	),
	unqualifiedReasonName: text(
		'Unqualified Reason',
		"Reason why the lead was lost. Required for a lead whose 'Lead Status' is 'Unqualified'.",
		{ bodyKey: 'unqulifiedReasonName' },
	),
	unqualifiedReasonNote: text(
		'Unqualified Reason Note',
		"Details of the reason. Required for a lead whose 'Lead Status' is 'Unqualified'.",
		{ bodyKey: 'unqulifiedReasonNote' },
	),
};
