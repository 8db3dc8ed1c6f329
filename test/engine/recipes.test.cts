import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { loadContract } from '../../sandbox/contract.mts';
import { operationNamed, operations, parametersOf, propertiesOf, requestOf } from '../operations.cts';
import { worldWithoutWaiting } from './world.cts';

const document = readFileSync(join(__dirname, '../../docs/coverage.md'), 'utf8');
const cellsOf = (line: string) => line.split('|').slice(1, -1).map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
const [head = [], , ...rows] = (/(?:^\| what \| Method \|.*\n)(?:^\|.*\n)+/m.exec(document)?.[0] ?? '').trimEnd().split('\n').map(cellsOf);
/** The recipes, each by the headings of the table. */
const recipes = rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));

const fields = propertiesOf(operationNamed('endpoint.sendRequest').operation);

function valueOf({ type, options = [] }: INodeProperties, cell: string) {
	if (type === 'boolean') return { on: true, off: false }[cell];
	return type === 'options' ? (options as INodePropertyOptions[]).find(({ name }) => name === cell)?.value : cell;
}

/** What a person sets who fills in the fields that the headings name. */
const settingsOf = (recipe: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(recipe).flatMap(([heading, cell]) => {
			const field = fields.find(({ displayName }) => displayName === heading);
			return field && cell !== '' ? [[field.name, valueOf(field, cell)]] : [];
		}),
	);

const world = worldWithoutWaiting();

test.each(recipes)('$what does what docs/coverage.md says', async (recipe) => {
	const settings = settingsOf(recipe);
	expect(Object.keys(settings)).toEqual(expect.arrayContaining(['method', 'path', 'changesData', 'paging']));
	const { items, error } = await world.run('sendRequest', { resource: 'endpoint', ...settings });
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(recipe['Paging'] === 'None' ? 0 : 100);
	const contract = await loadContract();
	const { method = '', path = '' } = world.sandbox.requests.at(-1) ?? {};
	expect(contract.described({ method, path })).toMatchObject({ 'x-evidence': recipe['evidence'] });
});

test('what the contract describes is sent by an operation or stands there as a recipe, and never both', async () => {
	const contract = await loadContract();
	const named = (method: unknown, path: unknown) => contract.described({ method: String(method), path: String(path) }).operationId;
	const sent = operations.filter(({ resource }) => resource !== 'endpoint').map(({ operation }) => requestOf(operation, parametersOf(operation)));
	const all = ['createToken', ...sent.map(({ method, path }) => named(method, path)), ...recipes.map((recipe) => named(recipe['Method'], recipe['Path']))];
	expect(all.sort()).toEqual(contract.operations.map(({ operationId }) => operationId).sort());
});
