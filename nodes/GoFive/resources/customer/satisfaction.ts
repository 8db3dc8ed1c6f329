import type { Entity } from '../../operation';

/** How satisfied a customer was, as it was sent: GoFive's answer was not seen. */
export const satisfaction: Entity = {
	plural: 'satisfaction scores',
	columns: {
		customerCode: { name: 'Customer Code', type: 'text', from: ['customerCode', 'CustomerCode'], always: true },
		dateCreated: { name: 'Date Created', type: 'date', from: ['dateCreated', 'DateCreated'] },
		sourceName: { name: 'Source', type: 'text', from: ['sourceName', 'SourceName'] },
		sourceType: { name: 'Source Type', type: 'integer', from: ['sourceType', 'SourceType'] },
		point: { name: 'Points', type: 'integer', from: ['point', 'Point'] },
		answerBy: { name: 'Answered By', type: 'text', from: ['answerBy', 'AnswerBy'] },
		comment: { name: 'Comment', type: 'text', from: ['comment', 'Comment'] },
	},
};
