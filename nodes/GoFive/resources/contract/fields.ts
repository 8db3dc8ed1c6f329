import { choice } from '../../operation/fields/choice';
import { number, text } from '../../operation/fields/simple';

/** GoFive's numbers for how often a service is due (page api-18402429). */
const FREQUENCIES = [
	{ name: 'Custom', value: 260005 },
	{ name: 'Monthly', value: 260003 },
	{ name: 'Quarterly', value: 260002 },
	{ name: 'Weekly', value: 260004 },
	{ name: 'Yearly', value: 260001 },
] as const;

/** What GoFive needs of a service. @param required whether an untouched form is refused; fields that are added one by one cannot be required */
export const serviceFields = <const R extends { required?: true }>(required: R) => ({
	frequency: choice('Frequency', FREQUENCIES, { description: 'How often the service is due', ...required }),
	numberOfTimes: number('Number of Times', {
		whole: true,
		min: 1,
		description: 'How many times the service is carried out',
		...required,
	}),
	subject: text('Subject', { description: 'Title of the service', ...required }),
});

/** A note on a service. */
export const agreementNote = () =>
	text('Agreement Note', { typeOptions: { rows: 3 }, description: 'What was agreed on the service' });
