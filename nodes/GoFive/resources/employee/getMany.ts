import { limit, operation, output, text } from '../../operation';
import { employee } from './employee';
import { checkThe, filters } from '../fields';

/** What the public client whose request was observed sends besides; what other values mean is not known. */
const OBSERVED = { employeeType: null, teamId: null, status: null, type: null, orderBy: 0 };

/** POST /v1/Employees/Enquiry (observed in a public client; GoFive's menu has the name alone). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many employees',
	description: 'Retrieve a list of employees; Get fills more columns. GoFive has not published this path.',
	fields: {
		limit: limit(),
		filters: filters({
			keyWord: text('Keyword', 'Employees whom GoFive finds by this text', { example: 'สมชาย' }),
		}),
		output: output(employee),
	},
	ifNone: checkThe('keyword'),
	pages: { take: 'pageLength', skip: 'skip' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v1/Employees/Enquiry',
		body: { ...OBSERVED, keyWord: filters.keyWord ?? '' },
	}),
});
