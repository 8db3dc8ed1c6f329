import { encodePathPart } from '../../api/request/request';
import { collection, notice, defineOperation, output } from '../../operation';
import { caseEntity } from './entity';
import { caseFields, caseNo, optionalCaseFields } from './fields';

/** PUT /v1/case/{caseNo} (page api-13759837). The answer is inferred. */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description: 'Change a case; GoFive needs its main fields, also unchanged ones',
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
	// The schema of the page has one key for the customer, its example the other.
	request: ({ caseNo, updateFields: { customerCode: customerNo } }, body) => ({
		method: 'PUT',
		path: `/v1/case/${encodePathPart(caseNo)}`,
		body: customerNo === undefined ? body : { ...body, customerNo },
	}),
});
