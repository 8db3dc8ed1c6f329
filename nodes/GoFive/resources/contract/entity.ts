import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { CUSTOMER_TYPES } from '../customer/entity';
import { staffCodeNames } from '../employee/getAll';
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
		contractNo: { displayName: 'Contract Number' },
		dateStart: { displayName: 'Start Date', type: 'date' },
		dateEnd: { displayName: 'End Date', type: 'date' },
		contractName: { displayName: 'Contract Name' },
		customerName: { displayName: 'Customer Name' },
		contractValue: { displayName: 'Contract Value', type: 'number' },
		...codeColumns('statusId', 'Status', CONTRACT_STATUSES_BY_PROGRESS),
		serviceCount: { displayName: 'Number of Services', type: 'integer', countPaths: ['contractServices'] },
		customerCode: { displayName: 'Customer Code' },
		owner: { displayName: 'Owner', names: staffCodeNames },
		...selectedOnly({
			contractType: { displayName: 'Contract Type' },
			...codeColumns('customerState', 'Customer State', CUSTOMER_TYPES, { paths: ['customerType'] }),
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
