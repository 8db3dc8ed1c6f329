import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

/** A source of the trigger, and how the node creates a record of it. */
interface CreatedRecord {
	source: string;
	parameters?: INodeParameters;
	/** `resource.operation` that creates the record. */
	operation: string;
	values: IDataObject;
	/** Values of the item with which the workflow starts. */
	item: IDataObject;
}

const DEAL = { dealName: 'เครื่องบดกาแฟ', customerCodes: 'C000154', dealValue: 24_900, probability: 40 };
const EXPENSE = { subject: 'ค่าทางด่วน', ExpenseDetails: [{ expenseTypeId: 1006, amount: 190 }] };

const CREATED_RECORDS: CreatedRecord[] = [
	{
		source: 'newEvent',
		operation: 'customerEvent.create',
		values: { customerCode: 'A', eventName: 'โทรติดตาม', eventDate: '2025-06-16T10:00:00' },
		item: { eventName: 'โทรติดตาม' },
	},
	{
		source: 'newCustomer',
		parameters: { customerStateIds: [11100] },
		operation: 'customer.upsert',
		values: { customerCode: '', customerName: 'ร้านชาเขียว', customerState: 1 },
		item: { customerName: 'ร้านชาเขียว', customerCode: 'L000312' },
	},
	{
		source: 'newDeal',
		operation: 'deal.create',
		values: DEAL,
		item: { dealsName: DEAL.dealName, customerCode: 'C000154' },
	},
	{
		source: 'newExpense',
		parameters: { expenseTypeIds: [1006] },
		operation: 'endpoint.sendRequest',
		values: { method: 'POST', path: '/v1/Expenses', body: JSON.stringify(EXPENSE), changesData: true },
		item: { subject: 'ค่าทางด่วน', total: 190 },
	},
	{
		source: 'newProduct',
		operation: 'product.upsert',
		values: { productCode: 'ชา-01', productName: 'ชาเขียว' },
		item: { productCode: 'ชา-01', productName: 'ชาเขียว' },
	},
	{
		source: 'newQuotation',
		operation: 'quotation.upsert',
		values: { quotationNo: '', quotationSubject: 'ชาเขียวรายเดือน' },
		item: { quotationSubject: 'ชาเขียวรายเดือน' },
	},
];

test.each(CREATED_RECORDS)(
	'$source: a record that the node creates starts the workflow once',
	async ({ source, parameters, operation, values, item }) => {
		const workflow = await fixture.activateWorkflow({ triggerOn: source, ...parameters });
		expect((await fixture.runExample(operation, values)).error).toBeUndefined();
		const { items, error } = await workflow.poll();
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining(item)]);
		expect((await workflow.poll()).data).toBeNull();
	},
);
