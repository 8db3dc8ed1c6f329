import type { Entity } from '../../operation';

/** A visit, call or other task of a person, as the older portal shows it (its list is cut). */
export const activityEntity: Entity = {
	pluralName: 'activities',
	columns: {
		activityNo: { displayName: 'Activity No', type: 'text' },
		dateAppointmentStart: { displayName: 'Appointment Start', type: 'date' },
		dateAppointmentEnd: { displayName: 'Appointment End', type: 'date' },
		subject: { displayName: 'Subject', type: 'text' },
		visitLocationName: { displayName: 'Visit Location Name', type: 'text' },
		isAdHoc: { displayName: 'Check-In Without Plan', type: 'flag' },
		activityTypeId: { displayName: 'Activity Type ID', type: 'integer' },
		statusId: { displayName: 'Status ID', type: 'integer' },
		assignToUserId: { displayName: 'Assigned To User ID', type: 'text' },
		activityId: { displayName: 'Activity ID', type: 'integer' },
	},
	keyColumns: ['activityId'],
};
