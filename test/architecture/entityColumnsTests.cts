import { allOperations } from '../support/operationParameters.cts';

const entities = new Set(allOperations.flatMap(({ operation: { entity } }) => entity ?? []));
const entries = [...entities].map((entity) => ({ entity, pluralName: entity.pluralName }));

test.each(entries)('a simplified record of $pluralName has at most ten columns', ({ entity: { columns } }) => {
	expect(Object.keys(columns).filter((key) => !columns[key]?.selectedOnly).length).toBeLessThanOrEqual(10);
});

test.each(entries)('$pluralName show the name of a code, and the code with Selected Fields', ({ entity }) => {
	const { columns } = entity;
	const codes = Object.values(columns).flatMap(({ valueNames, paths = [] }) => (valueNames ? paths.slice(0, 1) : []));
	const selectedOnly = Object.entries(columns).filter(([, column]) => column.selectedOnly);
	const shownAs = selectedOnly.flatMap(([key, { paths = [] }]) => [key, ...paths]);
	expect(codes.filter((code) => !shownAs.includes(code))).toEqual([]);
});

test.each(entries)('only columns of the record itself declare names of $pluralName', ({ entity: { lines } }) => {
	const lineColumns = Object.entries(lines?.columns ?? {});
	expect(lineColumns.filter(([, { names }]) => names).map(([key]) => key)).toEqual([]);
});
