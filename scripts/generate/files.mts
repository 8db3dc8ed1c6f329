import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import type { Columns, ColumnType, Operation, Resource } from '../../nodes/GoFive/operation/types.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Where n8n looks for what an operation gives, by the version of the node. */
export const SCHEMAS = 'nodes/GoFive/__schema__/v1.0.0';
const README = 'README.md';
const REFERENCE = 'docs/operations.md';

const JSON_TYPES: Record<ColumnType, string> = {
	text: 'string', date: 'string', number: 'number', integer: 'integer', flag: 'boolean', list: 'array', object: 'object',
};
const WORDS: Record<ColumnType, string> = {
	text: 'text', date: 'date in ISO 8601', number: 'number', integer: 'whole number', flag: 'true or false', list: 'list', object: 'object',
};

function schemaOf({ entity }: Operation): string {
	const properties = Object.entries(entity?.columns ?? {}).map(([key, { type }]) => [key, { type: JSON_TYPES[type] }]);
	return `${JSON.stringify({ type: 'object', properties: Object.fromEntries(properties) as object, version: 1 }, null, '\t')}\n`;
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string => [row(...head), `|${'---|'.repeat(head.length)}`, ...rows.map((cells) => row(...cells))].join('\n');

const columnTable = (columns: Columns): string =>
	table(['column', 'in n8n', 'holds'], Object.entries(columns).map(([key, { name, type }]) => [key, name, WORDS[type]]));

const overview = (): string =>
	table(
		['resource', 'operations'],
		resources.map(({ name, operations }) => [`**${name}**`, operations.map((operation) => operation.name).sort().join(', ')]),
	);

function sectionOf({ name, description, operations }: Resource): string {
	const entities = [...new Set(operations.map(({ entity }) => entity))].filter((entity) => entity !== undefined);
	const sorted = [...operations].sort((a, b) => a.name.localeCompare(b.name));
	return [
		`## ${name}\n\n${description}.`,
		table(['operation', 'what it does'], sorted.map((operation) => [operation.name, operation.description])),
		...entities.map(({ plural, columns, lines }) =>
			[
				`Columns of ${plural}:\n\n${columnTable(columns)}`,
				...(lines ? [`With Output **Lines** one item for each of the ${lines.plural}:\n\n${columnTable(lines.columns)}`] : []),
			].join('\n\n'),
		),
	].join('\n\n');
}

const MARKS = ['<!-- operations: made by npm run generate -->', '<!-- end of operations -->'] as const;

/** @throws Error when the README has no place for it */
function readme(): string {
	const text = readFileSync(path.join(ROOT, README), 'utf8');
	const [before, rest] = text.split(MARKS[0]);
	const [, after] = rest?.split(MARKS[1]) ?? [];
	if (before === undefined || after === undefined) throw new Error(`README.md has no ${MARKS.join(' and ')}`);
	return `${before}${MARKS[0]}\n${overview()}\n${MARKS[1]}${after}`;
}

/** All files that follow from the operations, by path: output schemas, the README's overview, the reference of columns. */
export function generatedFiles(): Record<string, string> {
	const schemas = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [`${SCHEMAS}/${value}/${operation.value}.json`, schemaOf(operation)]),
	);
	const intro = '# Operations and columns\n\nMade from the operations by `npm run generate`. With Output **Simplified** every item has all columns of its table, in this order; what GoFive leaves out is null.';
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README]: readme(),
		[REFERENCE]: `${[intro, ...resources.map(sectionOf)].join('\n\n')}\n`,
	};
}
