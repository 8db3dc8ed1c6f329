import type { Entity } from '../../operation/types';

/** A contract, as GET /v1/contract/{no} answers it (page api-18392899). That its services have the fields of a service agreement is inferred. */
export const contract: Entity = {
	plural: 'contracts',
	columns: {
		contractNo: { name: 'Contract No', type: 'text', always: true },
		dateStart: { name: 'Start Date', type: 'date', always: true },
		dateEnd: { name: 'End Date', type: 'date', always: true },
		contractName: { name: 'Contract Name', type: 'text', always: true },
		contractType: { name: 'Contract Type', type: 'text', always: true },
		customerName: { name: 'Customer Name', type: 'text', always: true },
		contractValue: { name: 'Contract Value', type: 'number' },
		statusId: { name: 'Status ID', type: 'integer', always: true },
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
