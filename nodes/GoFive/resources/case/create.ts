import { defineWrite, options, output } from '../../operation';
import { additionalFieldsOfNewRecord } from '../sharedFields';
import { CASE_TYPES, caseEntity } from './entity';
import { caseFields, optionalCaseFields } from './fields';

/**
 * Creates a case: `POST /v1/case`. The response is inferred.
 * @see https://developer.gofive.co.th/api-13759273
 */
export const create = defineWrite({
	name: 'Create',
	value: 'create',
	action: 'Create case',
	description: 'Create a case and assign it to an employee',
	fields: {
		caseType: options('Case Type', 'Whether the case requires action or is for information only', CASE_TYPES, {
			required: true,
		}),
		...caseFields({ required: true }),
		additionalFields: additionalFieldsOfNewRecord(optionalCaseFields()),
		output: output(caseEntity),
	},
	nameField: 'subject',
	request: (_values, body) => ({ method: 'POST', path: '/v1/case', body }),
});
