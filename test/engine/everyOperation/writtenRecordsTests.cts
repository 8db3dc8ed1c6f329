import type { IDataObject } from 'n8n-workflow';
import { fillNearlyAllFields } from '../../support/formFields.cts';
import { allOperations, findOperation, type OperationEntry } from '../../support/operationParameters.cts';
import { findOperationId, listSentRecords } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

/** Reads the record with which an operation of the node responds, as GoFive returned it. */
async function readRaw(name: string, parameters: IDataObject): Promise<IDataObject | undefined> {
	const { items, error } = await fixture.runExample(name, { ...parameters, output: 'raw' });
	expect(error).toBeUndefined();
	return items[0];
}

/** Sends a write with Any Endpoint. */
const sendRequest = async (method: string, path: string, body: object) =>
	await fixture.runOperation('sendRequest', {
		resource: 'endpoint',
		...{ method, path, body: JSON.stringify(body), changesData: true, output: 'raw' },
	});

/** Finds the event with an ID among the events of the customer C000055. */
async function readEvent(eventId: unknown): Promise<IDataObject | undefined> {
	const parameters = { customerCode: 'C000055', dateRange: 'allDates', output: 'raw' };
	const { items } = await fixture.runOperation('getByCustomerCode', parameters);
	return items.find((item) => item['eventId'] === eventId);
}

/** Returns the newest record of a list that no operation reads. */
const readNewestRecord = (list: keyof typeof fixture.sandbox.records): IDataObject =>
	fixture.sandbox.records[list].records[0] as IDataObject;

/** Keys of deals that differ in GoFive's responses. */
const toDeal = ({ dealName, dealValue, dealDate, dealQuantityUnit, note, ...rest }: IDataObject): IDataObject => ({
	...rest,
	...{ dealsName: dealName, dealsValue: dealValue, dealsDate: dealDate, notes: note },
	...{ measure: dealQuantityUnit, dealMeasureUnit: dealQuantityUnit, quantity: rest['dealQuantity'] },
});

const toContract = ({ contractService, ...contract }: IDataObject): IDataObject => ({
	...contract,
	contractServices: expect.arrayContaining([expect.objectContaining(contractService as object)]) as IDataObject[],
});

/** The responses for events omit the customer code. */
const toEvent = ({ eventName, eventType, eventDate, description }: IDataObject): IDataObject => ({
	...{ eventName, eventType, description },
	eventDate: `${eventDate as string}+0700`,
});

const toSalesOrder = ({ salesOrderDetails, salesOrderDate, ...salesOrder }: IDataObject): IDataObject => ({
	...salesOrder,
	salesorderDetails: salesOrderDetails,
	salesOrderDate: `${salesOrderDate as string}T00:00:00+0700`,
});

const toExpense = ({ ExpenseDetails, ...expense }: IDataObject): IDataObject => ({
	...expense,
	expenseDetails: (ExpenseDetails as IDataObject[]).map(({ amount, ...row }) => ({ ...row, amount1: amount })),
});

/** How a record is written and read back. */
interface RoundTrip {
	/** Values that differ from those with which all fields are filled. */
	parameters?: IDataObject;
	/** Reads the record back. Receives the item of the write. */
	read(written: IDataObject): Promise<IDataObject | undefined> | IDataObject;
	/** Returns what the sent values are in the record. Defaults to the same keys. */
	toRecord?(sent: IDataObject): IDataObject;
}

const ROUND_TRIPS: Record<string, RoundTrip> = {
	'case.create': {
		parameters: { subject: 'ขอเปลี่ยนที่อยู่จัดส่ง' },
		read: async ({ caseNo }) => await readRaw('case.get', { caseNo: caseNo }),
	},
	'case.update': {
		parameters: { subject: 'เปลี่ยนที่อยู่แล้ว' },
		read: async () => await readRaw('case.get', { caseNo: 'T250200010' }),
	},
	'chat.sendMessage': { parameters: { content: 'สวัสดีครับ' }, read: () => readNewestRecord('chatMessages') },
	'contract.upsert': {
		parameters: { contractNo: '', contractName: 'บำรุงรักษาเครื่องชงกาแฟ' },
		read: async ({ contractNo }) => await readRaw('contract.get', { contractNo: contractNo }),
		toRecord: toContract,
	},
	'contract.upsertServiceAgreement': {
		parameters: { contractServiceId: '', subject: 'ตรวจเช็กประจำเดือน' },
		read: async () => {
			const contract = await readRaw('contract.get', { contractNo: 'CONT250600006' });
			return (contract?.['contractServices'] as IDataObject[]).find(({ contractServiceId }) => contractServiceId === 9);
		},
		toRecord: ({ frequency, subject, numberOfTimes, agreementNote }) => ({
			...{ frequency, subject, numberOfTimes, agreementNote },
		}),
	},
	'customer.createSatisfaction': {
		parameters: { sourceName: 'แบบสอบถาม' },
		read: () => readNewestRecord('satisfactionScores'),
	},
	'customer.update': {
		parameters: { customerCode: 'C000154' },
		read: async () => await readRaw('customer.get', { customerCode: 'C000154' }),
	},
	'customer.upsert': {
		parameters: { customerCode: '', customerName: 'บริษัท กาแฟดี จำกัด' },
		read: async ({ customerCode }) => await readRaw('customer.get', { customerCode: customerCode }),
	},
	'customerEvent.create': {
		parameters: { eventName: 'นัดสาธิตสินค้า', customerCode: 'C000055' },
		read: async ({ eventId }) => await readEvent(eventId),
		toRecord: toEvent,
	},
	'customerEvent.delete': {
		parameters: { eventId: '1' },
		read: async () => ({ event: (await readEvent(1)) ?? null }),
		toRecord: () => ({ event: null }),
	},
	'customerEvent.update': {
		parameters: { eventId: '1', eventName: 'เลื่อนนัด', customerCode: 'C000055' },
		read: async () => await readEvent(1),
		toRecord: toEvent,
	},
	'deal.create': {
		parameters: { dealName: 'เครื่องชงกาแฟ 2 หัว', customerCodes: 'C000154' },
		read: async ({ dealId }) => await readRaw('deal.get', { dealId: `${dealId as number}` }),
		toRecord: (sent) => ({ ...toDeal(sent), customerCode: 'C000154', customerName: 'บริษัท สยามอุตสาหกรรม จำกัด' }),
	},
	'deal.update': {
		parameters: { dealId: '4712', dealName: 'เครื่องคั่วกาแฟ 10 กก.' },
		read: async () => await readRaw('deal.get', { dealId: '4712' }),
		toRecord: (sent) => ({ ...toDeal(sent), customerCode: 'C000201', boardId: 1 }),
	},
	'expense.create': {
		parameters: { subject: 'ค่าเดินทาง' },
		read: async ({ expenseId }) => await readRaw('expense.get', { expenseId: `${expenseId as number}` }),
		toRecord: toExpense,
	},
	'product.update': {
		parameters: { productCode: 'A003' },
		read: async () => await readRaw('product.get', { productCode: 'A003' }),
	},
	'product.updateStock': {
		parameters: { productCode: 'A003', qty: 7 },
		read: async () => await readRaw('product.get', { productCode: 'A003' }),
	},
	'product.upsert': {
		parameters: { productCode: 'ชา-01', productName: 'ชาเขียว 200 กรัม', productVariant: {} },
		read: async () => await readRaw('product.get', { productCode: 'ชา-01' }),
	},
	'product.verifySerialNumber': {
		parameters: { customerName: 'ร้านทองเยาวราช' },
		read: () => readNewestRecord('serialNumbers'),
		toRecord: ({ SerialNumber, ...verification }) => ({ ...verification, serialNumber: SerialNumber }),
	},
	'quotation.convertToSalesOrder': {
		read: async ({ salesOrderNo }) => await readRaw('salesOrder.get', { salesOrderNo: salesOrderNo }),
		toRecord: ({ QuotationNo }) => ({
			referenceNo: QuotationNo,
			salesOrderSubject: 'กาแฟสำหรับห้องประชุม',
			customerCode: 'C000055',
			salesorderDetails: [
				{
					productCode: 'A001',
					productName: 'กาแฟคั่วบด 250 กรัม',
					qty: 2,
					price: 180,
					totalPrice: 360,
					vatTaxValue: 7,
				},
				{ productCode: 'A002', qty: 1, price: 0, totalPrice: 0 },
			],
			...{ subTotal: 360, subTotalWithDiscount: 360, totalVat: 25.2, grandTotal: 385.2 },
		}),
	},
	'quotation.upsert': {
		parameters: { quotationNo: '', quotationSubject: 'เมล็ดกาแฟรายเดือน' },
		read: async ({ quotationNo }) => await readRaw('quotation.get', { quotationNo: quotationNo }),
	},
	'salesOrder.upsert': {
		parameters: { salesOrderNo: '', salesOrderSubject: 'สั่งซื้อเมล็ดกาแฟ' },
		read: async ({ salesOrderNo }) => await readRaw('salesOrder.get', { salesOrderNo: salesOrderNo }),
		toRecord: toSalesOrder,
	},
};

const writes = allOperations.filter(({ operation }) => operation.effect === 'write');

test('every operation that writes has a round trip', () =>
	expect(Object.keys(ROUND_TRIPS).sort()).toEqual(writes.map(({ name }) => name).sort()));

/** Runs a write with nearly all fields. Returns its item and the body that it sent. */
async function writeRecord(entry: OperationEntry, output: IDataObject) {
	const filled = fillNearlyAllFields(entry).parameters as IDataObject;
	const parameters = { ...filled, ...output, ...ROUND_TRIPS[entry.name]?.parameters };
	fixture.removeCustomerTypes();
	const { items, error } = await fixture.runExample(entry.name, parameters);
	expect(error).toBeUndefined();
	const [request] = fixture.findRequests(await findOperationId(entry));
	return { written: items[0] ?? {}, body: JSON.parse(request?.body || '{}') as unknown };
}

test.each(Object.entries(ROUND_TRIPS))('%s: what was sent is read back', async (name, roundTrip) => {
	const { read, toRecord = (sent) => sent } = roundTrip;
	const { written, body } = await writeRecord(findOperation(name), { output: 'simplified' });
	expect(await read(written)).toMatchObject(toRecord(listSentRecords(body)[0] ?? {}));
});

/** Returns all texts in a body. */
function listTexts(body: unknown): unknown[] {
	if (typeof body !== 'object' || body === null) return typeof body === 'string' ? [body] : [];
	return Object.values(body).flatMap(listTexts);
}

const writesWithGet = writes.flatMap((entry) => {
	const { idField = '', entity } = allOperations.find(({ name }) => name === `${entry.resource}.get`)?.operation ?? {};
	return entity && entity === entry.operation.entity ? [{ ...entry, idField }] : [];
});

test.each(writesWithGet)('$name: its item shows all texts that Get shows and that were sent', async (entry) => {
	const { idField, resource } = entry;
	const allColumns = { output: 'selected', fields: [] };
	const { written, body } = await writeRecord(entry, allColumns);
	const id = `${written[idField] as string | number}`;
	const { items } = await fixture.runExample(`${resource}.get`, { ...allColumns, [idField]: id });
	const sentTexts = listTexts(body);
	const isShown = ([key, value]: [string, unknown]) => written[key] !== null || sentTexts.includes(value);
	const expected = Object.fromEntries(Object.entries(items[0] ?? {}).filter(isShown));
	expect(Object.keys(expected).length).toBeGreaterThan(3);
	expect(written).toMatchObject(expected);
});

describe('expenses and payments, which Any Endpoint writes', () => {
	const EXPENSE = {
		subject: 'ค่าเดินทาง',
		remark: 'ไปเชียงใหม่',
		dateTransaction: '2026-06-03T00:00:00+0700',
		ExpenseDetails: [
			{ expenseTypeId: 1006, amount: 2100.5 },
			{ expenseTypeId: 1003, amount: 250, milesStart: 100, milesEnd: 150 },
		],
	};
	const toDetails = (details: Array<{ amount: number }>) =>
		details.map(({ amount, ...row }) => ({ ...row, amount1: amount }));

	test('an expense is created, changed, and read back with its total', async () => {
		const { items } = await sendRequest('POST', '/v1/Expenses', EXPENSE);
		const { value } = (items[0]?.['data'] ?? {}) as { value: { expenseId: number } };
		const read = async () => await readRaw('expense.get', { expenseId: String(value.expenseId) });
		const { ExpenseDetails, ...values } = EXPENSE;
		expect(await read()).toMatchObject({ ...values, expenseDetails: toDetails(ExpenseDetails), total: 2350.5 });
		const changed = { subject: 'ค่าน้ำมัน', ExpenseDetails: [{ expenseTypeId: 1003, amount: 99 }] };
		await sendRequest('PUT', `/v1/Expenses/${value.expenseId}`, changed);
		expect(await read()).toMatchObject({
			...{ subject: 'ค่าน้ำมัน', remark: 'ไปเชียงใหม่', total: 99, totalBaht: 99 },
			expenseDetails: toDetails(changed.ExpenseDetails),
		});
	});

	test('the payment of a sales order is changed and read back', async () => {
		const payments = [
			{ InstallmentNumber: 1, periodNo: 1, status: 2 },
			{ InstallmentNumber: 2, periodNo: 2, status: 1 },
		];
		await sendRequest('PUT', '/v2/salesorder/SO24090001/payment', { payments });
		const { payment } = (await readRaw('salesOrder.get', { salesOrderNo: 'SO24090001' })) ?? {};
		expect(payment).toEqual({
			valueType: 1,
			schedulePayments: [
				{ installmentNumber: 1, status: 2 },
				{ installmentNumber: 2, status: 1 },
			],
		});
	});
});

test('an update keeps the fields that were not sent', async () => {
	const before = await readRaw('customer.get', { customerCode: 'C000154' });
	const { error } = await fixture.runExample('customer.upsert', {
		...{ customerCode: 'C000154', customerName: 'บริษัท สยามอุตสาหกรรม จำกัด', customerState: 3 },
		additionalFields: { customerPhone: '029998888' },
	});
	expect(error).toBeUndefined();
	const changed: unknown = {
		customerPhone: '029998888',
		dateModified: expect.any(String),
		modifiedByUserId: expect.any(String),
	};
	expect(await readRaw('customer.get', { customerCode: 'C000154' })).toEqual({ ...before, ...(changed as object) });
});

test('created customers get increasing codes, and are first in the list', async () => {
	const createLead = async (customerName: string) =>
		await fixture.runExample('customer.upsert', { customerCode: '', customerName, customerState: 1 });
	const leads = [await createLead('ร้านกาแฟริมคลอง'), await createLead('ร้านกาแฟริมทะเล')];
	expect(leads.map(({ items }) => items[0]?.['customerCode'])).toEqual(['L000312', 'L000313']);
	const { items } = await fixture.runExample('customer.getAll', { customerStateIds: [11100], limit: 2 });
	expect(items.map(({ customerName }) => customerName)).toEqual(['ร้านกาแฟริมทะเล', 'ร้านกาแฟริมคลอง']);
});

test('rows and totals of a quotation are completed from the products', async () => {
	const { items } = await fixture.runExample('quotation.upsert', {
		quotationNo: '',
		quotationDetails: {
			row: [
				{ productCode: 'A002', qty: 3, price: '' },
				{ productCode: 'B005', qty: 1, price: 5000, discountType: 'false', discountValue: 500 },
			],
		},
		additionalFields: { discountType: true, discountValue: 10 },
	});
	const quotation = await readRaw('quotation.get', { quotationNo: items[0]?.['quotationNo'] });
	expect(quotation).toMatchObject({
		...{ subTotal: 6360, subTotalWithDiscount: 5724 },
		quotationDetails: [
			{ productName: 'เมล็ดกาแฟคั่วกลาง 1 กก.', price: 620, productUnitName: 'ถุง' },
			{ productName: 'Water Filter Set', price: 5000 },
		],
	});
});

test('each variant of a product is a product with the code of the variant', async () => {
	const buildVariant = (productCode: string, price: number) => ({
		...{ productCode, productName: `เสื้อ ${productCode}`, active: true },
		prices: [{ priceTierName: 'Standard', regularPrice: price }],
		attribute: [{ attributeName: 'Size', attributeValueName: productCode }],
	});
	const { error } = await fixture.runExample('product.upsert', {
		...{ productCode: '', productVariantInput: 'json' },
		productVariantJson: JSON.stringify([buildVariant('M', 250), buildVariant('L', 270)]),
	});
	expect(error).toBeUndefined();
	for (const [productCode, price] of [
		['M', 250],
		['L', 270],
	] as const)
		expect(await readRaw('product.get', { productCode })).toMatchObject({ productName: `เสื้อ ${productCode}`, price });
});
