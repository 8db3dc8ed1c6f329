import type { Entity } from '../../operation';

/** A visit, call or other task of a person, as the older portal shows it (its list is cut). */
export const activity: Entity = {
	plural: 'activities',
	columns: {
		activityNo: { name: 'Activity No', type: 'text' },
		dateAppointmentStart: { name: 'Appointment Start', type: 'date' },
		dateAppointmentEnd: { name: 'Appointment End', type: 'date' },
		subject: { name: 'Subject', type: 'text' },
		visitLocationName: { name: 'Visit Location Name', type: 'text' },
		isAdHoc: { name: 'Check-In Without Plan', type: 'flag' },
		activityTypeId: { name: 'Activity Type ID', type: 'integer' },
		statusId: { name: 'Status ID', type: 'integer' },
		assignToUserId: { name: 'Assigned To User ID', type: 'text' },
		activityId: { name: 'Activity ID', type: 'integer' },
	},
	key: ['activityId'],
};
