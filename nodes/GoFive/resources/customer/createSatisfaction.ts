import { failUnsent } from '../../api/words/failure';
import { choice, date, longText, number, operation, output, text } from '../../operation';
import { additionalOfNew, customerCode } from '../fields';
import { satisfaction } from './satisfaction';

const CSAT = 1;
const MOST_OF_CSAT = 5;

/** POST /v3/customers/satisfaction (page api-4823671; how it writes the date is cut and taken to be as in customer events). */
export const createSatisfaction = operation({
	name: 'Create Satisfaction',
	value: 'createSatisfaction',
	action: 'Create customer satisfaction',
	description: 'Record how satisfied a customer is (CSAT or NPS)',
	fields: {
		customerCode: customerCode('Code of the customer who was asked', { wire: 'CustomerCode' }),
		sourceName: text('Source', 'Where the score comes from; a name that GoFive does not know becomes a new source', {
			wire: 'SourceName',
			required: true,
			example: 'NPS [Venio]',
		}),
		sourceType: choice(
			'Source Type',
			'What was measured',
			[
				{ name: 'CSAT', value: CSAT, description: 'Customer satisfaction, 1 to 5 points' },
				{ name: 'NPS', value: 2, description: 'Net promoter score, 1 to 10 points' },
			],
			{ wire: 'SourceType', required: true },
		),
		point: number('Points', 'From 1 to 5 for CSAT, from 1 to 10 for NPS', {
			wire: 'Point',
			required: true,
			min: 1,
			max: 10,
			whole: true,
		}),
		dateCreated: date('Date', { as: 'wallTime', wire: 'DateCreated', required: true }),
		additionalFields: additionalOfNew({
			answerBy: text('Answered By', 'Name of the person who answered', { wire: 'AnswerBy' }),
			comment: longText('Comment', 'What the person said', { wire: 'Comment' }),
		}),
		output: output(satisfaction),
	},
	record: 'customerCode',
	request({ sourceType, point }, body) {
		if (sourceType === CSAT && point > MOST_OF_CSAT)
			failUnsent(
				`'Points' cannot be ${point}`,
				`CSAT has 1 to ${MOST_OF_CSAT} points. Give fewer, or choose NPS in 'Source Type'.`,
			);
		return { method: 'POST', path: '/v3/customers/satisfaction', body };
	},
});
