import type { Entity } from '../../operation';

/** A satisfaction score. No response has been seen, so the columns are the fields of the request. */
export const satisfactionEntity: Entity = {
	pluralName: 'satisfaction scores',
	columns: {
		customerCode: {
			displayName: 'Customer Code',
			type: 'text',
			fromInput: 'customerCode',
			paths: ['customerCode', 'CustomerCode'],
			isAlwaysFilled: true,
		},
		dateCreated: {
			displayName: 'Date Created',
			type: 'date',
			fromInput: 'dateCreated',
			paths: ['dateCreated', 'DateCreated'],
		},
		sourceName: { displayName: 'Source', type: 'text', fromInput: 'sourceName', paths: ['sourceName', 'SourceName'] },
		sourceType: {
			displayName: 'Source Type',
			type: 'integer',
			fromInput: 'sourceType',
			paths: ['sourceType', 'SourceType'],
		},
		point: { displayName: 'Points', type: 'integer', fromInput: 'point', paths: ['point', 'Point'] },
		answerBy: { displayName: 'Answered By', type: 'text', fromInput: 'answerBy', paths: ['answerBy', 'AnswerBy'] },
		comment: { displayName: 'Comment', type: 'text', fromInput: 'comment', paths: ['comment', 'Comment'] },
	},
};
