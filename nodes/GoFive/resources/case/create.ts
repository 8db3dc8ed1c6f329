import { options, defineOperation, output } from '../../operation';
import { additionalFieldsOfNewRecord } from '../sharedFields';
import { caseEntity, CASE_TYPES } from './entity';
import { caseFields, optionalCaseFields } from './fields';

/** POST /v1/case (page api-13759273). The answer is inferred. */
export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create case',
	description: 'Open a case and give it to somebody',
	fields: {
		caseType: options('Case Type', 'Whether somebody has to do something', CASE_TYPES, { required: true }),
		...caseFields(),
		additionalFields: additionalFieldsOfNewRecord(optionalCaseFields()),
		output: output(caseEntity),
	},
	request: (_, body) => ({ method: 'POST', path: '/v1/case', body }),
});
