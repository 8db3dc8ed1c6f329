import { defineRead, output, text, type Entity } from '../../operation';
import { userIdNames } from '../employee/getAll';
import { notFoundHintFor, withLookupLink } from '../sharedFields';

/** An activity of an employee, for example a visit or a call. Source: the older portal, whose list of fields is incomplete. */
export const activityEntity: Entity = {
	pluralName: 'activities',
	columns: {
		activityNo: { displayName: 'Activity Number' },
		dateAppointmentStart: { displayName: 'Appointment Start', type: 'date' },
		dateAppointmentEnd: { displayName: 'Appointment End', type: 'date' },
		subject: { displayName: 'Subject' },
		visitLocationName: { displayName: 'Visit Location Name' },
		isAdHoc: { displayName: 'Check-In Without Plan', type: 'boolean' },
		activityTypeId: { displayName: 'Activity Type ID', type: 'integer' },
		statusId: { displayName: 'Status ID', type: 'integer' },
		assignToUserId: { displayName: 'Assigned to User ID', names: userIdNames },
		activityId: { displayName: 'Activity ID', type: 'integer' },
	},
	keyColumns: ['activityId'],
};

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
			withLookupLink(
				'ID of the activity to retrieve, not its Activity Number',
				"It may be in the address of the activity's page in Venio, or in the field activityId of Expense > Get, with 'Selected Fields' in 'Output'",
			),
			{ required: true, bodyKey: null, example: '120345' },
		),
		output: output(activityEntity),
	},
	idField: 'activityId',
	notFoundDescription: notFoundHintFor('ID'),
	request: () => ({ method: 'GET', path: '/v1/Activities/{activityId}' }),
});
