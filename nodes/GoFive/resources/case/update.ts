import { defineWrite, output } from '../../operation';
import { updateFields } from '../sharedFields';
import { caseEntity } from './entity';
import { caseFields, caseNo, optionalCaseFields } from './fields';

/**
 * Updates a case: `PUT /v1/case/{caseNo}`. The response is inferred.
 * @see https://developer.gofive.co.th/api-13759837
 */
export const update = defineWrite({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description: 'Update a case. Fill in all required fields, including fields that you do not change.',
	fields: {
		caseNo: caseNo('Number of the case to update'),
		...caseFields(),
		...updateFields(optionalCaseFields()),
		output: output(caseEntity),
	},
	idField: 'caseNo',
	// The page's schema has the key customerNo, its example customerCode. Both are sent.
	request: (_values, { customerCode, ...body }) => ({
		method: 'PUT',
		path: '/v1/case/{caseNo}',
		body: customerCode === undefined ? body : { ...body, customerCode, customerNo: customerCode },
	}),
});
