import { encodePathPart } from '../../api/request/request';
import { id, defineOperation, output } from '../../operation';
import { activityEntity } from './entity';
import { notFoundHintFor } from '../sharedFields';

/** GET /v1/Activities/{id} (older portal; GoFive's menu has the name alone). */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get activity',
	description: 'Retrieve an activity by its ID. GoFive has not published this path.',
	fields: {
		activityId: id(
			'Activity ID',
			'ID of the activity, a whole number and not its Activity No; the address of its page in Venio may show it',
			{ required: true, bodyKey: null, example: '120345' },
		),
		output: output(activityEntity),
	},
	idField: 'activityId',
	notFoundHint: notFoundHintFor('ID'),
	request: ({ activityId }) => ({ method: 'GET', path: `/v1/Activities/${encodePathPart(activityId)}` }),
});
