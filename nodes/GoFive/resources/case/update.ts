import { encodePathPart } from '../../api/request/request';
import { collection, defineOperation, notice, output } from '../../operation';
import { caseEntity } from './entity';
import { caseFields, caseNo, optionalCaseFields } from './fields';

/**
 * Updates a case: `PUT /v1/case/{caseNo}`. The response is inferred.
 * @see https://developer.gofive.co.th/api-13759837
 */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description: 'Change a case; GoFive needs its main fields, also unchanged ones',
	effect: 'write',
	fields: {
		allFields: notice('GoFive wants the fields below again, also those that stay as they are.'),
		caseNo: caseNo('Number of the case to change'),
		...caseFields(),
		updateFields: collection(
			'Update Fields',
			'A field that you add and leave blank is cleared. What GoFive does with those that you do not add is not known; to be sure, add all that the case has.',
			optionalCaseFields(),
		),
		output: output(caseEntity),
	},
	idField: 'caseNo',
	// The page's schema has the key customerNo, its example customerCode. Both are sent.
	request: ({ caseNo, updateFields: { customerCode: customerNo } }, body) => ({
		method: 'PUT',
		path: `/v1/case/${encodePathPart(caseNo)}`,
		body: customerNo === undefined ? body : { ...body, customerNo },
	}),
});
