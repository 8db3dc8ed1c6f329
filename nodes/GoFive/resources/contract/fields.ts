import { options, toOptions, multilineText, number, text } from '../../operation';

/** GoFive's numbers for how often a service is due (page api-18402429). */
const FREQUENCIES = toOptions({ Custom: 260005, Monthly: 260003, Quarterly: 260002, Weekly: 260004, Yearly: 260001 });

/** What GoFive needs of a service. @param required whether an untouched form is refused; fields that are added one by one cannot be required */
export const serviceFields = (required: { required?: true }) => ({
	frequency: options('Frequency', 'How often the service is due', FREQUENCIES, required),
	numberOfTimes: number('Number of Times', 'How many times the service is carried out', {
		isInteger: true,
		min: 1,
		...required,
	}),
	subject: text('Subject', 'Title of the service', required),
});

/** A note on a service. */
export const agreementNote = () => multilineText('Agreement Note', 'What was agreed on the service');
