import type { Entity } from '../../operation';

/** An employee of the user's company. Get Many fills fewer columns than Get. */
export const employeeEntity: Entity = {
	pluralName: 'employees',
	columns: {
		staffCode: { displayName: 'Staff Code', type: 'text', fromInput: 'staffCode' },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		fullname: { displayName: 'Full Name', type: 'text' },
		nickname: { displayName: 'Nickname', type: 'text' },
		role: { displayName: 'Role', type: 'text' },
		position: { displayName: 'Position', type: 'text' },
		teamName: { displayName: 'Team Name', type: 'text' },
		phoneNumber: { displayName: 'Phone', type: 'text' },
		isActive: { displayName: 'Active', type: 'flag' },
		userId: { displayName: 'User ID', type: 'text' },
	},
	keyColumns: ['userId'],
};
