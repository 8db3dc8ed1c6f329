import { multilineText, number, options, text, toOptions } from '../../operation';

/**
 * GoFive's codes for the frequency of a service.
 * @see https://developer.gofive.co.th/api-18402429
 */
export const FREQUENCIES = toOptions({
	Custom: 260005,
	Monthly: 260003,
	Quarterly: 260002,
	Weekly: 260004,
	Yearly: 260001,
});

/**
 * Creates the fields that GoFive requires of a service.
 * @param required - Empty in a collection, whose fields n8n cannot require.
 */
export const serviceFields = (required: { required?: true }) => ({
	frequency: options('Frequency', 'How often the service is due', FREQUENCIES, required),
	numberOfTimes: number('Number of Times', 'Number of times that the service is performed', {
		isInteger: true,
		min: 1,
		...required,
	}),
	subject: text('Subject', 'Title of the service', required),
});

/** Creates the field for the note on a service. */
export const agreementNote = () => multilineText('Agreement Note', 'Terms agreed for the service');
