import { pathPart } from '../../api/request/request';
import { id, operation, output } from '../../operation';
import { activity } from './activity';
import { checkThe } from '../fields';

/** GET /v1/Activities/{id} (older portal; GoFive's menu has the name alone). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get activity',
	description: 'Retrieve an activity by its ID. GoFive has not published this path.',
	fields: {
		activityId: id(
			'Activity ID',
			'ID of the activity, a whole number and not its Activity No; the address of its page in Venio may show it',
			{ required: true, wire: null, example: '120345' },
		),
		output: output(activity),
	},
	record: 'activityId',
	ifNone: checkThe('ID'),
	request: ({ activityId }) => ({ method: 'GET', path: `/v1/Activities/${pathPart(activityId)}` }),
});
