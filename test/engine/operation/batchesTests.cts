// How the rows of a response are assigned to items. What a row means is in unit/responseTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { expectActionableMessage, MAY_BE_DONE } from '../resultAssertions.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { buildRejection, buildServerError, REJECTED, startsWith } from '../../support/expectedMessages.cts';
import { RESPONSES, temporaryFailure } from '../../support/responses.cts';

/** Products with these codes exist. */
const PRODUCT_CODES = ['A', 'B', 'C', 'D', 'a', ...Array.from({ length: 250 }, (_, index) => `P${index}`)];

const fixture = setupFixtureWithSimulatedClock(({ sandbox: { records } }) => {
	for (const productCode of PRODUCT_CODES) records.products.createFromRequest({ productCode });
});

const STOCK = { resource: 'product', productCode: '={{ $json.code }}', qty: '={{ $json.qty }}' };
const OUTCOME_UNKNOWN = new RegExp(`^${messages.rowUnknown.message} for product code '.*'\\. ${MAY_BE_DONE}`);
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

test('sends up to 100 items per request, in input order', async () => {
	const manyCodes = Array.from({ length: 250 }, (_, index) => `P${index}`);
	expect(await collectOutcomes(manyCodes)).toEqual(manyCodes.map((code, index) => [code, index + 1]));
	expect(getCalls().map((rows) => rows.length)).toEqual([100, 100, 50]);
	expect(getCalls().flat()).toEqual(manyCodes.map((productCode, index) => ({ productCode, qty: index + 1 })));
	expect(fixture.sandbox.requestLog.find(({ operationId }) => operationId === 'updateStock')).toMatchObject({
		method: 'PUT',
		path: '/v1/products/stock',
	});
});

describe('assigns response rows to items by code', () => {
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
	test('in any order', async () => {
		respondWithRows(ANSWER_ROWS);
		const [first, second, third] = await collectOutcomes(['A', 'B', 'C']);
		expect([first, third]).toEqual([
			['A', 10],
			['C', 30],
		]);
		expect(second).toMatch(startsWith(`${buildRejection('ไม่พบสินค้า')} for product code 'B'. `));
		expect(second).toMatch(/ \[Item 1\]$/);
		expect(second).not.toContain(MAY_BE_DONE);
		expect(getCalls()).toHaveLength(1);
	});

	test('including unexpected rows, other letter case, numeric codes and invalid rows', async () => {
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

	test('fills missing values from the request of the same item', async () => {
		respondWithRows([
			{ productCode: 'B', isSuccess: true },
			{ productCode: 'A', isSuccess: true },
		]);
		expect(await collectOutcomes(['A', 'B'])).toEqual([
			['A', 1],
			['B', 2],
		]);
	});
});

test.each([0, 200, '0000', '1000'])('a successful row may contain an error with the code %j', async (statusCode) => {
	respondWithRows([createAcceptedRow('A', 1, { error: { statusCode, message: 'Success' } })]);
	expect(await collectOutcomes(['A'])).toEqual([['A', 1]]);
});

test('reports a rejected row that is nested too deeply', async () => {
	const nested = '['.repeat(6000) + ']'.repeat(6000);
	respondWith({ status: 200, body: `{"data": [{"productCode": "A", "isSuccess": false, "nested": ${nested}}]}` });
	expect(await collectOutcomes(['A'])).toEqual([expect.stringMatching(startsWith(`${REJECTED} for product code 'A'`))]);
});

test('a row that does not clearly confirm the update, or that another one contradicts, may have been processed', async () => {
	const rows = [createAcceptedRow('A', 1), { productCode: 'a', isSuccess: false }, { productCode: 'B' }];
	respondWithRows([...rows, createAcceptedRow('C', 3)]);
	const unknown: unknown = expect.stringMatching(OUTCOME_UNKNOWN);
	expect(await collectOutcomes(['A', 'B', 'C'])).toEqual([unknown, unknown, ['C', 3]]);
	expect(getCalls()).toHaveLength(1);
});

test('sends repeated codes, in any letter case, in later requests and keeps their order', async () => {
	expect(await collectOutcomes(['A', 'B', 'a', 'C', 'A'])).toEqual([
		['A', 1],
		['B', 2],
		['a', 3],
		['C', 4],
		['A', 5],
	]);
	expect(getCallCodes()).toEqual([['A', 'B'], ['a', 'C'], ['A']]);
});

test('a successful response may contain a single row without a list', async () => {
	respondWithRows({ productCode: 'A', isSuccess: true });
	expect(await collectOutcomes(['A'])).toEqual([['A', 1]]);
});

describe('item without a response row', () => {
	test.each([
		['is omitted', []],
		['is of another product', [createAcceptedRow('Z', 9)]],
		['has no product', [{ qty: 9, isSuccess: true }]],
	])('reports that it may have been processed if its row %s', async (_, rows) => {
		respondWithRows([createAcceptedRow('A', 1), ...rows, createAcceptedRow('C', 3)]);
		expect(await collectOutcomes(['A', 'B', 'C'])).toEqual([
			['A', 1],
			expect.stringMatching(OUTCOME_UNKNOWN),
			['C', 3],
		]);
		expect(getCalls()).toHaveLength(1);
	});

	test.each([[[]], [null], [true], ['Success'], [['x']], [{}]])('for all items if the data is %j', async (data) => {
		fixture.respondWithData('updateStock', data);
		expect(await collectOutcomes(['A', 'B'])).toEqual(
			['A', 'B'].map((): unknown => expect.stringMatching(OUTCOME_UNKNOWN)),
		);
		expect(getCalls()).toHaveLength(1);
	});
});

describe('failed request', () => {
	test('is sent once, all its items fail, and the next request is sent', async () => {
		respondWith(temporaryFailure());
		const [first, second, third] = await collectOutcomes(['A', 'B', 'a']);
		for (const outcome of [first, second]) {
			expect(outcome).toMatch(startsWith(`${buildServerError(502)}. `));
			expect(outcome).toMatch(/The request contained 2 items, and this applies to all of them: A, B\. \[Item/);
			expect(outcome).toContain(MAY_BE_DONE);
		}
		expect(third).toEqual(['a', 3]);
		expect(getCallCodes()).toEqual([['A', 'B'], ['a']]);
	});

	test('names the product if the request has one item', async () => {
		respondWith(RESPONSES.badRequest);
		expect(await collectOutcomes(['A'])).toEqual([
			expect.stringMatching(startsWith(`${buildRejection('Bad request')} for product code 'A'. `)),
		]);
	});
});

describe('On Error', () => {
	test('stop: ends after the request with a rejected row and lists the results of all items', async () => {
		respondWithRows([
			createAcceptedRow('A', 1),
			{ productCode: 'B', qty: 2, isSuccess: false, error: { message: 'No' } },
		]);
		const { error, outputs } = await updateStockOrStop(['A', 'B', 'C', 'a', 'D']);
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({
			message: `${buildRejection('No', '')} for product code 'B'`,
			context: { itemIndex: 1 },
		});
		expect(error?.description).toMatch(
			/ Processed: A\. Not processed: B\. Possibly processed: C\. Not sent: a, D\. When you run .* already processed\.$/,
		);
		expectActionableMessage(`${error?.message}. ${error?.description}`);
		expect(getCallCodes()).toEqual([['A', 'B', 'C']]);
	});

	test('stop: lists the first ten of many results', async () => {
		const manyCodes = Array.from({ length: 101 }, (_, index) => (index === 99 ? 'NOPE' : `P${index}`));
		const { error } = await updateStockOrStop(manyCodes);
		expect(error?.description).toMatch(
			/ Processed: P0, P1, .*, P9 and 89 more\. Not processed: NOPE\. Not sent: P100\. When you run .* already processed\.$/,
		);
	});

	test('continue: sends all requests, and only rejected or invalid items fail', async () => {
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
