import { choice, operation, output } from '../../operation';
import { additionalOfNew } from '../fields';
import { caseRecord, CASE_TYPES } from './case';
import { caseFields, moreCaseFields } from './fields';

/** POST /v1/case (page api-13759273). The answer is inferred. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create case',
	description: 'Open a case and give it to somebody',
	fields: {
		caseType: choice('Case Type', 'Whether somebody has to do something', CASE_TYPES, { required: true }),
		...caseFields(),
		additionalFields: additionalOfNew(moreCaseFields()),
		output: output(caseRecord),
	},
	request: (_, body) => ({ method: 'POST', path: '/v1/case', body }),
});
