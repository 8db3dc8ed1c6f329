import { toOptions, type Entity } from '../../operation';

/**
 * GoFive's codes for the status of a contract, in the order of its progress.
 * @see https://developer.gofive.co.th/api-18392899
 */
const CONTRACT_STATUSES_BY_PROGRESS = toOptions({ Open: 1601, Active: 1602, Completed: 1603, Cancelled: 1604 });

/** Columns of a service, which a contract lists and a service agreement is. */
export const serviceColumns = {
	subject: { displayName: 'Subject', type: 'text' },
	frequency: { displayName: 'Frequency', type: 'integer' },
	numberOfTimes: { displayName: 'Number of Times', type: 'integer' },
	agreementNote: { displayName: 'Agreement Note', type: 'text' },
	contractServiceId: { displayName: 'Contract Service ID', type: 'integer' },
} satisfies Entity['columns'];

/**
 * A contract as GET /v1/contract/{no} returns it. The columns of its services are inferred from the service agreement.
 * @see https://developer.gofive.co.th/api-18392899
 */
export const contractEntity: Entity = {
	pluralName: 'contracts',
	columns: {
		contractNo: { displayName: 'Contract No', type: 'text', fromInput: 'contractNo', isAlwaysFilled: true },
		dateStart: { displayName: 'Start Date', type: 'date', fromInput: 'dateStart', isAlwaysFilled: true },
		dateEnd: { displayName: 'End Date', type: 'date', fromInput: 'dateEnd', isAlwaysFilled: true },
		contractName: { displayName: 'Contract Name', type: 'text', fromInput: 'contractName', isAlwaysFilled: true },
		contractType: {
			displayName: 'Contract Type',
			type: 'text',
			fromInput: 'contractType',
			isAlwaysFilled: true,
			isSelectedOnly: true,
		},
		customerName: { displayName: 'Customer Name', type: 'text', isAlwaysFilled: true },
		contractValue: { displayName: 'Contract Value', type: 'number', fromInput: 'contractValue' },
		statusName: {
			displayName: 'Status Name',
			type: 'text',
			paths: ['statusId'],
			valueLabels: CONTRACT_STATUSES_BY_PROGRESS,
		},
		statusId: { displayName: 'Status ID', type: 'integer', isAlwaysFilled: true, isSelectedOnly: true },
		serviceCount: { displayName: 'Number of Services', type: 'integer', countOf: ['contractServices'] },
		customerCode: { displayName: 'Customer Code', type: 'text', fromInput: 'customerCode', isAlwaysFilled: true },
		owner: { displayName: 'Owner', type: 'text', fromInput: 'owner', isAlwaysFilled: true },
	},
	keyColumns: ['contractNo'],
	lines: {
		pluralName: 'services of a contract',
		paths: ['contractServices'],
		parentColumns: ['contractNo', 'contractName', 'customerCode'],
		columns: serviceColumns,
	},
};
