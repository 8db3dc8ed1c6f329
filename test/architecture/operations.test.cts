import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import type { Operation } from '../../nodes/GoFive/operation/types';
import { resources } from '../../nodes/GoFive/resources';
import { operations } from '../operations.cts';

const root = path.join(__dirname, '..', '..');
/** Where n8n looks for what an operation gives, by the version of the node. */
const SCHEMAS = 'nodes/GoFive/__schema__/v1.0.0';
const RESOURCES = 'nodes/GoFive/resources';

const schemaOf = (resource: string, operation: string) => `${SCHEMAS}/${resource}/${operation}.json`;
const namesIn = (folder: string) => readdirSync(path.join(root, folder), { withFileTypes: true });
const isOperation = (value: unknown): value is Operation => typeof value === 'object' && value !== null && 'request' in value && 'receive' in value && 'fields' in value;

/** The first column of the README's table of the operations of a resource. */
function rowsOf(resource: string): string[] {
	const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
	const begins = readme.indexOf(`resource **${resource}**`);
	if (begins < 0) throw new Error(`README.md does not have the words "resource **${resource}**" before the table of its operations`);
	const [table = ''] = /(?:^\|.*\n)+/m.exec(readme.slice(begins)) ?? [];
	return [...table.matchAll(/^\| ([^|]+?) \|/gm)].map(([, name = '']) => name);
}

test('what a node does that nobody has set up otherwise stays what it is, since n8n does not store defaults', () => {
	const defaults = Object.fromEntries(resources.map(({ value, defaultOperation }) => [value, defaultOperation]));
	expect(new GoFive().description.properties[0]).toMatchObject({ name: 'resource', default: 'customerEvent' });
	expect(defaults).toEqual({ customerEvent: 'getByCustomerCode', endpoint: 'sendRequest' });
});

test('resources stand by name, Any Endpoint last', () => {
	const names = resources.map(({ name }) => name);
	expect(names).toEqual([...names.slice(0, -1).sort(), 'Any Endpoint']);
});

describe.each(operations)('$name', ({ resource, operation }) => {
	test('has an output schema', () => {
		const file = schemaOf(resource, operation.value);
		if (!existsSync(path.join(root, file))) throw new Error(`${file} is missing: describe there what the operation gives`);
		const schema = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { properties: object };
		expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) as object, version: 1 });
		const columns = operation.entity?.fields.map(({ value }) => value) ?? Object.keys(schema.properties);
		expect(Object.keys(schema.properties).sort()).toEqual([...columns].sort());
	});

	test('has a row in the README', () => {
		const shown = resources.find(({ value }) => value === resource)?.name ?? '';
		expect(rowsOf(shown)).toContain(operation.name);
	});
});

test('there is no schema of an operation that is no more', () => {
	const found = namesIn(SCHEMAS).flatMap(({ name }) => namesIn(`${SCHEMAS}/${name}`).map((file) => `${SCHEMAS}/${name}/${file.name}`));
	const known = operations.map(({ resource, operation }) => schemaOf(resource, operation.value));
	expect(found.filter((file) => !known.includes(file))).toEqual([]);
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
