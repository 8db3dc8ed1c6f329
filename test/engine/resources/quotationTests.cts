import type { IDataObject } from 'n8n-workflow';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

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

const rowsInFields = (...rows: unknown[]) => ({ quotationDetails: { line: rows } });
const rowsInJson = (rows: unknown) => ({
	quotationDetailsInput: 'json',
	quotationDetailsJson: typeof rows === 'string' ? rows : JSON.stringify(rows),
});
const upsertQuotation = async (parameters: IDataObject, items: IDataObject[] = [{}]) =>
	await fixture.runOperation('upsert', { ...QUOTATION, ...parameters }, { items });
const respondWith = (data: unknown, operationId = 'upsertQuotation') => fixture.respondWithData(operationId, data);
const getSentBodies = () => fixture.getSentBodies('upsertQuotation');

describe('lines in the request', () => {
	const fullRow = {
		...ROW,
		price: 0,
		productName: 'ปากกา',
		productUnitName: 'ชิ้น',
		productDescription: 'สีน้ำเงิน',
		discountType: false,
		discountValue: 10.5,
		vatTaxValue: 7,
		whTaxValue: 3,
	};

	test.each<[string, IDataObject, unknown[]]>([
		['omits untouched inputs', rowsInFields(ROW), [ROW]],
		[
			'omits cleared inputs',
			rowsInFields({
				...fullRow,
				price: '',
				productName: ' ',
				discountType: '',
				discountValue: '',
				vatTaxValue: null,
				whTaxValue: '',
			}),
			[{ ...ROW, productUnitName: 'ชิ้น', productDescription: 'สีน้ำเงิน' }],
		],
		['sends a price of 0', rowsInFields({ ...ROW, price: 0 }), [{ ...ROW, price: 0 }]],
		['every input', rowsInFields(fullRow), [fullRow]],
		['every key of JSON', rowsInJson([fullRow]), [fullRow]],
		[
			'text from sheets',
			rowsInFields({ productCode: 12, qty: ' 2.5 ', price: '800', discountType: 'percent' }),
			[{ productCode: '12', qty: 2.5, price: 800, discountType: true }],
		],
		[
			'text from sheets, as JSON',
			rowsInJson([{ productCode: 12, qty: ' 2.5 ', price: '800', discountType: 'percent' }]),
			[{ productCode: '12', qty: 2.5, price: 800, discountType: true }],
		],
		['JSON of one object', rowsInJson(ROW), [ROW]],
		['nulls in JSON', rowsInJson([{ ...ROW, price: null, productName: null }]), [ROW]],
		[
			'several lines, in order',
			rowsInFields(ROW, { ...ROW, productCode: 'A002' }, ROW),
			[ROW, { ...ROW, productCode: 'A002' }, ROW],
		],
	])('%s', async (_, rowParameters, sentRows) => {
		const { error } = await upsertQuotation(rowParameters);
		expect(error).toBeUndefined();
		expect(getSentBodies()).toEqual([{ ...BODY, quotationDetails: sentRows }]);
	});

	test('values and whole lists in JSON are evaluated per item', async () => {
		const items = [
			{ code: 'A001', rows: [ROW] },
			{ code: 'A002', rows: [{ productCode: 'A002', qty: 1 }, ROW] },
		];
		await upsertQuotation(rowsInFields({ productCode: '={{ $json.code }}', qty: '={{ $itemIndex + 1 }}' }), items);
		await upsertQuotation(rowsInJson('={{ $json.rows }}'), items);
		expect(getSentBodies().map(({ quotationDetails }) => quotationDetails)).toEqual([
			[{ productCode: 'A001', qty: 1 }],
			[{ productCode: 'A002', qty: 2 }],
			...items.map(({ rows }) => rows),
		]);
	});
});

const ROW_KEYS =
	'productCode, qty, price, productName, productUnitName, productDescription, discountType, discountValue, vatTaxValue, whTaxValue';

test.each<[string, IDataObject, string, string]>([
	['a missing quantity', rowsInFields(ROW, { productCode: 'A002' }), "Row 2: 'Quantity' is empty", 'Enter a value'],
	[
		'a quantity that is not a number',
		rowsInFields(ROW, { productCode: 'A002', qty: 'two' }),
		`Row 2: 'Quantity' cannot be "two"`,
		'Enter a number.',
	],
	[
		'an infinite quantity',
		rowsInFields({ ...ROW, qty: 'Infinity' }),
		`Row 1: 'Quantity' cannot be "Infinity"`,
		'Enter a number',
	],
	[
		'a quantity too large for a number',
		rowsInFields({ ...ROW, qty: '1e400' }),
		`Row 1: 'Quantity' cannot be "1e400"`,
		'Enter a number',
	],
	['NaN', rowsInFields({ ...ROW, qty: 'NaN' }), `Row 1: 'Quantity' cannot be "NaN"`, 'Enter a number'],
	[
		'a quantity in JSON that is not a number',
		rowsInJson([ROW, { productCode: 'A002', qty: 'two' }]),
		`Row 2: 'Quantity' cannot be "two"`,
		'Enter a number.',
	],
	[
		'a quantity with too many digits',
		rowsInFields({ productCode: 'A001', qty: '12345678901234567890' }),
		`Row 1: 'Quantity' cannot be "12345678901234567890"`,
		'Enter a number with at most 15 digits.',
	],
	[
		'a quoted quantity in JSON with too many digits',
		rowsInJson('[{"productCode": "A001", "qty": "-12345678901234567890"}]'),
		`Row 1: 'Quantity' cannot be "-12345678901234567890"`,
		'Enter a number with at most 15 digits.',
	],
	[
		'an expression without a value',
		rowsInFields({ productCode: '={{ $json.none }}', qty: 1 }),
		"Row 1: 'Product Code' is empty",
		'Enter a value',
	],
	[
		'an unknown key',
		rowsInJson([ROW, { ...ROW, quantity: 1 }]),
		"Row 2: Products do not have 'quantity'",
		`The keys of a row are: ${ROW_KEYS}.`,
	],
	[
		'a row that is not an object',
		rowsInJson([ROW, 7]),
		"Row 2: 'Products' cannot be 7",
		`Enter a list of objects with: ${ROW_KEYS}.`,
	],
	[
		'text that is not JSON',
		rowsInJson('A001 x 2'),
		`'Products' cannot be "A001 x 2"`,
		`Enter a list of objects with: ${ROW_KEYS}.`,
	],
	['no line', {}, "'Products' is empty", 'Add a row.'],
	['no line in JSON', rowsInJson('[]'), "'Products' is empty", 'Add a row.'],
	[
		'a JSON expression without a value',
		rowsInJson('={{ $json.none }}'),
		"'Products' is empty",
		'The expression returned nothing.',
	],
	// n8n turns it into an empty collection.
	[
		'an expression for the whole collection',
		{ quotationDetails: `={{ { line: [${JSON.stringify(ROW)}] } }}` },
		"'Products' is empty",
		"select 'Using JSON'",
	],
])('rejects %s before any request', async (_, rowParameters, message, advice) => {
	const { error } = await upsertQuotation(rowParameters);
	expect(error).toMatchObject({ message, description: expect.stringContaining(advice) });
	expect(error?.description).toContain('Nothing was sent');
	expect(fixture.sandbox.requestLog).toEqual([]);
});

describe('quotation number', () => {
	const quotationNo = 'Q01230000002';

	test.each<[string, IDataObject, IDataObject]>([
		['no number creates a quotation', {}, {}],
		['sends the number as reference too', { quotationNo }, { quotationNo, referenceNo: quotationNo }],
		[
			'keeps a reference',
			{ quotationNo, additionalFields: { referenceNo: 'PO-7' } },
			{ quotationNo, referenceNo: 'PO-7' },
		],
		[
			'ignores an empty reference',
			{ quotationNo, additionalFields: { referenceNo: '' } },
			{ quotationNo, referenceNo: quotationNo },
		],
	])('%s', async (_, parameters, keys) => {
		const { error, hints } = await upsertQuotation({ ...rowsInFields(ROW), ...parameters });
		expect([error, hints]).toEqual([undefined, []]);
		expect(getSentBodies()).toEqual([{ ...BODY, ...keys, quotationDetails: [ROW] }]);
	});

	test.each([
		['in the response', { quotationNo: 'Q999' }],
		['as the complete response', 'Q999'],
	])('reports another number %s', async (_, data) => {
		respondWith(data);
		const { items, hints } = await upsertQuotation({ ...rowsInFields(ROW), quotationNo: 'Q1' });
		expect(items).toEqual([expect.objectContaining({ quotationNo: 'Q999' })]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('GoFive returned the quotation Q999 instead of Q1.'),
		]);
	});
});

describe('Output Lines', () => {
	test('pairs each line with the item of its quotation', async () => {
		const { outputs } = await upsertQuotation({ ...rowsInFields(ROW), output: 'lines' });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	test.each([undefined, null, []])('a quotation with %j instead of lines is one item', async (quotationDetails) => {
		const parentFields = { quotationNo: 'Q01230000002', quotationDate: '2026-06-01', customerCode: 'C000055' };
		respondWith({ ...parentFields, quotationDetails }, 'getQuotation');
		const { items } = await fixture.runOperation('get', {
			resource: 'quotation',
			quotationNo: 'Q01230000002',
			output: 'lines',
		});
		expect(items).toEqual([expect.objectContaining({ ...parentFields, productCode: null, productDescription: null })]);
	});

	test.each([
		['nothing', null, null],
		['only the quotation', { quotationNo: 'Q9' }, 'Q9'],
	])('returns the sent lines if the response contains %s', async (_, data, quotationNo) => {
		respondWith(data);
		const { items } = await upsertQuotation({
			...rowsInFields(ROW, { ...ROW, productCode: 'A002', price: 5 }),
			output: 'lines',
		});
		expect(items).toEqual([
			expect.objectContaining({ customerCode: 'C000055', quotationNo, productCode: 'A001', qty: 2, price: null }),
			expect.objectContaining({ customerCode: 'C000055', quotationNo, productCode: 'A002', price: 5 }),
		]);
	});
});

test.each([
	['no record', null, 2],
	['a record without lines', { quotationNo: 'Q9' }, 2],
	['a record with null instead of lines', { quotationNo: 'Q9', quotationDetails: null }, 2],
	['a record with an empty list of lines', { quotationNo: 'Q9', quotationDetails: [] }, 0],
])('Number of Products when GoFive returns %s', async (_, data, productCount) => {
	respondWith(data);
	const { items } = await upsertQuotation(rowsInFields(ROW, { ...ROW, productCode: 'A002' }));
	expect(items).toEqual([expect.objectContaining({ customerCode: 'C000055', productCount })]);
});

test.each([
	['quotationDetails', 'Products'],
	['quotationDetails[1].qty', 'Quantity in row 2'],
	['QuotationDetails[0].WhTaxValue', 'Withholding Tax Rate in row 1'],
	['QuotationSubject', 'Subject'],
	['other[3].thing', 'other[3].thing'],
])('a message about %s names %s, as in the form', async (key, name) => {
	const body = { title: 'No', errors: { [key]: ['Wrong'] } };
	fixture.addFault('upsertQuotation', { status: 400, body });
	expect((await upsertQuotation(rowsInFields(ROW))).error?.description).toContain(`It said: "No; ${name}: Wrong".`);
});
