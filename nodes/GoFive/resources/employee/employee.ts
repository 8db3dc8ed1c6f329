import type { Entity } from '../../operation';

/** A person of the own company; a list gives fewer columns than Get. */
export const employee: Entity = {
	plural: 'employees',
	columns: {
		staffCode: { name: 'Staff Code', type: 'text' },
		dateCreated: { name: 'Date Created', type: 'date' },
		fullname: { name: 'Full Name', type: 'text' },
		nickname: { name: 'Nickname', type: 'text' },
		role: { name: 'Role', type: 'text' },
		position: { name: 'Position', type: 'text' },
		teamName: { name: 'Team Name', type: 'text' },
		phoneNumber: { name: 'Phone', type: 'text' },
		isActive: { name: 'Active', type: 'flag' },
		userId: { name: 'User ID', type: 'text' },
	},
	key: ['userId'],
};
