import type { Entity } from '../../operation';
import { userIdNames } from '../employee/getAll';

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
