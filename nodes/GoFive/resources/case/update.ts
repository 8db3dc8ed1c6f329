import { defineUpdate, output, type CurrentValues } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { updateFields } from '../sharedFields';
import { caseEntity } from './entity';
import { caseFields, caseNo, optionalCaseFields } from './fields';
import { get } from './get';

/** Where a case contains the values that `PUT /v1/case/{caseNo}` requires. No response has been seen. */
const currentCaseValues: CurrentValues = {
	subject: { form: 'text', required: true },
	categoryId: { form: 'number', required: true },
	dateCase: { form: 'date', required: true, dateFormat: 'withMillisecondsAndOffset' },
	dateDue: { form: 'date', required: true, dateFormat: 'withMillisecondsAndOffset' },
	assignedToUserId: { form: 'text', required: true },
};

/**
 * Changes some fields of a case: `PUT /v1/case/{caseNo}`. Required fields that are not in the form are read with Get first. The
 * response is inferred.
 * @see https://developer.gofive.co.th/api-13759837
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description: 'Change some fields of a case, for example its due date',
	fields: {
		caseNo: caseNo('Number of the case to update'),
		...updateFields(caseFields(), optionalCaseFields()),
		output: output(toUpdatedEntity(caseEntity, ['caseNo', 'dateCase', 'dateDue', 'subject'])),
	},
	idField: 'caseNo',
	current: { operation: get, values: currentCaseValues, isPartial: true },
	// The page's schema has the key customerNo, its example customerCode. Both are sent.
	request: (_values, { customerCode, ...body }) => ({
		method: 'PUT',
		path: '/v1/case/{caseNo}',
		body: customerCode === undefined ? body : { ...body, customerCode, customerNo: customerCode },
	}),
});
