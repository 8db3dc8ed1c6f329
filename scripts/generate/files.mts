import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { loadContract } from '../../sandbox/contract.mts';
import type { Listed } from '../../test/operations.cts';
import type { Columns, ColumnType, Operation, Resource } from '../../nodes/GoFive/operation/types.ts';

// Node cannot import a CommonJS file that requires TypeScript.
const { operations, parametersOf, requestOf } = createRequire(import.meta.url)('../../test/operations.cts') as typeof import('../../test/operations.cts');

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Where n8n looks for what an operation gives, by the version of the node. */
export const SCHEMAS = 'nodes/GoFive/__schema__/v1.0.0';
const README = 'README.md';
const REFERENCE = 'docs/operations.md';
const COVERAGE = 'docs/coverage.md';
const EXAMPLES = 'examples';

const JSON_TYPES: Record<ColumnType, string> = {
	text: 'string', date: 'string', number: 'number', integer: 'integer', flag: 'boolean', list: 'array', object: 'object',
};
const WORDS: Record<ColumnType, string> = {
	text: 'text', date: 'date in ISO 8601', number: 'number', integer: 'whole number', flag: 'true or false', list: 'list', object: 'object',
};

function schemaOf({ entity }: Operation): string {
	const simplified = Object.entries(entity?.columns ?? {}).filter(([, { isExtra }]) => !isExtra);
	const properties = simplified.map(([key, { type }]) => [key, { type: JSON_TYPES[type] }]);
	return `${JSON.stringify({ type: 'object', properties: Object.fromEntries(properties) as object, version: 1 }, null, '\t')}\n`;
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string => [row(...head), `|${'---|'.repeat(head.length)}`, ...rows.map((cells) => row(...cells))].join('\n');

const columnTable = (columns: Columns): string =>
	table(['column', 'in n8n', 'holds'], Object.entries(columns).map(([key, { name, type, isExtra }]) => [key, name, WORDS[type] + (isExtra ? '; with Selected Fields only' : '')]));

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

/** The workflows to import, with the resources that each shows. */
function exampleTable(): string {
	const workflows = readdirSync(path.join(ROOT, EXAMPLES)).map((file) => {
		const { name, nodes } = JSON.parse(textOf(path.join(EXAMPLES, file))) as { name: string; nodes: Array<{ type: string; parameters: { resource?: string } }> };
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
		const shown = own.map(({ parameters }) => resources.find(({ value }) => value === parameters.resource)?.name ?? 'GoFive Trigger');
		return [`[${name}](${EXAMPLES}/${file})`, [...new Set(shown)].join(', ')];
	});
	return table(['workflow', 'shows'], workflows.sort(([a = ''], [b = '']) => a.localeCompare(b)));
}

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** A document that is written by hand, with a table between each two of its marks. */
function withTables(file: string, tables: Record<string, string>): string {
	return Object.entries(tables).reduce((text, [what, made]) => {
		const marks = [`<!-- ${what}: made by npm run generate -->`, `<!-- end of ${what} -->`] as const;
		const [before, rest] = text.split(marks[0]);
		const [, after] = rest?.split(marks[1]) ?? [];
		if (before === undefined || after === undefined) throw new Error(`${file} does not have ${marks.join(' and ')}`);
		return `${before}${marks[0]}\n${made}\n${marks[1]}${after}`;
	}, textOf(file));
}

/** What the contract says of where an operation was seen. */
async function evidenceOf(listed: Listed): Promise<string[]> {
	const { name = '' } = resources.find(({ value }) => value === listed.resource) ?? {};
	const { operation } = listed;
	const contract = await loadContract();
	const described = contract.described(requestOf(operation, parametersOf(operation))) as unknown as Record<'method' | 'path' | 'x-evidence' | 'x-page', string>;
	const sent = `\`${described.method.toUpperCase()} ${described.path}\``;
	return [name, operation.name, sent, described['x-evidence'], described['x-page']];
}

/** All files that follow from the operations, by path: output schemas, overview, list of examples, reference of columns, evidence. @throws Error when a document has no place for its table */
export async function generatedFiles(): Promise<Record<string, string>> {
	const schemas = resources.flatMap(({ value, operations: own }) =>
		own.map((operation) => [`${SCHEMAS}/${value}/${operation.value}.json`, schemaOf(operation)]),
	);
	const intro = '# Operations and columns\n\nMade from the operations by `npm run generate`. With Output **Simplified** every item has the columns of its table, in this order; what GoFive leaves out is null. **Selected Fields** offers some more where that is said, **Raw** gives everything as GoFive sends it.';
	const seen = await Promise.all(operations.filter(({ resource }) => resource !== 'endpoint').map(evidenceOf));
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README]: withTables(README, { operations: overview(), examples: exampleTable() }),
		[REFERENCE]: `${[intro, ...resources.map(sectionOf)].join('\n\n')}\n`,
		[COVERAGE]: withTables(COVERAGE, { evidence: table(['resource', 'operation', 'sends', 'evidence', 'page'], seen) }),
	};
}
