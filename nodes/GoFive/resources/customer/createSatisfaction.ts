import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { output } from '../../operation/fields/output';
import { number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
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
	effect: 'write',
	fields: {
		customerCode: customerCode('Code of the customer who was asked', { wire: 'CustomerCode' }),
		sourceName: text('Source', {
			wire: 'SourceName',
			required: true,
			placeholder: 'e.g. NPS [Venio]',
			description: 'Where the score comes from; a name that GoFive does not know becomes a new source',
		}),
		sourceType: choice(
			'Source Type',
			[
				{ name: 'CSAT', value: CSAT, description: 'Customer satisfaction, 1 to 5 points' },
				{ name: 'NPS', value: 2, description: 'Net promoter score, 1 to 10 points' },
			],
			{ wire: 'SourceType', required: true, description: 'What was measured' },
		),
		point: number('Points', {
			wire: 'Point',
			required: true,
			min: 1,
			max: 10,
			whole: true,
			description: 'From 1 to 5 for CSAT, from 1 to 10 for NPS',
		}),
		dateCreated: date('Date', { as: 'wallTime', wire: 'DateCreated', required: true }),
		additionalFields: additionalOfNew({
			answerBy: text('Answered By', { wire: 'AnswerBy', description: 'Name of the person who answered' }),
			comment: text('Comment', { wire: 'Comment', typeOptions: { rows: 3 }, description: 'What the person said' }),
		}),
		output: output(satisfaction),
	},
	entity: satisfaction,
	record: 'customerCode',
	request({ sourceType, point }, body) {
		if (sourceType === CSAT && point > MOST_OF_CSAT) {
			throw new Failure({
				message: `'Points' cannot be ${point}`,
				description: `CSAT has 1 to ${MOST_OF_CSAT} points. Give fewer, or choose NPS in 'Source Type'. ${NOTHING_SENT}`,
			});
		}
		return { method: 'POST', path: '/v3/customers/satisfaction', body };
	},
});
