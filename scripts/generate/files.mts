import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { loadContract } from '../../sandbox/contract.mts';
import type { Listed } from '../../test/operations.cts';
import type { Alone } from '../../test/places.cts';
import type { Columns, ColumnType, Operation, Resource } from '../../nodes/GoFive/operation/types.ts';

// Node cannot import a CommonJS file that requires TypeScript.
const require = createRequire(import.meta.url);
const { operations, parametersOf, requestOf } = require('../../test/operations.cts') as typeof import('../../test/operations.cts');
const { eachAlone, keysThatDiffer, wireOf } = require('../../test/places.cts') as typeof import('../../test/places.cts');

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

const EVIDENCE: Record<string, string> = {
	documented: "GoFive's page describes it",
	sample: "an example on GoFive's page, or GoFive's C# sample, has it",
	observed: 'a public client sends it',
	legacy: "GoFive's older partner portal of 2021 has it",
	inferred: 'nowhere; it is our conclusion',
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

/** What the contract says of a schema, references resolved. */
interface Schema {
	'x-evidence': string;
	properties?: Record<string, Schema>;
	items?: Schema;
}
/** What the contract says of an operation. */
interface Described extends Record<'method' | 'path' | 'x-evidence' | 'x-page', string> {
	parameters: Array<{ name: string; in: string; 'x-evidence': string }>;
	requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const describedOf = async ({ operation }: Listed): Promise<Described> =>
	(await loadContract()).described(requestOf(operation, parametersOf(operation))) as unknown as Described;

const sentOf = ({ method, path }: Described): string => `\`${method.toUpperCase()} ${path}\``;

/** A key as the contract spells it, with its evidence. @throws Error for one that the contract does not have */
function keyOf({ parameters, requestBody }: Described, key: string): [name: string, evidence: string] {
	const parameter = parameters.find((one) => (key === 'path' ? one.in === 'path' : one.in === 'query' && one.name === key));
	if (parameter) return [parameter.in === 'path' ? `{${parameter.name}}` : parameter.name, parameter['x-evidence']];
	const name = key.replace(/(?:\[\])+$/, '');
	const steps = name.split('.').flatMap((step) => step.split(/(?=\[\])/));
	const found = steps.reduce<Schema | undefined>((schema, step) => (step === '[]' ? schema?.items : schema?.properties?.[step]), requestBody?.content['application/json'].schema);
	if (!found) throw new Error(`The contract does not have the key ${key}`);
	return [name, found['x-evidence']];
}

function whenRequired({ property, without, isOpen, shown }: Alone): string {
	if (property.required) return isOpen ? 'yes' : 'in each line';
	return without ? '' : `with any of ${shown.at(-2)}`;
}

/** An input, GoFive's keys that follow its value, and where those were seen. */
function inputRow(listed: Listed, described: Described, place: Alone): string[] {
	const { shown, withs, property } = place;
	// Of Other Fields (JSON) nobody knows the keys.
	const differ = property.type === 'json' ? [] : keysThatDiffer(withs.map((given) => wireOf(requestOf(listed.operation, given))));
	const keys = differ.map((key) => keyOf(described, key));
	return [shown.join(' → '), whenRequired(place), keys.map(([name]) => `\`${name}\``).join(', ') || 'those that you give', [...new Set(keys.map(([, evidence]) => evidence))].join(', ')];
}

const list = (names: string[]): string => new Intl.ListFormat('en').format(names);

/** The inputs that say how the node works, in a sentence. */
function shapeOf(places: Alone[], { pages }: Operation): string {
	const [inForm, options] = [places.filter(({ path }) => path.length === 1), places.filter(({ path }) => path.length > 1)].map((some) => some.map(({ shown }) => `**${shown.at(-1)}**`));
	const paged = pages ? ` GoFive is asked for the list in parts, by ${list(Object.values(pages).map((key) => `\`${key}\``))}.` : '';
	return `${inForm?.length ? `Also in the form: ${list(inForm)}. ` : ''}Options: ${list(options ?? [])}.${paged}`;
}

async function operationSection(listed: Listed): Promise<string> {
	const { name, description } = listed.operation;
	const title = `### ${name}\n\n${description.replace(/\.?$/, '.')}`;
	if (listed.resource === 'endpoint') return `${title} What it sends is what you write.`;
	const described = await describedOf(listed);
	const page = described['x-page'] === 'menu' ? 'named in the menu of the pages alone' : `page [${described['x-page']}](https://developer.gofive.co.th/${described['x-page']})`;
	const places = eachAlone(listed);
	const sent = places.filter(({ isShape }) => !isShape);
	return [
		title,
		`${sentOf(described)} · ${described['x-evidence']} · ${page}`,
		...(sent.length > 0 ? [table(['input in n8n', 'required', "GoFive's key", 'evidence'], sent.map((place) => inputRow(listed, described, place)))] : []),
		shapeOf(places.filter(({ isShape }) => isShape), listed.operation),
	].join('\n\n');
}

async function sectionOf({ name, value, description, operations: own }: Resource): Promise<string> {
	const entities = [...new Set(own.map(({ entity }) => entity))].filter((entity) => entity !== undefined);
	const sorted = operations.filter(({ resource }) => resource === value).sort((a, b) => a.operation.name.localeCompare(b.operation.name));
	return [
		`## ${name}\n\n${description}.`,
		...(await Promise.all(sorted.map(operationSection))),
		...entities.map(({ plural, columns, lines }) =>
			[
				`### Columns of ${plural}\n\n${columnTable(columns)}`,
				...(lines ? [`With Output **Lines** one item for each of the ${lines.plural}:\n\n${columnTable(lines.columns)}`] : []),
			].join('\n\n'),
		),
	].join('\n\n');
}

/** The workflows to import, with the first sentence of the note on the canvas and the resources that each shows. */
function exampleTable(): string {
	const workflows = readdirSync(path.join(ROOT, EXAMPLES)).map((file) => {
		const { name, nodes } = JSON.parse(textOf(path.join(EXAMPLES, file))) as { name: string; nodes: Array<{ type: string; parameters: { resource?: string; content?: string } }> };
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
		const shown = own.map(({ parameters }) => resources.find(({ value }) => value === parameters.resource)?.name ?? 'GoFive Trigger');
		const does = nodes.map(({ parameters: { content = '' } }) => /^## .*\n(.*?[.])(?:\s|$)/.exec(content)?.[1]).find(Boolean) ?? '';
		return [`[${name}](${EXAMPLES}/${file})`, does, [...new Set(shown)].join(', ')];
	});
	return table(['workflow', 'what it does', 'shows'], workflows.sort(([a = ''], [b = '']) => a.localeCompare(b)));
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
	const name = resources.find(({ value }) => value === listed.resource)?.name ?? '';
	const described = await describedOf(listed);
	return [name, listed.operation.name, sentOf(described), described['x-evidence'], described['x-page']];
}

/** All files that follow from the operations, by path: output schemas, overview, list of examples, reference of columns, evidence. @throws Error when a document has no place for its table */
export async function generatedFiles(): Promise<Record<string, string>> {
	const schemas = resources.flatMap(({ value, operations: own }) =>
		own.map((operation) => [`${SCHEMAS}/${value}/${operation.value}.json`, schemaOf(operation)]),
	);
	const intro = [
		'# Operations, inputs and columns\n\nMade from the operations and from what we know of GoFive\'s API, by `npm run generate`.',
		"For each operation: what it sends, and for each input of its form the key that GoFive knows it by (`{}` is a part of the path, `a.b` is `b` inside `a`, `a[].b` is `b` in each line of `a`). Inputs that are required are marked; the others may be left out. Nothing here was checked against the live API, so the evidence says where each key was seen:",
		table(['evidence', 'where it was seen'], Object.entries(EVIDENCE)),
		'With Output **Simplified** every item has the columns of its table, in this order; what GoFive leaves out is null. **Selected Fields** offers some more where that is said, **Raw** gives everything as GoFive sends it.',
	].join('\n\n');
	const overview = resources.map(({ name, operations: own }) => [`**${name}**`, own.map((operation) => operation.name).sort().join(', ')]);
	const seen = await Promise.all(operations.filter(({ resource }) => resource !== 'endpoint').map(evidenceOf));
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README]: withTables(README, { operations: table(['resource', 'operations'], overview), examples: exampleTable() }),
		[REFERENCE]: `${[intro, ...(await Promise.all(resources.map(sectionOf)))].join('\n\n')}\n`,
		[COVERAGE]: withTables(COVERAGE, { evidence: table(['resource', 'operation', 'sends', 'evidence', 'page'], seen) }),
	};
}
