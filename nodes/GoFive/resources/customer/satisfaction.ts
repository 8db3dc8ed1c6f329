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

/** Builds a column that is filled from the input of the same name. */
const inputColumn = (key: string) => ({ fromInput: key, paths: inEitherCase(key) });

/** A satisfaction score. No response has been seen, so the columns are the fields of the request. */
export const satisfactionEntity: Entity = {
	pluralName: 'satisfaction scores',
	columns: {
		customerCode: { displayName: 'Customer Code', ...inputColumn('customerCode'), notNull: true },
		dateCreated: { displayName: 'Date', type: 'date', ...inputColumn('dateCreated') },
		sourceName: { displayName: 'Source', ...inputColumn('sourceName') },
		...codeColumns('sourceType', 'Score Type', SOURCE_TYPES, inputColumn('sourceType')),
		point: { displayName: 'Points', type: 'integer', ...inputColumn('point') },
		answerBy: { displayName: 'Answered By', ...inputColumn('answerBy') },
		comment: { displayName: 'Comment', ...inputColumn('comment') },
	},
};
