import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGoFiveNode, buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import { buildExcelNodes } from './excelFile.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

const PRODUCT_COUNT = 200;
/** Position of the first wrong code, and distance to the next one. */
const WRONG_CODE_STEP = 40;

type Product = Record<string, unknown> & { prices: Array<Record<string, unknown>> };

/** Builds the rows of a sheet in which every 40th code is wrong: five of them. */
const buildSheetRows = (products: Product[]): unknown[][] =>
	products.map(({ productCode }, index) => [
		(index + 1) % WRONG_CODE_STEP === 0 ? `WRONG-${index}` : productCode,
		200 + index,
	]);

/** Removes the null values of a record, which are not sent. */
const removeNulls = (record: object): unknown =>
	JSON.parse(JSON.stringify(record, (_key, value: unknown) => value ?? undefined));

/** Defines the tests of an update of many products from a sheet, if GoFive clears the values that a write omits. */
export function defineUpdateTests(n8nServer: N8nTestServer): void {
	/** Creates products, updates their prices from a sheet, and returns them as they are and as they were. */
	const updatePrices = async (onError?: 'continueRegularOutput') => {
		const { sandbox } = n8nServer;
		sandbox.setBehaviour({ clearsOmitted: true });
		const products = sandbox.records.products.create({}, PRODUCT_COUNT) as Product[];
		const before = structuredClone(products);
		const rows = [['Code', 'Price'], ...buildSheetRows(products)];
		const parameters = {
			resource: 'product',
			operation: 'update',
			productCode: '={{ $json.Code }}',
			updateFields: { prices: { row: [{ priceTierName: 'Standard', regularPrice: '={{ $json.Price }}' }] } },
			options: {},
		};
		const workflow = buildLinearWorkflow('Prices', [
			buildManualTrigger(),
			...buildExcelNodes(rows),
			buildGoFiveNode(parameters, { onError }),
		]);
		const countBefore = n8nServer.requestCount;
		const startedAt = performance.now();
		const execution = await n8nServer.execute(workflow);
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
		const requests = n8nServer.getApiRequests(countBefore);
		return { execution, before, products, requests, summary: `${seconds} s, ${requests.length} requests` };
	};

	test('200 products with five wrong codes, with Continue: five errors, and only 195 prices change', async (context) => {
		const { execution, before, products, requests, summary } = await updatePrices('continueRegularOutput');
		context.diagnostic(summary);
		const items = assertSucceeded(execution).items('GoFive');
		assert.equal(items.filter(({ error }) => error).length, 5);
		assert.equal(items.filter(({ updated }) => updated).length, 195);
		for (const [index, product] of products.entries()) {
			const old = before[index] as Product;
			const [price, ...otherPrices] = old.prices;
			const isChanged = (index + 1) % WRONG_CODE_STEP !== 0;
			const expected = {
				...old,
				price: 200 + index,
				prices: [{ ...price, regularPrice: 200 + index }, ...otherPrices],
			};
			assert.deepEqual(removeNulls(product), removeNulls(isChanged ? expected : old));
		}
		const writes = requests.filter(({ operationId }) => operationId === 'upsertProduct');
		assert.equal(writes.length, 195);
	});

	test('200 products with five wrong codes, with Stop: nothing is sent', async (context) => {
		const { execution, before, products, requests, summary } = await updatePrices();
		context.diagnostic(summary);
		assert.equal(execution.status, 'error');
		assert.match(execution.error?.message ?? '', /product code 'WRONG-39'/u);
		assert.deepEqual(products, before);
		assert.deepEqual(
			requests.filter(({ operationId }) => operationId === 'upsertProduct'),
			[],
		);
	});
}
