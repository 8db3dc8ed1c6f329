import { choice, yesOrNo } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { group } from '../../operation/fields/group';
import { lines } from '../../operation/fields/lines';
import { textLines } from '../../operation/fields/several';
import { number, text } from '../../operation/fields/simple';

/** Names in other networks, which GoFive keeps in an object of their own. @param wire its key */
export const socialAccount = (wire: string) =>
	group(
		'Social Accounts',
		{
			facebook: text('Facebook', {}),
			instagram: text('Instagram', {}),
			line: text('LINE', {}),
			linkedin: text('LinkedIn', {}),
			skype: text('Skype', {}),
			telegram: text('Telegram', {}),
			wechat: text('WeChat', {}),
			whatsapp: text('WhatsApp', {}),
		},
		{ wire, placeholder: 'Add Account', description: 'Names or addresses in other networks' },
	);

const contactFields = {
	contactName: text('Name', { description: 'Name of the person' }),
	contactBirthdate: date('Birthdate', { as: 'day', description: 'Day of birth of the contact, such as 1990-01-31' }),
	contactEmail: text('Email', { placeholder: 'e.g. name@example.com', description: 'Email address of the contact' }),
	contactMobile: text('Mobile', { description: 'Mobile phone of the contact' }),
	contactNote: text('Note', { description: 'Note on the contact' }),
	contactPhone: text('Phone', { description: 'Phone of the contact' }),
	contactPicture: text('Picture URL', { description: 'Address of a picture of the contact' }),
	contactPosition: text('Position', { description: 'What the contact does at the customer' }),
	contactSocialAccount: socialAccount('contactSocialAccount'),
	contactStatus: yesOrNo('Status', { description: 'Whether one can still reach this person there' }, [
		'Active',
		'Inactive',
	]),
};

/** The person behind a customer who is an individual. */
export const contact = group('Contact (Individual)', contactFields, {
	wire: 'contact',
	placeholder: 'Add Contact Field',
	description: 'How to reach a customer who is an individual',
});

/** The people at a business. */
export const contacts = lines('Contacts (Business)', contactFields, {
	line: 'Contact',
	nested: true,
	description: 'The people at a customer that is a business',
});

/** Where a customer is. */
export const addresses = lines(
	'Addresses',
	{
		locationName: text('Name', { placeholder: 'e.g. HQ', description: 'What the place is called' }),
		locationAddress: text('Address', {
			typeOptions: { rows: 2 },
			description: 'Street, district, province and postcode',
		}),
		locationType: choice(
			'Type',
			[
				{ name: 'Billing', value: 1 },
				{ name: 'Shipping', value: 2 },
			],
			{ description: 'What the address is for' },
		),
		latitude: number('Latitude', { min: -90, max: 90, description: 'In degrees, such as 13.7563' }),
		longitude: number('Longitude', { min: -180, max: 180, description: 'In degrees, such as 100.5018' }),
	},
	{ line: 'Address', nested: true, description: 'Where the customer gets invoices and goods' },
);

/** Fields that a company has added to its customers. */
export const customFields = lines(
	'Custom Fields',
	{
		customFieldName: text('Field Name', { required: true, description: 'Name of the custom field, as Venio shows it' }),
		customFieldValue: textLines('Value', {
			required: true,
			description: 'Its value; of several each on a line of its own',
		}),
	},
	{ line: 'Custom Field', nested: true, description: 'Fields that your company has added in Venio' },
);
