import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { loadContractValidator } from '../../../sandbox/contractValidator.mts';
import {
	findOperation,
	contractOperations,
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
const documentedRecipes = rows.map((cells) =>
	Object.fromEntries(headings.map((name, index) => [name, cells[index] ?? ''])),
);

/** Requests for the other endpoints of the contract, whose use is not known well enough for the table. */
const otherRecipes: Array<Record<string, string>> = [
	['Conversation Enquiry', 'POST', '/v1/conversation/enquiry', '{}', 'observed'],
	['Customer Filter', 'POST', '/v1/Customers/filter', '{"type": 11300}', 'observed'],
	[
		'Products by Type',
		'POST',
		'/v1/products/getProduct',
		'{"productType": 1301, "status": [1, 0], "take": 50}',
		'documented',
	],
	['Serial Status', 'GET', '/v3/Products/serials/status', '', 'documented'],
	['Product Ticket', 'GET', '/tickets/1', '', 'sample'],
	[
		'Payment of a Sales Order',
		'PUT',
		'/v2/salesorder/SO24090001/payment',
		'{"payments": [{"InstallmentNumber": 1, "periodNo": 1, "status": 1}]}',
		'documented',
	],
].map(([what = '', method = '', path = '', body = '', evidence = '']) => ({
	...{ what, Method: method, Path: path, Body: body, evidence },
	...{ 'Changes Data': method === 'PUT' ? 'on' : 'off', Pagination: 'None' },
}));
const recipes = [...documentedRecipes, ...otherRecipes];

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

test.each(recipes)('Any Endpoint reads or writes an endpoint without an operation: $what', async (recipe) => {
	const parameters = buildParameters(recipe);
	expect(Object.keys(parameters)).toEqual(expect.arrayContaining(['method', 'path', 'changesData', 'pagination']));
	const { items, error } = await fixture.runOperation('sendRequest', {
		...{ resource: 'endpoint', returnAll: true },
		...parameters,
	});
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(recipe['Pagination'] === 'None' ? 0 : 100);
	const contract = await loadContractValidator();
	const { method = '', path = '' } = fixture.sandbox.requestLog.at(-1) ?? {};
	expect(contract.findOperation({ method, path })).toMatchObject({ 'x-evidence': recipe['evidence'] });
});

test('docs/gofive.md has recipes', () => expect(documentedRecipes.length).toBeGreaterThan(2));

test('every operation of the contract is either an operation of the node or a recipe', async () => {
	const contract = await loadContractValidator();
	const findOperationId = (method: unknown, path: unknown) =>
		contract.findOperation({ method: String(method), path: String(path) }).operationId;
	const sentRequests = contractOperations.map(({ operation }) =>
		buildOperationRequest(operation, getExampleParameters(operation)),
	);
	const operationIds = [
		'createToken',
		...sentRequests.map(({ method, path }) => findOperationId(method, path)),
		...recipes.map((recipe) => findOperationId(recipe['Method'], recipe['Path'])),
	];
	expect([...new Set(operationIds)].sort()).toEqual(contract.operations.map(({ operationId }) => operationId).sort());
});
