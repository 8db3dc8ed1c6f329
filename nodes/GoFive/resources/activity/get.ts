import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { id } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { activity } from './activity';
import { checkThe } from '../fields';

/** GET /v1/Activities/{id} (older portal; GoFive's menu has the name alone). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get activity',
	description: 'Retrieve an activity by its ID. GoFive has not published this path.',
	effect: 'read',
	fields: {
		activityId: id(
			'Activity ID',
			{
				required: true,
				wire: null,
				placeholder: 'e.g. 120345',
				description:
					'ID of the activity, a whole number and not its Activity No; the address of its page in Venio may show it',
			},
			'Give the ID of an activity, a whole number such as 120345, and not its Activity No.',
		),
		output: output(activity),
	},
	entity: activity,
	record: 'activityId',
	ifNone: checkThe('ID'),
	request: ({ activityId }) => ({ method: 'GET', path: `/v1/Activities/${pathPart(activityId)}` }),
});
