import { limit, defineOperation, output, text } from '../../operation';
import { employeeEntity } from './entity';
import { notFoundHintFor, filters } from '../sharedFields';

/** What the public client whose request was observed sends besides; what other values mean is not known. */
const OBSERVED_FILTERS = { employeeType: null, teamId: null, status: null, type: null, orderBy: 0 };

/** POST /v1/Employees/Enquiry (observed in a public client; GoFive's menu has the name alone). */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many employees',
	description: 'Retrieve a list of employees; Get fills more columns. GoFive has not published this path.',
	fields: {
		limit: limit(),
		filters: filters({
			keyWord: text('Keyword', 'Employees whom GoFive finds by this text', { example: 'สมชาย' }),
		}),
		output: output(employeeEntity),
	},
	notFoundHint: notFoundHintFor('keyword'),
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v1/Employees/Enquiry',
		body: { ...OBSERVED_FILTERS, keyWord: filters.keyWord ?? '' },
	}),
});
