import type { IDataObject } from 'n8n-workflow';
import { emptyExpressionError } from '../../../nodes/GoFive/operation';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const ROW = { productCode: 'A001', qty: 2 };
const OTHER_ROW = { productCode: 'A002', qty: 1, price: 5 };

const rowsInFields = (...rows: unknown[]) => ({ quotationDetails: { row: rows } });
const rowsInJson = (rows: unknown) => ({
	quotationDetailsInput: 'json',
	quotationDetailsJson: typeof rows === 'string' ? rows : JSON.stringify(rows),
});
const upsertQuotation = async (parameters: IDataObject, items: IDataObject[] = [{}]) =>
	await fixture.runExample('quotation.upsert', parameters, { items });
const expectRejection = async (parameters: IDataObject, message: string, advice: string) =>
	await fixture.expectRejection('quotation.upsert', parameters, message, advice, 'Nothing was sent');

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
	const clearedInputs = {
		price: '',
		productName: ' ',
		discountType: '',
		discountValue: '',
		vatTaxValue: null,
		whTaxValue: '',
	};
	const textOfSheet = { productCode: 12, qty: ' 2.5 ', price: '800', discountType: 'percent', discountValue: '5' };

	test.each<[string, IDataObject[], IDataObject[]]>([
		['untouched inputs', [ROW], [ROW]],
		['every input', [fullRow], [fullRow]],
		[
			'text from sheets',
			[textOfSheet],
			[{ productCode: '12', qty: 2.5, price: 800, discountType: true, discountValue: 5 }],
		],
		['several lines, in order', [ROW, OTHER_ROW, ROW], [ROW, OTHER_ROW, ROW]],
	])('%s, in fields and in JSON', async (_, rows, sentRows) => {
		for (const parameters of [rowsInFields(...rows), rowsInJson(rows)])
			await fixture.expectBodyChanges('quotation.upsert', parameters, { quotationDetails: sentRows });
	});

	test.each<[string, IDataObject, IDataObject]>([
		[
			'cleared inputs',
			rowsInFields({ ...fullRow, ...clearedInputs }),
			{ ...ROW, productUnitName: 'ชิ้น', productDescription: 'สีน้ำเงิน' },
		],
		['JSON of one object', rowsInJson(ROW), ROW],
		['nulls in JSON', rowsInJson([{ ...ROW, price: null, productName: null }]), ROW],
	])('%s', async (_, parameters, sentRow) => {
		await fixture.expectBodyChanges('quotation.upsert', parameters, { quotationDetails: [sentRow] });
	});

	test('values and whole lists in JSON are evaluated per item', async () => {
		const items = [
			{ code: 'A001', rows: [ROW] },
			{ code: 'A002', rows: [OTHER_ROW, ROW] },
		];
		await upsertQuotation(rowsInFields({ productCode: '={{ $json.code }}', qty: '={{ $itemIndex + 1 }}' }), items);
		await upsertQuotation(rowsInJson('={{ $json.rows }}'), items);
		expect(fixture.getSentBodies('upsertQuotation').map(({ quotationDetails }) => quotationDetails)).toEqual([
			[{ productCode: 'A001', qty: 1 }],
			[{ productCode: 'A002', qty: 2 }],
			...items.map(({ rows }) => rows),
		]);
	});
});

test.each([
	['two', 'Enter a number.'],
	['Infinity', 'Enter a number'],
	['NaN', 'Enter a number'],
	['1e400', 'Enter a number'],
	['-12345678901234567890', 'Enter a number with at most 15 digits.'],
])('rejects the quantity %s, in fields and in JSON', async (qty, advice) => {
	const rows = [ROW, { ...ROW, qty }];
	for (const parameters of [rowsInFields(...rows), rowsInJson(rows)])
		await expectRejection(parameters, `Row 2: 'Quantity' cannot be "${qty}"`, advice);
});

const ROW_KEYS =
	'productCode, qty, price, productName, productUnitName, productDescription, discountType, discountValue, vatTaxValue, whTaxValue';
const ROW_ADVICE = `Enter a list of rows with the fields ${ROW_KEYS}.`;

test.each<[string, IDataObject, string, string]>([
	['a missing quantity', rowsInFields(ROW, { productCode: 'A002' }), "Row 2: 'Quantity' is empty", 'Enter a value'],
	[
		'an expression without a value',
		rowsInFields({ productCode: '={{ $json.none }}', qty: 1 }),
		"Row 1: 'Product Code' is empty",
		'Enter a value',
	],
	[
		'an unknown key',
		rowsInJson([ROW, { ...ROW, quantity: 1 }]),
		"Row 2: 'Products' cannot contain 'quantity'",
		`Use only the fields ${ROW_KEYS}.`,
	],
	['a row that is not an object', rowsInJson([ROW, 7]), "Row 2: 'Products' cannot be 7", ROW_ADVICE],
	['text that is not JSON', rowsInJson('A001 x 2'), `'Products' cannot be "A001 x 2"`, ROW_ADVICE],
	['no line', rowsInFields(), "'Products' is empty", 'Add a row.'],
	['no line in JSON', rowsInJson('[]'), "'Products' is empty", 'Add a row.'],
	[
		'a JSON expression without a value',
		rowsInJson('={{ $json.none }}'),
		"'Products' is empty",
		emptyExpressionError('Products').description,
	],
	// n8n turns it into an empty collection.
	[
		'an expression for the whole collection',
		{ quotationDetails: `={{ { row: [${JSON.stringify(ROW)}] } }}` },
		"'Products' is empty",
		"select 'Using JSON'",
	],
])('rejects %s before any request', async (_, parameters, message, advice) => {
	await expectRejection(parameters, message, advice);
});

describe('quotation number', () => {
	const quotationNo = 'Q01230000002';

	test.each<[string, IDataObject, IDataObject]>([
		['is not sent as reference', {}, {}],
		['keeps a reference', { referenceNo: 'PO-7' }, { referenceNo: 'PO-7' }],
		['is not sent as an empty reference', { referenceNo: '' }, {}],
	])('%s', async (_, additionalFields, changes) => {
		const parameters = { quotationNo, additionalFields };
		const hints = await fixture.expectBodyChanges('quotation.upsert', parameters, { quotationNo, ...changes });
		expect(hints).toEqual([]);
	});

	test('reports another number', async () => {
		fixture.respondWithData('upsertQuotation', { quotationNo: 'Q999' });
		const { items, hints } = await upsertQuotation({ quotationNo: 'Q1' });
		expect(items).toEqual([expect.objectContaining({ quotationNo: 'Q999' })]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('GoFive returned the quotation Q999 instead of Q1.'),
		]);
	});
});

describe('Output Lines', () => {
	test('pairs each line with the item of its quotation', async () => {
		const { outputs } = await upsertQuotation({ ...rowsInFields(ROW, OTHER_ROW), output: 'rows' });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	test.each([undefined, null, []])('a quotation with %j instead of lines is one item', async (quotationDetails) => {
		const parentFields = { quotationNo: 'Q01230000002', quotationDate: '2026-06-01', customerCode: 'C000055' };
		fixture.respondWithData('getQuotation', { ...parentFields, quotationDetails });
		const { items } = await fixture.runExample('quotation.get', { output: 'rows' });
		expect(items).toEqual([expect.objectContaining({ ...parentFields, productCode: null, productDescription: null })]);
	});

	test.each([[null], [{ quotationNo: 'Q9' }]])('returns the sent lines if the response contains %j', async (data) => {
		fixture.respondWithData('upsertQuotation', data);
		const { items } = await upsertQuotation({ ...rowsInFields(ROW, OTHER_ROW), output: 'rows' });
		const parentFields = { customerCode: 'C000055', quotationNo: data?.quotationNo ?? null };
		expect(items).toEqual([
			expect.objectContaining({ ...parentFields, ...ROW, price: null }),
			expect.objectContaining({ ...parentFields, ...OTHER_ROW }),
		]);
	});
});

test('Number of Products is 0 when GoFive returns an empty list of lines', async () => {
	fixture.respondWithData('upsertQuotation', { quotationNo: 'Q9', quotationDetails: [] });
	const { items } = await upsertQuotation(rowsInFields(ROW, OTHER_ROW));
	expect(items).toEqual([expect.objectContaining({ customerCode: 'C000055', productCount: 0 })]);
});

test('a message about a key of a row names the field as in the form', async () => {
	const body = { title: 'No', errors: { 'QuotationDetails[0].WhTaxValue': ['Wrong'], QuotationSubject: ['Missing'] } };
	fixture.addFault('upsertQuotation', { status: 400, body });
	expect((await upsertQuotation({})).error?.description).toContain(
		`GoFive's message: "No; Withholding Tax Rate in row 1: Wrong; Subject: Missing".`,
	);
});

test('Get Many keeps the quotations of a date range', async () => {
	const { quotations } = fixture.sandbox.records;
	quotations.records = [];
	for (const quotationDate of ['2025-01-31', '2025-02-01', '2025-02-28', '2025-03-01'])
		quotations.create({ quotationDate });
	const parameters = { dateRange: 'custom', dateFrom: '2025-02-01', dateTo: '2025-02-28', returnAll: true };
	const { items } = await fixture.runExample('quotation.getAll', { ...parameters, output: 'raw' });
	expect(items.map(({ quotationDate }) => quotationDate).sort()).toEqual(['2025-02-01', '2025-02-28']);
	// It is not known how GoFive compares the date.
	for (const body of fixture.getSentBodies('findQuotations')) expect(body).not.toHaveProperty('quotationDate');
});

test('several statuses are filtered by the node, and one by GoFive', async () => {
	const { quotations } = fixture.sandbox.records;
	quotations.records = [];
	for (const [index, quotationStatus] of [1, 2, 4, 5, 4].entries())
		quotations.create({ quotationNo: `Q${index + 1}`, quotationStatus });
	const runWith = async (quotationStatuses: IDataObject[string]) => {
		fixture.sandbox.requestLog.length = 0;
		const parameters = { output: 'selected', fields: ['quotationStatus'], filters: { quotationStatuses } };
		const { items, error } = await fixture.runExample('quotation.getAll', parameters);
		return { numbers: items.map(({ quotationNo }) => quotationNo).sort(), error };
	};
	expect((await runWith([2, 4])).numbers).toEqual(['Q2', 'Q3', 'Q5']);
	expect(fixture.getSentBodies('findQuotations')[0]).not.toHaveProperty('quotationStatus');
	expect((await runWith([4])).numbers).toEqual(['Q3', 'Q5']);
	expect(fixture.getSentBodies('findQuotations')[0]).toMatchObject({ quotationStatus: 4 });
	// An expression may return one status, or their names.
	expect((await runWith(4)).numbers).toEqual(['Q3', 'Q5']);
	expect((await runWith('={{ "Draft, Completed" }}')).numbers).toEqual(['Q1', 'Q4']);
	expect((await runWith([])).numbers).toHaveLength(5);
	fixture.respondWithData('findQuotations', [{ quotationNo: 'Q1' }]);
	fixture.respondWithData('findQuotations', []);
	const { error } = await runWith([1, 2]);
	expect(error?.message).toBe("GoFive returned quotations without 'Status ID'");
});
