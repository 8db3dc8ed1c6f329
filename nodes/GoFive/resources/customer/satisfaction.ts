import { codeColumns, type Entity } from '../../operation';

/** GoFive's code for CSAT. */
export const CSAT_SOURCE_TYPE = 1;

/**
 * GoFive's codes for the type of a score.
 * @see https://developer.gofive.co.th/api-4823671
 */
export const SOURCE_TYPES = [
	{ name: 'CSAT', value: CSAT_SOURCE_TYPE, description: 'Customer satisfaction, 1 to 5 points' },
	{ name: 'NPS', value: 2, description: 'Net Promoter Score, 1 to 10 points' },
] as const;

/** Lists the paths of a value. The request has its key in PascalCase, and a response may have either case. */
const inEitherCase = (key: string) => [key, key.charAt(0).toUpperCase() + key.slice(1)];

/** A satisfaction score. No response has been seen, so the columns are the fields of the request. */
export const satisfactionEntity: Entity = {
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
