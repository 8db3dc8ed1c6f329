import { rejectInput } from '../../api/errors';
import {
	codeColumns,
	date,
	defineWrite,
	multilineText,
	number,
	options,
	output,
	text,
	type Entity,
} from '../../operation';
import { additionalFieldsOfNewRecord, customerCode } from '../sharedFields';

/** GoFive's code for CSAT. */
const CSAT_SOURCE_TYPE = 1;

/**
 * GoFive's codes for the type of a score.
 * @see https://developer.gofive.co.th/api-4823671
 */
const SOURCE_TYPES = [
	{ name: 'CSAT', value: CSAT_SOURCE_TYPE, description: 'Customer satisfaction, 1 to 5 points' },
	{ name: 'NPS', value: 2, description: 'Net Promoter Score, 1 to 10 points' },
] as const;

/** Lists the paths of a value. The request has its key in PascalCase, and a response may have either case. */
const inEitherCase = (key: string) => [key, key.charAt(0).toUpperCase() + key.slice(1)];

/** A satisfaction score. No response has been seen, so the columns are the fields of the request. */
const satisfactionEntity: Entity = {
	pluralName: 'satisfaction scores',
	columns: {
		customerCode: { displayName: 'Customer Code', paths: inEitherCase('customerCode') },
		dateCreated: { displayName: 'Date', type: 'date', paths: inEitherCase('dateCreated') },
		sourceName: { displayName: 'Source', paths: inEitherCase('sourceName') },
		...codeColumns('sourceType', 'Score Type', SOURCE_TYPES, { paths: inEitherCase('sourceType') }),
		point: { displayName: 'Points', type: 'integer', paths: inEitherCase('point') },
		answerBy: { displayName: 'Answered By', paths: inEitherCase('answerBy') },
		comment: { displayName: 'Comment', paths: inEitherCase('comment') },
	},
};

/** Highest score of CSAT. */
const MAX_CSAT_POINTS = 5;

/**
 * Creates a satisfaction score of a customer: `POST /v3/customers/satisfaction`.
 * Our copy of the page cuts the example of the date. Its format is taken from customer events.
 * @see https://developer.gofive.co.th/api-4823671
 */
export const createSatisfaction = defineWrite({
	name: 'Create Satisfaction Score',
	value: 'createSatisfaction',
	action: 'Create customer satisfaction score',
	description: 'Create a satisfaction score for a customer, either CSAT (1 to 5 points) or NPS (1 to 10 points)',
	fields: {
		customerCode: customerCode('Code of the customer who gave the score', { bodyKey: 'CustomerCode' }),
		sourceName: text(
			'Source',
			'Source of the score, for example the name of your survey. GoFive creates the source if it does not exist.',
			{ bodyKey: 'SourceName', required: true, example: 'NPS [Venio]' },
		),
		scoreType: options('Score Type', 'Type of the score', SOURCE_TYPES, { bodyKey: 'SourceType', required: true }),
		point: number('Points', 'Number of points, from 1 to 5 for CSAT and from 1 to 10 for NPS', {
			bodyKey: 'Point',
			required: true,
			min: 1,
			max: 10,
			isInteger: true,
		}),
		scoreDate: date('Date', { format: 'wallTime', bodyKey: 'DateCreated', required: true }),
		additionalFields: additionalFieldsOfNewRecord({
			answerBy: text('Answered By', 'Name of the person who gave the score', { bodyKey: 'AnswerBy' }),
			comment: multilineText('Comment', 'Comment from the customer', { bodyKey: 'Comment' }),
		}),
		output: output(satisfactionEntity),
	},
	idField: 'customerCode',
	validate({ scoreType, point }) {
		if (scoreType === CSAT_SOURCE_TYPE && point > MAX_CSAT_POINTS)
			rejectInput(
				`'Points' cannot be ${point}`,
				`Enter 1 to ${MAX_CSAT_POINTS} points for CSAT, or select 'NPS' in 'Score Type'.`,
			);
	},
	request: (_values, body) => ({ method: 'POST', path: '/v3/customers/satisfaction', body }),
});
