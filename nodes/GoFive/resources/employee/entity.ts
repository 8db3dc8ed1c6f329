import { selectedOnly, type Entity } from '../../operation';

/** An employee of the user's company. Get Many fills fewer columns than Get. */
export const employeeEntity: Entity = {
	pluralName: 'employees',
	columns: {
		staffCode: { displayName: 'Staff Code' },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		fullname: { displayName: 'Full Name' },
		nickname: { displayName: 'Nickname' },
		role: { displayName: 'Role' },
		position: { displayName: 'Position' },
		teamName: { displayName: 'Team Name' },
		phoneNumber: { displayName: 'Phone' },
		isActive: { displayName: 'Active', type: 'boolean' },
		userId: { displayName: 'User ID' },
		...selectedOnly({ pictureUrl: { displayName: 'Picture URL' } }),
	},
	keyColumns: ['userId'],
};
