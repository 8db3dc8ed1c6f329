import type { Entity } from '../../operation';

/** How satisfied a customer was, as it was sent: GoFive's answer was not seen. */
export const satisfactionEntity: Entity = {
	pluralName: 'satisfaction scores',
	columns: {
		customerCode: {
			displayName: 'Customer Code',
			type: 'text',
			paths: ['customerCode', 'CustomerCode'],
			isAlwaysFilled: true,
		},
		dateCreated: { displayName: 'Date Created', type: 'date', paths: ['dateCreated', 'DateCreated'] },
		sourceName: { displayName: 'Source', type: 'text', paths: ['sourceName', 'SourceName'] },
		sourceType: { displayName: 'Source Type', type: 'integer', paths: ['sourceType', 'SourceType'] },
		point: { displayName: 'Points', type: 'integer', paths: ['point', 'Point'] },
		answerBy: { displayName: 'Answered By', type: 'text', paths: ['answerBy', 'AnswerBy'] },
		comment: { displayName: 'Comment', type: 'text', paths: ['comment', 'Comment'] },
	},
};
