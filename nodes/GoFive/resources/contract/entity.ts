import { toOptions, type Entity } from '../../operation';

/** GoFive's numbers for where a contract stands (page api-18392899), in the order of its life. */
const CONTRACT_STATUSES_BY_PROGRESS = toOptions({ Open: 1601, Active: 1602, Completed: 1603, Cancelled: 1604 });

/** A contract, as GET /v1/contract/{no} answers it (page api-18392899). That its services have the fields of a service agreement is inferred. */
export const contractEntity: Entity = {
	pluralName: 'contracts',
	columns: {
		contractNo: { displayName: 'Contract No', type: 'text', isAlwaysFilled: true },
		dateStart: { displayName: 'Start Date', type: 'date', isAlwaysFilled: true },
		dateEnd: { displayName: 'End Date', type: 'date', isAlwaysFilled: true },
		contractName: { displayName: 'Contract Name', type: 'text', isAlwaysFilled: true },
		contractType: { displayName: 'Contract Type', type: 'text', isAlwaysFilled: true, isSelectedOnly: true },
		customerName: { displayName: 'Customer Name', type: 'text', isAlwaysFilled: true },
		contractValue: { displayName: 'Contract Value', type: 'number' },
		statusName: {
			displayName: 'Status Name',
			type: 'text',
			paths: ['statusId'],
			valueLabels: CONTRACT_STATUSES_BY_PROGRESS,
		},
		statusId: { displayName: 'Status ID', type: 'integer', isAlwaysFilled: true, isSelectedOnly: true },
		serviceCount: { displayName: 'Number of Services', type: 'integer', countOf: ['contractServices'] },
		customerCode: { displayName: 'Customer Code', type: 'text', isAlwaysFilled: true },
		owner: { displayName: 'Owner', type: 'text', isAlwaysFilled: true },
	},
	keyColumns: ['contractNo'],
	lines: {
		pluralName: 'services of a contract',
		paths: ['contractServices'],
		parentColumns: ['contractNo', 'contractName', 'customerCode'],
		columns: {
			subject: { displayName: 'Subject', type: 'text' },
			frequency: { displayName: 'Frequency', type: 'integer' },
			numberOfTimes: { displayName: 'Number of Times', type: 'integer' },
			agreementNote: { displayName: 'Agreement Note', type: 'text' },
			contractServiceId: { displayName: 'Contract Service ID', type: 'integer' },
		},
	},
};
