import type { Columns, Entity, Field, Operation } from '../../nodes/GoFive/operation/types';
import { allOperations } from '../support/operationParameters.cts';

/** The inputs of a form by parameter name, each with GoFive's key, or null if the body does not hold it. */
function listInputs(fields: Record<string, Field>): Array<{ name: string; bodyKey: string | null }> {
	return Object.entries(fields).flatMap(([name, { bodyKey = name, nestedFields, properties }]) => {
		const isMerged = nestedFields && bodyKey === name && properties(name)[0]?.type === 'collection';
		return isMerged ? listInputs(nestedFields) : [{ name, bodyKey }];
	});
}

/** The inputs whose values can fill a column: those of a write's body, and the one that names the record. */
function listFillingInputs({ effect, fields, idField }: Operation) {
	return listInputs(fields).filter(({ name, bodyKey }) => name === idField || (effect === 'write' && bodyKey !== null));
}

const entities = new Map<Entity, Operation[]>();
for (const { operation } of allOperations) {
	const entity = operation.entity ?? operation.fields.output?.entity;
	if (entity) entities.set(entity, [...(entities.get(entity) ?? []), operation]);
}

const entries = [...entities].map(([entity, operations]) => ({ entity, operations, pluralName: entity.pluralName }));

/** Columns and lines with the keys under which their values may be sent. */
const listColumns = ({ columns, lines }: Entity) => [
	...Object.entries(columns).map(([name, { fromInput, paths, countPaths }]) => ({
		name,
		fromInput,
		keys: [name, ...(paths ?? []), ...(countPaths ?? [])],
	})),
	...(lines ? [{ name: 'lines', fromInput: lines.fromInput, keys: lines.paths }] : []),
];

test('finds the entities', () => expect(entries.length).toBeGreaterThan(10));

test.each(entries)('every input that fills a column of $pluralName is in a form', ({ entity, operations }) => {
	const inputs = operations.flatMap(listFillingInputs).map(({ name }) => name);
	const missing = listColumns(entity).filter(({ fromInput }) => fromInput !== undefined && !inputs.includes(fromInput));
	expect(missing).toEqual([]);
});

test.each(entries)(
	'every column of $pluralName with an input of the same name declares the input',
	({ entity, operations }) => {
		const inputs = operations.flatMap(listFillingInputs).flatMap(({ name, bodyKey }) => [name, bodyKey]);
		const undeclared = listColumns(entity).filter(
			({ fromInput, keys }) => fromInput === undefined && keys.some((key) => inputs.includes(key)),
		);
		expect(undeclared).toEqual([]);
	},
);

test.each(entries)('line columns of $pluralName are filled from rows only', ({ entity: { lines } }) => {
	const columns: Columns = lines?.columns ?? {};
	expect(Object.values(columns).filter(({ fromInput }) => fromInput !== undefined)).toEqual([]);
});

test.each(entries)('a simplified record of $pluralName has at most ten columns', ({ entity: { columns } }) => {
	expect(Object.keys(columns).filter((key) => !columns[key]?.selectedOnly).length).toBeLessThanOrEqual(10);
});

test.each(entries)('$pluralName show the name of a code, and the code with Selected Fields', ({ entity }) => {
	const { columns } = entity;
	const codes = Object.values(columns).flatMap(({ valueNames, paths = [] }) => (valueNames ? paths.slice(0, 1) : []));
	expect(codes.filter((code) => !columns[code]?.selectedOnly)).toEqual([]);
});
