import type { IDataObject } from 'n8n-workflow';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { expectActionableMessage } from '../resultAssertions.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const STOCK = { resource: 'product', productCode: '={{ $json.code }}', qty: '={{ $json.qty }}' };
const MAY_BE_DONE = 'GoFive may have processed the request anyway';
const OUTCOME_UNKNOWN =
	/^GoFive's response does not show whether this item was processed, for product code '(.*)'\. GoFive may have processed the request anyway/;
type StockRow = { productCode: string; qty: number };

const buildItems = (productCodes: string[]) => productCodes.map((code, index) => ({ code, qty: index + 1 }));
const createAcceptedRow = (productCode: string, qty: number, extra: object = {}) => ({
	productCode,
	qty,
	isSuccess: true,
	error: null,
	...extra,
});
const respondWith = (answer: FaultResponse, skip = 0) => fixture.addFault('updateStock', answer, { skip });
const respondWithRows = (data: unknown, skip = 0) => respondWith({ status: 200, body: { data } }, skip);
/** Returns the rows of each request. */
const getCalls = () => fixture.getSentBodies('updateStock') as unknown as StockRow[][];
const getCallCodes = () => getCalls().map((rows) => rows.map(({ productCode }) => productCode));

const updateStock = async (productCodes: string[], parameters: IDataObject = {}) =>
	await fixture.runOperation(
		'updateStock',
		{ ...STOCK, ...parameters },
		{ items: buildItems(productCodes), onError: 'continueRegularOutput' },
	);
const updateStockOrStop = async (productCodes: string[]) =>
	await fixture.runOperation('updateStock', STOCK, { items: buildItems(productCodes) });

/** Returns the result of each item: product code and quantity, or a message. */
async function collectOutcomes(productCodes: string[]): Promise<unknown[]> {
	const { outputs, error } = await updateStock(productCodes);
	expect(error).toBeUndefined();
	expect(outputs.flat().map(({ pairedItem }) => pairedItem)).toEqual(productCodes.map((_, item) => ({ item })));
	return outputs.flat().map(({ json }) => {
		if (json.error === undefined) return [json.productCode, json.qty];
		expectActionableMessage(json.error);
		return json.error;
	});
}

test('many items go in calls of at most a hundred, in input order', async () => {
	const manyCodes = Array.from({ length: 250 }, (_, index) => `P${index}`);
	expect(await collectOutcomes(manyCodes)).toEqual(manyCodes.map((code, index) => [code, index + 1]));
	expect(getCalls().map((rows) => rows.length)).toEqual([100, 100, 50]);
	expect(getCalls().flat()).toEqual(manyCodes.map((productCode, index) => ({ productCode, qty: index + 1 })));
	expect(fixture.sandbox.requestLog.find(({ operationId }) => operationId === 'updateStock')).toMatchObject({
		method: 'PUT',
		path: '/v1/products/stock',
	});
});

test('a single item is a list of one', async () => {
	expect(await collectOutcomes(['A'])).toEqual([['A', 1]]);
	expect(getCalls()).toEqual([[{ productCode: 'A', qty: 1 }]]);
});

describe('a row of the answer belongs to the item with its code', () => {
	const ANSWER_ROWS = [
		createAcceptedRow('C', 30),
		{
			productCode: 'B',
			qty: 20,
			isSuccess: false,
			error: { statusCode: '4001', httpStatusCode: 400, message: 'ไม่พบสินค้า' },
		},
		createAcceptedRow('A', 10),
	];
	const REFUSED_MESSAGE = expect.stringMatching(
		/^GoFive rejected the request: ไม่พบสินค้า \(code 4001\), for product code 'B'\. /,
	) as unknown;

	test('wherever it stands', async () => {
		respondWithRows(ANSWER_ROWS);
		expect(await collectOutcomes(['A', 'B', 'C'])).toEqual([['A', 10], REFUSED_MESSAGE, ['C', 30]]);
	});

	test('also with rows that nobody asked for, in other letters, as a number, or among rubbish', async () => {
		respondWithRows([
			null,
			'x',
			{},
			createAcceptedRow('Z', 9),
			createAcceptedRow('7', 70, { productCode: 7 }),
			createAcceptedRow('a', 10),
		]);
		expect(await collectOutcomes(['A', '7'])).toEqual([
			['a', 10],
			[7, 70],
		]);
	});

	test('what the answer leaves out is what was sent, of this item', async () => {
		respondWithRows([
			{ productCode: 'B', isSuccess: true },
			{ productCode: 'A', isSuccess: true },
		]);
		expect(await collectOutcomes(['A', 'B'])).toEqual([
			['A', 1],
			['B', 2],
		]);
	});

	test('with the error object of a success it is a success', async () => {
		respondWithRows([createAcceptedRow('A', 10, { error: { statusCode: '1000', httpStatusCode: 200 } })]);
		expect(await collectOutcomes(['A'])).toEqual([['A', 10]]);
	});

	test.each([
		['a text', 'ไม่พบสินค้า', /^GoFive rejected the request: ไม่พบสินค้า \(without a code\), for product code 'A'\. /],
		[
			'no text',
			{ statusCode: '5012', httpStatusCode: 404 },
			/^GoFive rejected the request \(code 5012\), for product code 'A'\. /,
		],
		[
			'a number as its code',
			{ statusCode: 4001, message: 'No' },
			/^GoFive rejected the request: No \(code 4001\), for product code 'A'\. /,
		],
		['nothing', null, /^GoFive rejected the request \(without a code\), for product code 'A'\. /],
	])('a refused row whose error holds %s', async (_, error, message) => {
		respondWithRows([{ productCode: 'A', qty: 1, isSuccess: false, error }]);
		expect(await collectOutcomes(['A'])).toEqual([expect.stringMatching(message)]);
	});
});

test('a refused row fails its item alone, as the sandbox answers by itself', async () => {
	const [first, second, third] = await collectOutcomes(['A', 'NOPE', 'C']);
	expect([first, third]).toEqual([
		['A', 1],
		['C', 3],
	]);
	expect(second).toMatch(
		/^GoFive rejected the request: Product not found \(code 4001\), for product code 'NOPE'\. .* \[Item 1\]$/,
	);
	expect(second).not.toContain(MAY_BE_DONE);
	expect(getCalls()).toHaveLength(1);
});

test('the same code, in whatever letters, goes in a later call, and the order of one code stays', async () => {
	expect(await collectOutcomes(['A', 'B', 'a', 'C', 'A'])).toEqual([
		['A', 1],
		['B', 2],
		['a', 3],
		['C', 4],
		['A', 5],
	]);
	expect(getCallCodes()).toEqual([['A', 'B'], ['a', 'C'], ['A']]);
});

describe('an item without a row', () => {
	test('may have been carried out, and says so', async () => {
		respondWithRows([createAcceptedRow('C', 3), createAcceptedRow('A', 1)]);
		expect(await collectOutcomes(['A', 'B', 'C'])).toEqual([
			['A', 1],
			expect.stringMatching(OUTCOME_UNKNOWN),
			['C', 3],
		]);
		expect(getCalls()).toHaveLength(1);
	});

	test.each([[[]], [null], [true], ['Success'], [['x']], [{}]])('for all items where the data is %j', async (data) => {
		respondWith({ status: 200, body: { status: { code: '1000', description: 'Success' }, data } });
		expect(await collectOutcomes(['A', 'B'])).toEqual(
			['A', 'B'].map((): unknown => expect.stringMatching(OUTCOME_UNKNOWN)),
		);
		expect(getCalls()).toHaveLength(1);
	});
});

describe('a call that fails as a whole', () => {
	test.each<[string, FaultResponse, RegExp, boolean]>([
		[
			'is refused',
			{ status: 400 },
			/^GoFive rejected the request: Bad request \(code 4001\)\. .*This applies to one request with 2 products: A, B\. \[Item/,
			false,
		],
		[
			'is refused with 200',
			{ status: 200, body: { status: { code: '4002', description: 'ไม่ผ่าน' }, data: null } },
			/^GoFive rejected the request: ไม่ผ่าน \(code 4002\)\. .*2 products: A, B\./,
			false,
		],
		[
			'meets a server that is down',
			{ status: 503 },
			/^GoFive could not handle the request \(HTTP 503\)\. .*2 products: A, B\./,
			true,
		],
		['is cut off', { kind: 'resetAfter' }, /^The connection to GoFive was lost\. .*2 products: A, B\./, true],
		[
			'is answered with a page',
			{ kind: 'html' },
			/^GoFive returned a web page instead of JSON\. .*2 products: A, B\./,
			true,
		],
	])(
		'and %s is sent once; all its items say so, and the next call goes on',
		async (_, answer, message, isUncertain) => {
			respondWith(answer);
			const [first, second, third] = await collectOutcomes(['A', 'B', 'a']);
			for (const outcome of [first, second]) {
				expect(outcome).toMatch(message);
				expect(String(outcome).includes(MAY_BE_DONE)).toBe(isUncertain);
			}
			expect(third).toEqual(['a', 3]);
			expect(getCallCodes()).toEqual([['A', 'B'], ['a']]);
		},
	);

	test('of one item it names the product', async () => {
		respondWith({ status: 400 });
		expect(await collectOutcomes(['A'])).toEqual([
			expect.stringMatching(/^GoFive rejected the request: Bad request \(code 4001\), for product code 'A'\. /),
		]);
	});
});

describe('On Error', () => {
	test('stop: it ends after the call that held a refused row, and lists what became of all', async () => {
		respondWithRows([
			createAcceptedRow('A', 1),
			{ productCode: 'B', qty: 2, isSuccess: false, error: { message: 'No' } },
		]);
		const { error, outputs } = await updateStockOrStop(['A', 'B', 'C', 'a', 'D']);
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({
			message: "GoFive rejected the request: No (without a code), for product code 'B'",
			context: { itemIndex: 1 },
		});
		expect(error?.description).toMatch(/ Processed: A\. Not processed: B\. Possibly processed: C\. Not sent: a, D\.$/);
		expectActionableMessage(`${error?.message}. ${error?.description}`);
		expect(getCallCodes()).toEqual([['A', 'B', 'C']]);
	});

	test('stop: a long list names the first ten', async () => {
		const manyCodes = Array.from({ length: 101 }, (_, index) => (index === 99 ? 'NOPE' : `P${index}`));
		const { error } = await updateStockOrStop(manyCodes);
		expect(error?.description).toMatch(
			/ Processed: P0, P1, .*, P9 and 89 more\. Not processed: NOPE\. Not sent: P100\.$/,
		);
	});

	test('stop: an item that cannot be read stops before any call', async () => {
		const { error } = await fixture.runOperation('updateStock', STOCK, {
			items: [
				{ code: 'A', qty: 1 },
				{ code: 'B', qty: 'x' },
			],
		});
		expect(error).toMatchObject({ message: `'Quantity' cannot be "x"`, context: { itemIndex: 1 } });
		expect(getCalls()).toEqual([]);
	});

	test('continue: all calls are made, and only what was refused or cannot be read fails', async () => {
		const items = [
			{ code: 'A', qty: 1 },
			{ code: 'NOPE', qty: 2 },
			{ code: 'a', qty: 3 },
			{ code: 'B' },
			{ code: 'C', qty: '5' },
		];
		const { outputs, hints } = await fixture.runOperation('updateStock', STOCK, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(outputs.map((output) => output.map(({ json }) => json.productCode ?? json.code))).toEqual([
			['A', 'a', 'C'],
			['NOPE', 'B'],
		]);
		expect(getCallCodes()).toEqual([
			['A', 'NOPE'],
			['a', 'C'],
		]);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('2 of 5 items failed: NOPE, B.')]);
	});
});

test.each([400, 200])(
	'a call that is refused as a whole, HTTP %i, and has rows all the same, is carried out as they say',
	async (status) => {
		respondWith({
			status,
			body: {
				status: { code: '4002', description: 'No' },
				data: [
					createAcceptedRow('A', 1),
					{ productCode: 'B', qty: 2, isSuccess: false, error: { message: 'Unknown' } },
				],
			},
		});
		expect(await collectOutcomes(['A', 'B'])).toEqual([
			['A', 1],
			expect.stringMatching(/^GoFive rejected the request: Unknown .*, for product code 'B'/),
		]);
	},
);
