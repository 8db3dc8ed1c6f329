import type { IDataObject } from 'n8n-workflow';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const BODY = {
	customerCode: 'C000055',
	quotationSubject: 'ข้อเสนอ',
	quotationDate: '2026-06-01',
	quotationValidUntil: '2026-06-30',
	quotationStatus: 1,
	staffCode: 'staff01',
	vatCalculation: true,
};
const QUOTATION = { resource: 'quotation', ...BODY };
const ROW = { productCode: 'A001', qty: 2 };

const byFields = (...rows: unknown[]) => ({ quotationDetails: { line: rows } });
const byJson = (rows: unknown) => ({ quotationDetailsInput: 'json', quotationDetailsJson: typeof rows === 'string' ? rows : JSON.stringify(rows) });
const upsert = async (parameters: IDataObject, items: IDataObject[] = [{}]) => await world.run('upsert', { ...QUOTATION, ...parameters }, { items });
const answer = (data: unknown, operationId = 'upsertQuotation') =>
	world.sandbox.addFault({ match: { operationId }, answer: { status: 200, body: { status: { code: '1000' }, data }, acts: true } });
const bodies = () => world.sent('upsertQuotation').map(({ body }) => JSON.parse(body) as IDataObject);

describe('what of the lines travels', () => {
	const full = { ...ROW, price: 0, productName: 'ปากกา', productUnitName: 'ชิ้น', productDescription: 'สีน้ำเงิน', discountType: false, discountValue: 10.5, vatTaxValue: 7, whTaxValue: 3 };

	test.each<[string, IDataObject, unknown[]]>([
		['untouched inputs are absent', byFields(ROW), [ROW]],
		['so are those that were emptied', byFields({ ...full, price: '', productName: ' ', discountType: '', discountValue: '', vatTaxValue: null, whTaxValue: '' }), [{ ...ROW, productUnitName: 'ชิ้น', productDescription: 'สีน้ำเงิน' }]],
		['a price of 0 is one', byFields({ ...ROW, price: 0 }), [{ ...ROW, price: 0 }]],
		['every input', byFields(full), [full]],
		['every key of JSON', byJson([full]), [full]],
		['texts as sheets give them', byFields({ productCode: 12, qty: ' 2.5 ', price: '800', discountType: 'percent' }), [{ productCode: '12', qty: 2.5, price: 800, discountType: true }]],
		['the same as JSON', byJson([{ productCode: 12, qty: ' 2.5 ', price: '800', discountType: 'percent' }]), [{ productCode: '12', qty: 2.5, price: 800, discountType: true }]],
		['JSON of one object', byJson(ROW), [ROW]],
		['nulls in JSON', byJson([{ ...ROW, price: null, productName: null }]), [ROW]],
		['several, in their order', byFields(ROW, { ...ROW, productCode: 'A002' }, ROW), [ROW, { ...ROW, productCode: 'A002' }, ROW]],
	])('%s', async (_, lines, sent) => {
		const { error } = await upsert(lines);
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([{ ...BODY, quotationDetails: sent }]);
	});

	test('values and whole lists in JSON come from the items', async () => {
		const items = [{ code: 'A001', rows: [ROW] }, { code: 'A002', rows: [{ productCode: 'A002', qty: 1 }, ROW] }];
		await upsert(byFields({ productCode: '={{ $json.code }}', qty: '={{ $itemIndex + 1 }}' }), items);
		await upsert(byJson('={{ $json.rows }}'), items);
		expect(bodies().map(({ quotationDetails }) => quotationDetails)).toEqual([
			[{ productCode: 'A001', qty: 1 }],
			[{ productCode: 'A002', qty: 2 }],
			...items.map(({ rows }) => rows),
		]);
	});
});

const KEYS = 'productCode, qty, price, productName, productUnitName, productDescription, discountType, discountValue, vatTaxValue, whTaxValue';

test.each<[string, IDataObject, string, string]>([
	['a quantity that is missing', byFields(ROW, { productCode: 'A002' }), "Line 2: 'Quantity' is empty", 'Fill it in'],
	['a quantity that is none', byFields(ROW, { productCode: 'A002', qty: 'two' }), `Line 2: 'Quantity' cannot be "two"`, 'Give a number.'],
	['a quantity without end', byFields({ ...ROW, qty: 'Infinity' }), `Line 1: 'Quantity' cannot be "Infinity"`, 'Give a number'],
	['one that no number holds', byFields({ ...ROW, qty: '1e400' }), `Line 1: 'Quantity' cannot be "1e400"`, 'Give a number'],
	['NaN', byFields({ ...ROW, qty: 'NaN' }), `Line 1: 'Quantity' cannot be "NaN"`, 'Give a number'],
	['the same in JSON', byJson([ROW, { productCode: 'A002', qty: 'two' }]), `Line 2: 'Quantity' cannot be "two"`, 'Give a number.'],
	['a quantity whose digits would change', byFields({ productCode: 'A001', qty: '12345678901234567890' }), `Line 1: 'Quantity' cannot be "12345678901234567890"`, 'Give a number of at most 15 digits.'],
	['the same between quotation marks in JSON', byJson('[{"productCode": "A001", "qty": "-12345678901234567890"}]'), `Line 1: 'Quantity' cannot be "-12345678901234567890"`, 'Give a number of at most 15 digits.'],
	['an expression that gave nothing', byFields({ productCode: '={{ $json.none }}', qty: 1 }), "Line 1: 'Product Code' is empty", 'Fill it in'],
	['a key that the form does not have', byJson([ROW, { ...ROW, quantity: 1 }]), "Line 2: Products have no 'quantity'", `The keys of a line are: ${KEYS}.`],
	['a row that is none', byJson([ROW, 7]), "Line 2: 'Products' cannot be 7", `Give a list of objects with: ${KEYS}.`],
	['a text that is no JSON', byJson('A001 x 2'), `'Products' cannot be "A001 x 2"`, `Give a list of objects with: ${KEYS}.`],
	['no line', {}, "'Products' is empty", 'Add a line.'],
	['no line in JSON', byJson('[]'), "'Products' is empty", 'Add a line.'],
	['JSON of an expression that gave nothing', byJson('={{ $json.none }}'), "'Products' is empty", 'The expression returned nothing.'],
	// n8n makes an empty collection of it.
	['a whole collection of an expression', { quotationDetails: `={{ { line: [${JSON.stringify(ROW)}] } }}` }, "'Products' is empty", "Choose 'Using JSON'"],
])('%s is refused before anything is sent', async (_, lines, message, next) => {
	const { error } = await upsert(lines);
	expect(error).toMatchObject({ message, description: expect.stringContaining(next) });
	expect(error?.description).toContain('Nothing was sent');
	expect(world.sandbox.requests).toEqual([]);
});

describe('which quotation is meant', () => {
	const quotationNo = 'Q01230000002';

	test.each<[string, IDataObject, IDataObject]>([
		['no number makes a new one', {}, {}],
		['the number goes out as reference too', { quotationNo }, { quotationNo, referenceNo: quotationNo }],
		['unless there is a reference', { quotationNo, additionalFields: { referenceNo: 'PO-7' } }, { quotationNo, referenceNo: 'PO-7' }],
		['one that is added and left blank is none', { quotationNo, additionalFields: { referenceNo: '' } }, { quotationNo, referenceNo: quotationNo }],
	])('%s', async (_, parameters, keys) => {
		const { error, hints } = await upsert({ ...byFields(ROW), ...parameters });
		expect([error, hints]).toEqual([undefined, []]);
		expect(bodies()).toEqual([{ ...BODY, ...keys, quotationDetails: [ROW] }]);
	});

	test.each([
		['in the answer', { quotationNo: 'Q999' }],
		['that is all of the answer', 'Q999'],
	])('another number %s is told', async (_, data) => {
		answer(data);
		const { items, hints } = await upsert({ ...byFields(ROW), quotationNo: 'Q1' });
		expect(items).toEqual([expect.objectContaining({ quotationNo: 'Q999' })]);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('GoFive answered with the quotation Q999 instead of Q1.')]);
	});
});

describe('Output Lines', () => {
	test('each line is paired with the item that its quotation comes of', async () => {
		const { outputs } = await upsert({ ...byFields(ROW), output: 'lines' });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	test.each([undefined, null, []])('a quotation with %j instead of lines is one item all the same', async (quotationDetails) => {
		const beside = { quotationNo: 'Q01230000002', quotationDate: '2026-06-01', customerCode: 'C000055' };
		answer({ ...beside, quotationDetails }, 'getQuotation');
		const { items } = await world.run('get', { resource: 'quotation', quotationNo: 'Q01230000002', output: 'lines' });
		expect(items).toEqual([expect.objectContaining({ ...beside, productCode: null, productDescription: null })]);
	});

	test.each([
		['nothing', null, null],
		['the quotation alone', { quotationNo: 'Q9' }, 'Q9'],
	])('what was sent stands in for the lines where the answer names %s', async (_, data, quotationNo) => {
		answer(data);
		const { items } = await upsert({ ...byFields(ROW, { ...ROW, productCode: 'A002', price: 5 }), output: 'lines' });
		expect(items).toEqual([
			expect.objectContaining({ customerCode: 'C000055', quotationNo, productCode: 'A001', qty: 2, price: null }),
			expect.objectContaining({ customerCode: 'C000055', quotationNo, productCode: 'A002', price: 5 }),
		]);
	});
});

test.each([
	['quotationDetails', 'Products'],
	['quotationDetails[1].qty', 'Quantity in line 2'],
	['QuotationDetails[0].WhTaxValue', 'Withholding Tax Rate in line 1'],
	['QuotationSubject', 'Subject'],
	['other[3].thing', 'other[3].thing'],
])('a complaint about %s is told of %s, in the words of the form', async (key, name) => {
	const body = { title: 'No', errors: { [key]: ['Wrong'] } };
	world.sandbox.addFault({ match: { operationId: 'upsertQuotation' }, answer: { status: 400, body } });
	expect((await upsert(byFields(ROW))).error?.description).toContain(`It said: "No; ${name}: Wrong".`);
});
