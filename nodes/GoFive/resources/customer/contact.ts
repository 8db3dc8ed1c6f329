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
export const birthdate = (person: string) =>
	date('Birthdate', { format: 'dateOnly', description: `Date of birth of the ${person}, for example 1990-01-31` });

const contactFields = {
	contactName: text('Name', 'Name of the contact'),
	contactBirthdate: birthdate('contact'),
	contactEmail: text('Email', 'Email address of the contact', { example: 'name@example.com' }),
	contactMobile: text('Mobile', 'Mobile phone number of the contact'),
	contactNote: text('Note', 'Note about the contact'),
	contactPhone: text('Phone', 'Phone number of the contact'),
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
