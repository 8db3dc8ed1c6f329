import {
	collection,
	commaSeparated,
	date,
	lineSeparated,
	multilineText,
	options,
	text,
	toOptions,
} from '../../operation';
import { addresses, contact, contacts, customFields, socialAccount } from './contact';

const MARITAL_STATUSES = toOptions({ Divorced: 5, Engaged: 2, Married: 3, Separated: 4, Single: 1, Widowed: 6 });

/**
 * Optional fields of a customer. Those up to Addresses are on GoFive's page, the others in GoFive's C# sample.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const customerAdditionalFields = collection(
	'Additional Fields',
	'What else GoFive knows of a customer. A field that is added and left blank is sent empty, which should clear it; lists and groups such as Addresses are then not sent.',
	{
		addresses,
		customerAliases: lineSeparated('Aliases', 'Other names of the customer, each on a line of its own'),
		customerBirthdate: date('Birthdate', { format: 'dateOnly' }),
		branchCode: text('Branch Code', 'Code of the branch for tax invoices', { example: '00000' }),
		classificationName: text('Classification', 'Class of the customer, at most three characters', { example: 'S' }),
		contact,
		contacts,
		creditLimit: text('Credit Limit', "GoFive's page says that Venio does not use it"),
		customFields,
		customerEmail: text(
			'Email',
			'Email address of the customer. GoFive does not take null here, so one that is left blank is sent as an empty text.',
			{ example: 'hello@example.com' },
		),
		customerGender: options('Gender', 'For a customer who is an individual', toOptions({ Female: 2, Male: 1 })),
		customerGroupName: text('Group', 'Name of a customer group; GoFive adds one that it does not know'),
		customerIncome: text('Income', 'Income of the customer, a text'),
		interestsName: commaSeparated('Interests', 'With commas between them; GoFive adds those that it does not know', {
			example: 'Coffee, Tea',
		}),
		leadStatus: options(
			'Lead Status',
			'What came of the lead; unless you add it, GoFive chooses one by the customer state',
			toOptions({ New: 1, 'Follow-Up': 2, Unqualified: 3, Interested: 4 }),
		),
		customerMaritalStatus: options('Marital Status', 'Of a customer who is an individual', MARITAL_STATUSES),
		customerMobile: text('Mobile', 'Mobile phone of the customer'),
		customerNote: multilineText('Note', "Note on the customer; needed where 'Status' is Ended or Closed"),
		owners: commaSeparated('Owners', 'Staff codes of the people in charge, with commas between them', {
			example: 'staff01, staff02',
		}),
		customerPhone: text('Phone', 'Phone of the customer'),
		customerPicture: text('Picture URL', 'Address of a picture or logo of the customer'),
		customerPosition: text('Position', 'What the customer does for a living'),
		customer2ndName: text('Second Name', 'Name of the customer in another language, for example'),
		customerSocialAccount: socialAccount('customerSocialAccount'),
		sourceName: text('Source', 'Where the lead came from', { example: 'Website' }),
		customerStatus: options(
			'Status',
			"Whether you still do business; Ended and Closed need a 'Note'",
			toOptions({ Active: 0, Ended: 1, Closed: 2 }),
		),
		customerTags: commaSeparated('Tags', 'Words with commas between them', { example: 'VIP, 2025' }),
		customerTaxNo: text('Tax No', 'Tax ID of the customer', { example: '0105500000001' }),
		customerType: options(
			'Type',
			'A business has contacts, an individual one contact',
			toOptions({ Business: 1, Individual: 2 }),
		),
		unqualifiedReasonName: text(
			'Unqualified Reason',
			'Why nothing came of the lead; needed for a lead whose status is Unqualified',
			{ bodyKey: 'unqulifiedReasonName' },
		),
		unqualifiedReasonNote: text('Unqualified Reason Note', 'More about that reason; needed with it', {
			bodyKey: 'unqulifiedReasonNote',
		}),
	},
);
