import {
	collection,
	date,
	lineSeparated,
	multilineText,
	number,
	options,
	rows,
	text,
	toOptions,
} from '../../operation';

/**
 * Creates the collection of accounts in social networks.
 * @param bodyKey - GoFive's key of the object, which differs between customers and contacts.
 */
export const socialAccount = (bodyKey: string) =>
	collection(
		'Social Accounts',
		'Names or addresses in other networks',
		{
			facebook: text('Facebook'),
			instagram: text('Instagram'),
			line: text('LINE'),
			linkedin: text('LinkedIn'),
			skype: text('Skype'),
			telegram: text('Telegram'),
			wechat: text('WeChat'),
			whatsapp: text('WhatsApp'),
		},
		{ bodyKey, placeholder: 'Add Account' },
	);

const BIRTHDATE_DESCRIPTION = 'Day of birth of the contact, such as 1990-01-31';

const contactFields = {
	contactName: text('Name', 'Name of the person'),
	contactBirthdate: date('Birthdate', { format: 'dateOnly', description: BIRTHDATE_DESCRIPTION }),
	contactEmail: text('Email', 'Email address of the contact', { example: 'name@example.com' }),
	contactMobile: text('Mobile', 'Mobile phone of the contact'),
	contactNote: text('Note', 'Note on the contact'),
	contactPhone: text('Phone', 'Phone of the contact'),
	contactPicture: text('Picture URL', 'Address of a picture of the contact'),
	contactPosition: text('Position', 'What the contact does at the customer'),
	contactSocialAccount: socialAccount('contactSocialAccount'),
	contactStatus: options(
		'Status',
		'Whether one can still reach this person there',
		toOptions({ Inactive: false, Active: true }),
	),
};

/** Contact of a customer that is an individual. */
export const contact = collection(
	'Contact (Individual)',
	'How to reach a customer who is an individual',
	contactFields,
	{ bodyKey: 'contact', placeholder: 'Add Contact Field' },
);

/** Contacts of a customer that is a business. */
export const contacts = rows('Contacts (Business)', 'The people at a customer that is a business', contactFields, {
	rowDisplayName: 'Contact',
	isNested: true,
});

/** Addresses of a customer. */
export const addresses = rows(
	'Addresses',
	'Where the customer gets invoices and goods',
	{
		locationName: text('Name', 'What the place is called', { example: 'HQ' }),
		locationAddress: multilineText('Address', 'Street, district, province and postcode'),
		locationType: options('Type', 'What the address is for', toOptions({ Billing: 1, Shipping: 2 })),
		latitude: number('Latitude', 'In degrees, such as 13.7563', { min: -90, max: 90 }),
		longitude: number('Longitude', 'In degrees, such as 100.5018', { min: -180, max: 180 }),
	},
	{ rowDisplayName: 'Address', isNested: true },
);

/** Custom fields, which a company defines in Venio. */
export const customFields = rows(
	'Custom Fields',
	'Fields that your company has added in Venio',
	{
		customFieldName: text('Field Name', 'Name of the custom field, as Venio shows it', { required: true }),
		customFieldValue: lineSeparated('Value', 'Its value; of several each on a line of its own', { required: true }),
	},
	{ rowDisplayName: 'Custom Field', isNested: true },
);
