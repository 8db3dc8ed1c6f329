import { codes, type Entity } from '../../operation';

/** GoFive's numbers for where a contract stands (page api-18392899), in the order of its life. */
const STATUSES_BY_PROGRESS = codes({ Open: 1601, Active: 1602, Completed: 1603, Cancelled: 1604 });

/** A contract, as GET /v1/contract/{no} answers it (page api-18392899). That its services have the fields of a service agreement is inferred. */
export const contract: Entity = {
	plural: 'contracts',
	columns: {
		contractNo: { name: 'Contract No', type: 'text', always: true },
		dateStart: { name: 'Start Date', type: 'date', always: true },
		dateEnd: { name: 'End Date', type: 'date', always: true },
		contractName: { name: 'Contract Name', type: 'text', always: true },
		contractType: { name: 'Contract Type', type: 'text', always: true, isExtra: true },
		customerName: { name: 'Customer Name', type: 'text', always: true },
		contractValue: { name: 'Contract Value', type: 'number' },
		statusName: { name: 'Status Name', type: 'text', from: ['statusId'], names: STATUSES_BY_PROGRESS },
		statusId: { name: 'Status ID', type: 'integer', always: true, isExtra: true },
		serviceCount: { name: 'Number of Services', type: 'integer', counts: ['contractServices'] },
		customerCode: { name: 'Customer Code', type: 'text', always: true },
		owner: { name: 'Owner', type: 'text', always: true },
	},
	key: ['contractNo'],
	lines: {
		plural: 'services of a contract',
		from: ['contractServices'],
		beside: ['contractNo', 'contractName', 'customerCode'],
		columns: {
			subject: { name: 'Subject', type: 'text' },
			frequency: { name: 'Frequency', type: 'integer' },
			numberOfTimes: { name: 'Number of Times', type: 'integer' },
			agreementNote: { name: 'Agreement Note', type: 'text' },
			contractServiceId: { name: 'Contract Service ID', type: 'integer' },
		},
	},
};
