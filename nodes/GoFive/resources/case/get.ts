import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { caseRecord } from './case';
import { caseNo } from './fields';
import { checkThe } from '../fields';

/** GET /v1/case/{caseNo}: GoFive lists the operation by name only, so the path is inferred from that of Update. */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get case',
	description: 'Retrieve a case by its number. GoFive has not published this path.',
	fields: { caseNo: caseNo('Number of the case to get'), output: output(caseRecord) },
	record: 'caseNo',
	ifNone: checkThe('number'),
	request: ({ caseNo }) => ({ method: 'GET', path: `/v1/case/${pathPart(caseNo)}` }),
});
