import type { Entity } from '../../operation';

/** A satisfaction score. No response has been seen, so the columns are the fields of the request. */
export const satisfactionEntity: Entity = {
	pluralName: 'satisfaction scores',
	columns: {
		customerCode: {
			displayName: 'Customer Code',
			fromInput: 'customerCode',
			paths: ['customerCode', 'CustomerCode'],
			notNull: true,
		},
		dateCreated: {
			displayName: 'Date Created',
			type: 'date',
			fromInput: 'dateCreated',
			paths: ['dateCreated', 'DateCreated'],
		},
		sourceName: { displayName: 'Source', fromInput: 'sourceName', paths: ['sourceName', 'SourceName'] },
		sourceType: {
			displayName: 'Source Type',
			type: 'integer',
			fromInput: 'sourceType',
			paths: ['sourceType', 'SourceType'],
		},
		point: { displayName: 'Points', type: 'integer', fromInput: 'point', paths: ['point', 'Point'] },
		answerBy: { displayName: 'Answered By', fromInput: 'answerBy', paths: ['answerBy', 'AnswerBy'] },
		comment: { displayName: 'Comment', fromInput: 'comment', paths: ['comment', 'Comment'] },
	},
};
