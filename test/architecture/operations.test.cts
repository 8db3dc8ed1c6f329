import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import type { Operation } from '../../nodes/GoFive/operation/types';
import { resources } from '../../nodes/GoFive/resources';
import { operations, parametersOf, requestOf } from '../operations.cts';
import { eachAlone, keysThatDiffer, wireOf } from '../places.cts';

const root = path.join(__dirname, '..', '..');
const RESOURCES = 'nodes/GoFive/resources';

const namesIn = (folder: string) => readdirSync(path.join(root, folder), { withFileTypes: true });
const isOperation = (value: unknown): value is Operation => typeof value === 'object' && value !== null && 'request' in value && 'effect' in value && 'fields' in value;

test('what a node does that nobody has set up otherwise stays what it is, since n8n does not store defaults', () => {
	const defaults = Object.fromEntries(resources.map(({ value, defaultOperation }) => [value, defaultOperation]));
	expect(new GoFive().description.properties[0]).toMatchObject({ name: 'resource', default: 'customerEvent' });
	expect(defaults).toEqual({
		activity: 'get',
		case: 'create',
		chat: 'sendMessage',
		contract: 'get',
		customer: 'get',
		customerEvent: 'getByCustomerCode',
		deal: 'getAll',
		employee: 'getAll',
		endpoint: 'sendRequest',
		expense: 'getAll',
		product: 'getAll',
		quotation: 'getAll',
		salesOrder: 'get',
	});
});

test('whoever searches in n8n for a resource finds the node', () => {
	const { alias } = JSON.parse(readFileSync(path.join(root, 'nodes/GoFive/GoFive.node.json'), 'utf8')) as { alias: string[] };
	const missing = resources.map(({ name }) => name).filter((name) => name !== 'Any Endpoint' && !alias.includes(name) && !name.split(' ').every((word) => alias.includes(word)));
	expect(missing).toEqual([]);
});

test('what only asks is a GET, or is named here', () => {
	const asked = operations.filter(({ operation }) => operation.effect === 'read' && requestOf(operation, parametersOf(operation)).method !== 'GET');
	expect(asked.map(({ name }) => name)).toEqual(['deal.getAll', 'employee.getAll', 'expense.getAll', 'product.getAll', 'product.getAllByFilter', 'quotation.getAll']);
});

test('resources stand by name, Any Endpoint last', () => {
	const names = resources.map(({ name }) => name);
	expect(names).toEqual([...names.slice(0, -1).sort(), 'Any Endpoint']);
});

/** Keys of GoFive that are no parameter's name, and the parameter that fills each. */
const OTHER_KEYS: Record<string, string> = {
	// GoFive's spelling.
	cancleAllOrder: 'cancelAllOrder',
	Longtitude: 'longitude',
	sub_SubCategory: 'subSubCategory',
	unqulifiedReasonName: 'unqualifiedReasonName',
	unqulifiedReasonNote: 'unqualifiedReasonNote',
	// Its pages have two names for one thing, and both are sent.
	customerNo: 'customerCode',
	referenceNo: 'quotationNo',
	vat: 'vatValue',
	// Parameters of the first operation, whose names stay.
	eventTypeIds: 'eventTypes',
	DateFrom: 'dateRange',
	DateTo: 'dateRange',
};

test("a value goes out under GoFive's key, whose name its parameter has", () => {
	const other = operations.filter(({ resource }) => resource !== 'endpoint').flatMap((listed) =>
		eachAlone(listed).flatMap(({ path, withs }) => {
			const keys = keysThatDiffer(withs.map((given) => wireOf(requestOf(listed.operation, given)))).filter((key) => key !== 'path');
			const names = keys.map((key) => key.replace(/(?:\[\])+$/, '').replace(/^.*\./, ''));
			return names.filter((name) => name.toLowerCase() !== path.at(-1)?.toLowerCase()).map((name): [string, string] => [name, path.at(-1) ?? '']);
		}),
	);
	expect(Object.fromEntries(other)).toEqual(OTHER_KEYS);
});

describe.each(namesIn(RESOURCES).filter((entry) => entry.isDirectory()))('resources/$name', ({ name: folder }) => {
	test('is in resources/index.ts', () => {
		expect(resources.map(({ value }) => value)).toContain(folder);
	});

	test('every operation of its files is in its index.ts', () => {
		const listed = resources.find(({ value }) => value === folder)?.operations ?? [];
		const unlisted = namesIn(`${RESOURCES}/${folder}`)
			.filter(({ name }) => name.endsWith('.ts'))
			.flatMap(({ name }) => Object.values(require(path.join(root, RESOURCES, folder, name)) as object).map((value: unknown) => ({ name, value })))
			.filter(({ value }) => isOperation(value) && !listed.includes(value))
			.map(({ name }) => `${name}: not in the list of index.ts`);
		expect(unlisted).toEqual([]);
	});
});
