import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { CUSTOMER_TYPES } from '../customer/entity';
import { FREQUENCIES } from './fields';

/**
 * GoFive's codes for the status of a contract, in the order of its progress.
 * @see https://developer.gofive.co.th/api-18392899
 */
const CONTRACT_STATUSES_BY_PROGRESS = toOptions({ Open: 1601, Active: 1602, Completed: 1603, Cancelled: 1604 });

/**
 * A contract as `GET /v1/contract/{no}` returns it. The columns of its services are inferred from the service agreement.
 * @see https://developer.gofive.co.th/api-18392899
 */
export const contractEntity: Entity = {
	pluralName: 'contracts',
	columns: {
		contractNo: { displayName: 'Contract Number', fromInput: 'contractNo', notNull: true },
		dateStart: { displayName: 'Start Date', type: 'date', fromInput: 'dateStart', notNull: true },
		dateEnd: { displayName: 'End Date', type: 'date', fromInput: 'dateEnd', notNull: true },
		contractName: { displayName: 'Contract Name', fromInput: 'contractName', notNull: true },
		customerName: { displayName: 'Customer Name', notNull: true },
		contractValue: { displayName: 'Contract Value', type: 'number', fromInput: 'contractValue' },
		...codeColumns('statusId', 'Status', CONTRACT_STATUSES_BY_PROGRESS),
		serviceCount: { displayName: 'Number of Services', type: 'integer', countPaths: ['contractServices'] },
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode', notNull: true },
		owner: { displayName: 'Owner', fromInput: 'owner', notNull: true },
		...selectedOnly({
			contractType: { displayName: 'Contract Type', fromInput: 'contractType', notNull: true },
			...codeColumns('customerType', 'Customer State', CUSTOMER_TYPES),
			attachments: { displayName: 'Attachments', type: 'list' },
		}),
	},
	keyColumns: ['contractNo'],
	lines: {
		rowName: 'service of a contract',
		paths: ['contractServices'],
		parentColumns: ['contractNo', 'contractName', 'customerCode'],
		columns: {
			subject: { displayName: 'Subject' },
			...codeColumns('frequency', 'Frequency', FREQUENCIES),
			numberOfTimes: { displayName: 'Number of Times', type: 'integer' },
			agreementNote: { displayName: 'Agreement Note' },
			contractServiceId: { displayName: 'Contract Service ID', type: 'integer' },
		},
	},
};
