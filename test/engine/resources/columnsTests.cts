import type { IDataObject } from 'n8n-workflow';
import { findOperation } from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

/** Record as GoFive may return it, and the values of the columns that it fills. */
interface ColumnCase {
	/** `resource.operation`. */
	operation: string;
	record: IDataObject;
	simplified: IDataObject;
	/** Values of the columns that only Selected Fields offers. */
	selectedOnly?: IDataObject;
	/** The same, of columns that have the key of GoFive. */
	sameKeys?: IDataObject;
}

const COLUMN_CASES: Record<string, ColumnCase> = {
	'stage and status of a deal': {
		operation: 'deal.get',
		record: { statusName: 'Won', dealStageName: 'ปิดการขาย', dealsDate: '2026-06-01T10:00:00+0700' },
		simplified: { statusName: 'Won', dealStageName: 'ปิดการขาย' },
		selectedOnly: { dealDate: '2026-06-01T10:00:00+07:00' },
		sameKeys: {
			statusId: 2,
			dealStageId: 12,
			boardId: 3,
			customerId: 480201,
			probability: 80,
			notes: 'ลูกค้าขอส่วนลด',
			dealQuantity: 2,
		},
	},
	'stage and customer of a deal in objects': {
		operation: 'deal.get',
		record: {
			dealStage: { dealStageId: 12, dealStageName: 'ปิดการขาย' },
			customer: { customerId: 7, customerCode: 'C1' },
		},
		simplified: { dealStageName: 'ปิดการขาย', customerCode: 'C1' },
		selectedOnly: { dealStageId: 12, customerId: 7 },
	},
	'type and attachments of a contract': {
		operation: 'contract.get',
		record: { customerType: 11200 },
		simplified: { statusName: 'Active' },
		selectedOnly: { customerStateName: 'Prospect', customerState: 11200 },
		sameKeys: { statusId: 1602, attachments: [{ attachmentId: 1 }] },
	},
	'codes of a customer': {
		operation: 'customer.get',
		record: {},
		simplified: { customerTypeName: 'Individual', leadStatusName: 'Interested', customerStateName: 'Lead' },
		sameKeys: { customerType: 2, leadStatus: 4, customerState: 1 },
	},
	'codes of a customer in the older portal': {
		operation: 'customer.get',
		record: { customerStateId: 3 },
		simplified: { customerTypeName: 'Customer', leadStatusName: 99, customerStateName: 'Customer' },
		selectedOnly: { customerState: 3 },
		sameKeys: { customerType: 11300, leadStatus: 99 },
	},
	'type of a case, activities and deals': {
		operation: 'case.get',
		record: {},
		simplified: { caseTypeName: 'For Your Information' },
		sameKeys: { caseType: 2, activityNos: ['A20250200028'], dealNos: ['D241200044'] },
	},
	'totals of an expense': {
		operation: 'expense.get',
		record: { dateUpdated: '2026-06-02T10:00:00+0700' },
		simplified: { totalBaht: null },
		selectedOnly: { dateUpdated: '2026-06-02T10:00:00+07:00' },
		sameKeys: { total: 1250.5, updatedByUserId: 'u2' },
	},
	'delivery and payment of a sales order': {
		operation: 'salesOrder.get',
		record: { salesOrderCustomerAddress: { fullAddress: '1 ถนนตัวอย่าง' } },
		simplified: { salesOrderStatusName: null },
		selectedOnly: { customerAddress: '1 ถนนตัวอย่าง' },
		sameKeys: {
			privateNote: 'ลดให้แล้ว',
			customerAddressId: 7,
			shippingDocumentUrl: 'https://example.com/s.pdf',
			integrationPlatform: 2,
			isIntegrationOrderPaid: true,
			payment: { valueType: 1, schedulePayments: [{ installmentNumber: 1, status: 1 }] },
		},
	},
	'picture of an employee': {
		operation: 'employee.get',
		record: {},
		simplified: { fullname: null },
		sameKeys: { pictureUrl: 'https://example.com/p.jpg' },
	},
};

test.each(Object.entries(COLUMN_CASES))(
	'returns %s as columns',
	async (_, { operation, record, simplified, sameKeys, ...columns }) => {
		const selectedOnly = { ...columns.selectedOnly, ...sameKeys };
		const operationId = await findOperationId(findOperation(operation));
		const run = async (output: string) => {
			fixture.respondWithData(operationId, { ...record, ...sameKeys });
			const { items, error } = await fixture.runExample(operation, { output });
			expect(error).toBeUndefined();
			return items[0] ?? {};
		};
		const simplifiedItem = await run('simplified');
		expect(simplifiedItem).toMatchObject(simplified);
		expect(Object.keys(selectedOnly).filter((key) => key in simplifiedItem)).toEqual([]);
		expect(await run('selected')).toMatchObject({ ...simplified, ...selectedOnly });
	},
);
