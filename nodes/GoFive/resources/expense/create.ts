import { defineWrite, multilineText, otherFieldsJson, output, text, type Field } from '../../operation';
import { additionalFieldsOfNewRecord } from '../sharedFields';
import { assertDetailComplete, expenseDetails } from './details';
import { expenseEntity } from './entity';

const fields = {
	subject: text('Subject', 'Title of the expense', { required: true }),
	expenseDetails,
	additionalFields: additionalFieldsOfNewRecord({
		otherFieldsJson: otherFieldsJson('Other Fields (JSON)', (): Record<string, Field> => fields, {
			description:
				"For advanced users: more fields, with GoFive's names. GoFive's page about updates also shows activityId and dateTransaction, whose format is not known.",
			example: '{"activityId": "120345"}',
		}),
		remark: multilineText('Remark', 'Remark about the expense'),
	}),
};

/**
 * Creates an expense: `POST /v1/Expenses`. Our copy of the page is cut: the keys next to the details are those of Update.
 * It is inferred that the response is the one of Get.
 * @see https://developer.gofive.co.th/api-3606568
 */
export const create = defineWrite({
	name: 'Create',
	value: 'create',
	action: 'Create expense',
	description: 'Create an expense with its details',
	fields: { ...fields, output: output(expenseEntity) },
	nameField: 'subject',
	validate({ expenseDetails }) {
		for (const [index, detail] of expenseDetails.entries()) assertDetailComplete(detail, index + 1);
	},
	request: (_values, body) => ({ method: 'POST', path: '/v1/Expenses', body }),
});
