import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { caseRecord } from './case';
import { caseNo } from './fields';
import { checkThe } from '../fields';

/** GET /v1/case/{caseNo}: GoFive lists the operation by name only, so the path is inferred from that of Update. */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get case',
	description: 'Retrieve a case by its number. GoFive has not published this path.',
	effect: 'read',
	fields: { caseNo: caseNo('Number of the case to get'), output: output(caseRecord) },
	entity: caseRecord,
	record: 'caseNo',
	ifNone: checkThe('number'),
	request: ({ caseNo }) => ({ method: 'GET', path: `/v1/case/${pathPart(caseNo)}` }),
});
