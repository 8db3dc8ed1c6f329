import { defineRead, output } from '../../operation';
import { notFoundHintFor } from '../sharedFields';
import { caseEntity } from './entity';
import { caseNo } from './fields';

/**
 * Retrieves a case: `GET /v1/case/{caseNo}`.
 * GoFive's documentation lists only the operation's name. The path is inferred from Update.
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get case',
	description: 'Retrieve a case by its number',
	evidence: 'inferred',
	fields: { caseNo: caseNo('Number of the case to retrieve'), output: output(caseEntity) },
	idField: 'caseNo',
	notFoundDescription: notFoundHintFor('number'),
	request: () => ({ method: 'GET', path: '/v1/case/{caseNo}' }),
});
