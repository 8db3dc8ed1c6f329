import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { loadContractValidator } from '../../../sandbox/contractValidator.mts';
import {
	findOperation,
	allOperations,
	getExampleParameters,
	getOperationProperties,
	buildOperationRequest,
} from '../../support/operationParameters.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const documentText = readFileSync(join(__dirname, '../../../docs/gofive.md'), 'utf8');
const splitCells = (line: string) =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
const [headings = [], , ...rows] = (/(?:^\| what \| Method \|.*\n)(?:^\|.*\n)+/m.exec(documentText)?.[0] ?? '')
	.trimEnd()
	.split('\n')
	.map(splitCells);
/** Recipes of the table, each with its cells by heading. */
const recipes = rows.map((cells) => Object.fromEntries(headings.map((name, index) => [name, cells[index] ?? ''])));

const fields = getOperationProperties(findOperation('endpoint.sendRequest').operation);

function parseCell({ type, options = [] }: INodeProperties, cell: string) {
	if (type === 'boolean') return { on: true, off: false }[cell];
	return type === 'options' ? (options as INodePropertyOptions[]).find(({ name }) => name === cell)?.value : cell;
}

/** Builds the parameters that a user sets who follows a recipe. */
const buildParameters = (recipe: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(recipe).flatMap(([heading, cell]) => {
			const field = fields.find(({ displayName }) => displayName === heading);
			return field && cell !== '' ? [[field.name, parseCell(field, cell)]] : [];
		}),
	);

const fixture = setupFixtureWithSimulatedClock();

test.each(recipes)('recipe of docs/gofive.md: $what', async (recipe) => {
	const parameters = buildParameters(recipe);
	expect(Object.keys(parameters)).toEqual(expect.arrayContaining(['method', 'path', 'changesData', 'paging']));
	const { items, error } = await fixture.runOperation('sendRequest', { resource: 'endpoint', ...parameters });
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(recipe['Pagination'] === 'None' ? 0 : 100);
	const contract = await loadContractValidator();
	const { method = '', path = '' } = fixture.sandbox.requestLog.at(-1) ?? {};
	expect(contract.findOperation({ method, path })).toMatchObject({ 'x-evidence': recipe['evidence'] });
});

test.each<[string, string[], IDataObject, unknown]>([
	['product.getAllByFilter', ['status'], {}, expect.objectContaining({ status: [1, 0] })],
	['product.getAllByFilter', ['productType'], { productType: 1302 }, expect.objectContaining({ productType: 1302 })],
	[
		'product.upsert',
		['productTag'],
		{ additionalFields: { productTag: 'new, blue' } },
		{ products: [expect.objectContaining({ productTag: ['new', 'blue'] })] },
	],
	['deal.update', ['dealDate'], {}, expect.not.objectContaining({ dealDate: expect.anything() })],
	[
		'case.update',
		['customerCode', 'customerNo'],
		{ updateFields: { customerCode: 'C1' } },
		expect.objectContaining({ customerCode: 'C1', customerNo: 'C1' }),
	],
	[
		'quotation.upsert',
		['quotationNo', 'referenceNo'],
		{ quotationNo: 'Q1' },
		expect.objectContaining({ quotationNo: 'Q1', referenceNo: 'Q1' }),
	],
])('%s sends %j as the contradictions in docs/gofive.md state', async (name, keys, parameters, body) => {
	await fixture.runExample(name, parameters);
	expect(JSON.parse(fixture.apiRequests.at(-1)?.body ?? '')).toEqual(body);
	const cell = keys.map((key) => `\`${key}\``).join(', ');
	const rows = documentText.split('\n').filter((line) => line.includes(`| ${cell} |`));
	expect(rows).toEqual([expect.stringContaining(findOperation(name).operation.name)]);
});

test('docs/gofive.md names the pages of sales orders that have no title', () => {
	expect(documentText).toMatch(/^\| Sales Order \|.*api-16345041.*api-37742428.*api-3607026/m);
});

test('every operation of the contract is either an operation of the node or a recipe', async () => {
	const contract = await loadContractValidator();
	const findOperationId = (method: unknown, path: unknown) =>
		contract.findOperation({ method: String(method), path: String(path) }).operationId;
	const sentRequests = allOperations
		.filter(({ resource }) => resource !== 'endpoint')
		.map(({ operation }) => buildOperationRequest(operation, getExampleParameters(operation)));
	const operationIds = [
		'createToken',
		...sentRequests.map(({ method, path }) => findOperationId(method, path)),
		...recipes.map((recipe) => findOperationId(recipe['Method'], recipe['Path'])),
	];
	expect(operationIds.sort()).toEqual(contract.operations.map(({ operationId }) => operationId).sort());
});
