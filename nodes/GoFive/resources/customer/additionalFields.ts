import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { group } from '../../operation/fields/group';
import { textLines, texts } from '../../operation/fields/several';
import { text } from '../../operation/fields/simple';
import { addresses, contact, contacts, customFields, socialAccount } from './contact';

const MARITAL_STATUSES = [
	{ name: 'Divorced', value: 5 },
	{ name: 'Engaged', value: 2 },
	{ name: 'Married', value: 3 },
	{ name: 'Separated', value: 4 },
	{ name: 'Single', value: 1 },
	{ name: 'Widowed', value: 6 },
] as const;

/** What a customer may have (page api-3590385 up to the addresses, the rest from GoFive's C# sample). */
export const additionalFields = group(
	'Additional Fields',
	{
		addresses,
		customerAliases: textLines('Aliases', { description: 'Other names of the customer, each on a line of its own' }),
		customerBirthdate: date('Birthdate', { as: 'day' }),
		branchCode: text('Branch Code', { placeholder: 'e.g. 00000', description: 'Code of the branch for tax invoices' }),
		classificationName: text('Classification', {
			placeholder: 'e.g. S',
			description: 'Class of the customer, at most three characters',
		}),
		contact,
		contacts,
		creditLimit: text('Credit Limit', { description: "GoFive's page says that Venio does not use it" }),
		customFields,
		customerEmail: text('Email', {
			placeholder: 'e.g. hello@example.com',
			description:
				'Email address of the customer. GoFive does not take null here, so one that is left blank is sent as an empty text.',
		}),
		customerGender: choice(
			'Gender',
			[
				{ name: 'Female', value: 2 },
				{ name: 'Male', value: 1 },
			],
			{ description: 'For a customer who is an individual' },
		),
		customerGroupName: text('Group', {
			description: 'Name of a customer group; GoFive adds one that it does not know',
		}),
		customerIncome: text('Income', { description: 'Income of the customer, a text' }),
		interestsName: texts('Interests', {
			placeholder: 'e.g. Coffee, Tea',
			description: 'With commas between them; GoFive adds those that it does not know',
		}),
		leadStatus: choice(
			'Lead Status',
			[
				{ name: 'New', value: 1 },
				{ name: 'Follow-Up', value: 2 },
				{ name: 'Unqualified', value: 3 },
				{ name: 'Interested', value: 4 },
			],
			{
				description: 'What came of the lead; unless you add it, GoFive chooses one by the customer state',
			},
		),
		customerMaritalStatus: choice('Marital Status', MARITAL_STATUSES, {
			description: 'Of a customer who is an individual',
		}),
		customerMobile: text('Mobile', { description: 'Mobile phone of the customer' }),
		customerNote: text('Note', {
			typeOptions: { rows: 3 },
			description: "Note on the customer; needed where 'Status' is Ended or Closed",
		}),
		owners: texts('Owners', {
			placeholder: 'e.g. staff01, staff02',
			description: 'Staff codes of the people in charge, with commas between them',
		}),
		customerPhone: text('Phone', { description: 'Phone of the customer' }),
		customerPicture: text('Picture URL', { description: 'Address of a picture or logo of the customer' }),
		customerPosition: text('Position', { description: 'What the customer does for a living' }),
		customer2ndName: text('Second Name', { description: 'Name of the customer in another language, for example' }),
		customerSocialAccount: socialAccount('customerSocialAccount'),
		sourceName: text('Source', { placeholder: 'e.g. Website', description: 'Where the lead came from' }),
		customerStatus: choice(
			'Status',
			[
				{ name: 'Active', value: 0 },
				{ name: 'Ended', value: 1 },
				{ name: 'Closed', value: 2 },
			],
			{ description: "Whether you still do business; Ended and Closed need a 'Note'" },
		),
		customerTags: texts('Tags', { placeholder: 'e.g. VIP, 2025', description: 'Words with commas between them' }),
		customerTaxNo: text('Tax No', { placeholder: 'e.g. 0105500000001', description: 'Tax ID of the customer' }),
		customerType: choice(
			'Type',
			[
				{ name: 'Business', value: 1 },
				{ name: 'Individual', value: 2 },
			],
			{ description: 'A business has contacts, an individual one contact' },
		),
		unqualifiedReasonName: text('Unqualified Reason', {
			wire: 'unqulifiedReasonName',
			description: 'Why nothing came of the lead; needed for a lead whose status is Unqualified',
		}),
		unqualifiedReasonNote: text('Unqualified Reason Note', {
			wire: 'unqulifiedReasonNote',
			description: 'More about that reason; needed with it',
		}),
	},
	{
		description:
			'What else GoFive knows of a customer. A field that is added and left blank is sent empty, which should clear it; lists and groups such as Addresses are then not sent.',
	},
);
