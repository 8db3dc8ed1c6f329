import { defineRead, output, text } from '../../operation';
import { notFoundHintFor } from '../sharedFields';
import { activityEntity } from './entity';

/**
 * Retrieves an activity: `GET /v1/Activities/{id}`.
 * Not found in the public copy of GoFive's documentation; the path is taken from the 2021 partner portal.
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get activity',
	description: 'Retrieve an activity by its ID',
	evidence: 'legacy',
	fields: {
		activityId: text(
			'Activity ID',
			'ID of the activity to retrieve, not its Activity Number. The ID may be in an expense of Expense > Get, or in the address of its page in Venio.',
			{ required: true, bodyKey: null, example: '120345' },
		),
		output: output(activityEntity),
	},
	idField: 'activityId',
	notFoundDescription: notFoundHintFor('ID'),
	request: () => ({ method: 'GET', path: '/v1/Activities/{activityId}' }),
});
