import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

/** Record as GoFive may return it, and the values of the columns that it fills. */
interface ColumnCase {
	resource: string;
	operation: string;
	parameters: IDataObject;
	/** `operationId` of the contract. */
	operationId: string;
	record: IDataObject;
	simplified: IDataObject;
	/** Values of the columns that only Selected Fields offers. */
	selectedOnly: IDataObject;
}

const SAME_NAME_COLUMNS = {
	expense: { total: 1250.5, dateUpdated: '2026-06-02T10:00:00+07:00', updatedByUserId: 'u2' },
	case: { activityNos: ['A20250200028'], dealNos: ['D241200044'] },
	salesOrder: {
		privateNote: 'ลดให้แล้ว',
		customerAddressId: 7,
		shippingDocumentUrl: 'https://example.com/s.pdf',
		integrationPlatform: 2,
		isIntegrationOrderPaid: true,
		payment: { valueType: 1, schedulePayments: [{ installmentNumber: 1, status: 1 }] },
	},
};

const COLUMN_CASES: Record<string, ColumnCase> = {
	'stage and status of a deal': {
		resource: 'deal',
		operation: 'get',
		parameters: { dealId: '4711' },
		operationId: 'getDeal',
		record: {
			statusId: 2,
			statusName: 'Won',
			dealStageName: 'ปิดการขาย',
			dealStageId: 12,
			boardId: 3,
			customerId: 480201,
			probability: 80,
			dealsDate: '2026-06-01T10:00:00+0700',
			notes: 'ลูกค้าขอส่วนลด',
			dealQuantity: 2,
		},
		simplified: { statusName: 'Won', dealStageName: 'ปิดการขาย' },
		selectedOnly: {
			statusId: 2,
			dealStageId: 12,
			boardId: 3,
			customerId: 480201,
			probability: 80,
			dealDate: '2026-06-01T10:00:00+07:00',
			notes: 'ลูกค้าขอส่วนลด',
			dealQuantity: 2,
		},
	},
	'stage and customer of a deal in objects': {
		resource: 'deal',
		operation: 'get',
		parameters: { dealId: '4711' },
		operationId: 'getDeal',
		record: {
			dealStage: { dealStageId: 12, dealStageName: 'ปิดการขาย' },
			customer: { customerId: 7, customerCode: 'C1' },
		},
		simplified: { dealStageName: 'ปิดการขาย', customerCode: 'C1' },
		selectedOnly: { dealStageId: 12, customerId: 7 },
	},
	'type and attachments of a contract': {
		resource: 'contract',
		operation: 'get',
		parameters: { contractNo: 'CONT250600006' },
		operationId: 'getContract',
		record: { customerType: 11200, statusId: 1602, attachments: [{ attachmentId: 1 }] },
		simplified: { statusName: 'Active' },
		selectedOnly: {
			customerTypeName: 'Prospect',
			customerType: 11200,
			statusId: 1602,
			attachments: [{ attachmentId: 1 }],
		},
	},
	'codes of a customer': {
		resource: 'customer',
		operation: 'get',
		parameters: { customerCode: 'C000055' },
		operationId: 'getCustomer',
		record: { customerType: 2, leadStatus: 4, customerState: 1 },
		simplified: { customerTypeName: 'Individual', leadStatusName: 'Interested', customerStateName: 'Lead' },
		selectedOnly: { customerType: 2, leadStatus: 4, customerState: 1 },
	},
	'codes of a customer in the older portal': {
		resource: 'customer',
		operation: 'get',
		parameters: { customerCode: 'C000055' },
		operationId: 'getCustomer',
		record: { customerType: 11300, leadStatus: 99, customerStateId: 3 },
		simplified: { customerTypeName: 'Customer', leadStatusName: 99, customerStateName: 'Customer' },
		selectedOnly: { customerType: 11300, leadStatus: 99, customerState: 3 },
	},
	'type of a case, activities and deals': {
		resource: 'case',
		operation: 'get',
		parameters: { caseNo: 'T250200010' },
		operationId: 'getCase',
		record: { caseType: 2, ...SAME_NAME_COLUMNS.case },
		simplified: { caseTypeName: 'For Your Information' },
		selectedOnly: { caseType: 2, ...SAME_NAME_COLUMNS.case },
	},
	'totals of an expense': {
		resource: 'expense',
		operation: 'get',
		parameters: { expenseId: '1042' },
		operationId: 'getExpense',
		record: { ...SAME_NAME_COLUMNS.expense, dateUpdated: '2026-06-02T10:00:00+0700' },
		simplified: { totalBaht: null },
		selectedOnly: SAME_NAME_COLUMNS.expense,
	},
	'delivery and payment of a sales order': {
		resource: 'salesOrder',
		operation: 'get',
		parameters: { salesOrderNo: 'SO24090001' },
		operationId: 'getSalesOrder',
		record: { ...SAME_NAME_COLUMNS.salesOrder, salesOrderCustomerAddress: { fullAddress: '1 ถนนตัวอย่าง' } },
		simplified: { salesOrderStatusName: null },
		selectedOnly: { ...SAME_NAME_COLUMNS.salesOrder, customerAddress: '1 ถนนตัวอย่าง' },
	},
	'picture of an employee': {
		resource: 'employee',
		operation: 'get',
		parameters: { staffCode: 'staff01' },
		operationId: 'getEmployee',
		record: { pictureUrl: 'https://example.com/p.jpg' },
		simplified: { fullname: null },
		selectedOnly: { pictureUrl: 'https://example.com/p.jpg' },
	},
};

test.each(Object.entries(COLUMN_CASES))(
	'returns %s as columns',
	async (_, { resource, operation, parameters, operationId, record, ...expected }) => {
		const run = async (output: string) => {
			fixture.respondWithData(operationId, record);
			const { items, error } = await fixture.runOperation(operation, { resource, ...parameters, output });
			expect(error).toBeUndefined();
			return items[0];
		};
		const simplified = await run('simplified');
		expect(simplified).toMatchObject(expected.simplified);
		expect(Object.keys(expected.selectedOnly).filter((key) => key in (simplified ?? {}))).toEqual([]);
		expect(await run('selected')).toMatchObject({ ...expected.simplified, ...expected.selectedOnly });
	},
);
