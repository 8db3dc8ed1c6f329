import { choice } from '../../operation/fields/choice';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { additionalOfNew } from '../fields';
import { caseRecord, CASE_TYPES } from './case';
import { caseFields, moreCaseFields } from './fields';

/** POST /v1/case (page api-13759273). The answer is inferred. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create case',
	description: 'Open a case and give it to somebody',
	effect: 'write',
	fields: {
		caseType: choice('Case Type', CASE_TYPES, {
			required: true,
			description: 'Whether somebody has to do something',
		}),
		...caseFields(),
		additionalFields: additionalOfNew(moreCaseFields()),
		output: output(caseRecord),
	},
	entity: caseRecord,
	request: (_, body) => ({ method: 'POST', path: '/v1/case', body }),
});
