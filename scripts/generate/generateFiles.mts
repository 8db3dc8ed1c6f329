import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withNames } from '../../nodes/GoFive/operation/defineColumns.ts';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { MAIN_EXAMPLE_ID } from '../instance/mainExample.mts';
import type { OperationEntry } from '../../test/support/operationParameters.cts';
import type { FieldVariants } from '../../test/support/formFields.cts';
import type { Columns, ColumnType, Entity, Operation, Resource } from '../../nodes/GoFive/operation/types.ts';
import { markdownTable } from './markdownTable.mts';

// Node cannot import a CommonJS file that requires TypeScript.
const require = createRequire(import.meta.url);
const { allOperations, getExampleParameters, buildOperationRequest } =
	require('../../test/support/operationParameters.cts') as typeof import('../../test/support/operationParameters.cts');
const { listFieldVariants, findDifferingKeys, toRequestPayload } =
	require('../../test/support/formFields.cts') as typeof import('../../test/support/formFields.cts');

const CHECKOUT_FOLDER = path.join(import.meta.dirname, '..', '..');
/** Folder in which n8n looks for the output schemas of this version of the node. */
export const SCHEMAS_FOLDER = 'nodes/GoFive/__schema__/v1.0.0';
const README_FILE = 'README.md';
const REFERENCE_FILE = 'docs/operations.md';
const API_FILE = 'docs/gofive.md';
const EXAMPLES_FOLDER = 'examples';

/** Type in the output schema, and its name in the documents, by type of a column. */
const COLUMN_TYPES: Record<ColumnType, { jsonType: string; label: string }> = {
	text: { jsonType: 'string', label: 'text' },
	date: { jsonType: 'string', label: 'date in ISO 8601' },
	number: { jsonType: 'number', label: 'number' },
	integer: { jsonType: 'integer', label: 'whole number' },
	boolean: { jsonType: 'boolean', label: 'true or false' },
	list: { jsonType: 'array', label: 'list' },
	object: { jsonType: 'object', label: 'object' },
};

const EVIDENCE_LABELS: Record<string, string> = {
	documented: "GoFive's public documentation",
	sample: "an example in the documentation, or GoFive's C# sample",
	observed: 'public client code',
	legacy: 'the 2021 partner portal',
	inferred: 'concluded from similar operations, because no source was found',
};

/** Returns the columns of the output, with the names that the option Add Names adds to a read. */
const listColumns = ({ entity, effect }: Operation): Columns =>
	(entity && effect === 'read' ? withNames(entity) : entity)?.columns ?? {};

function buildOutputSchema(operation: Operation): string {
	const simplifiedColumns = Object.entries(listColumns(operation)).filter(([, { selectedOnly }]) => !selectedOnly);
	const properties = simplifiedColumns.map(([key, { type = 'text' }]) => [key, { type: COLUMN_TYPES[type].jsonType }]);
	const schema = { type: 'object', properties: Object.fromEntries(properties) as object, version: 1 };
	return `${JSON.stringify(schema, null, '\t')}\n`;
}

function buildColumnTable(columns: Columns): string {
	const rows = Object.entries(columns).map(([key, { displayName, type = 'text', selectedOnly, isAddedName }]) => {
		const nameNote = isAddedName ? '; with Add Names only' : '';
		const selectedNote = selectedOnly ? '; with Selected Fields only' : '';
		return [key, displayName, COLUMN_TYPES[type].label + nameNote + selectedNote];
	});
	return markdownTable(['column', 'name in n8n', 'type'], rows);
}

/** Schema of the contract, with resolved references. */
interface ContractSchema {
	'x-evidence': string;
	properties?: Record<string, ContractSchema>;
	items?: ContractSchema;
}
/** Operation of the contract. */
interface ContractOperation extends Record<'method' | 'path' | 'x-evidence' | 'x-page', string> {
	parameters: Array<{ name: string; in: string; 'x-evidence': string }>;
	requestBody?: { content: { 'application/json': { schema: ContractSchema } } };
}

const findContractOperation = async ({ operation }: OperationEntry): Promise<ContractOperation> =>
	(await loadContractValidator()).findOperation(
		buildOperationRequest(operation, getExampleParameters(operation)),
	) as unknown as ContractOperation;

const formatRequest = ({ method, path }: ContractOperation): string => `\`${method.toUpperCase()} ${path}\``;

/**
 * Finds the spelling and the evidence of a key in the contract.
 * @throws Error if the contract does not have the key
 */
function findContractKey({ parameters, requestBody }: ContractOperation, key: string): string[] {
	const parameter = parameters.find((candidate) =>
		key === 'path' ? candidate.in === 'path' : candidate.in === 'query' && candidate.name === key,
	);
	if (parameter) return [parameter.in === 'path' ? `{${parameter.name}}` : parameter.name, parameter['x-evidence']];
	const name = key.replace(/(?:\[\])+$/, '');
	const steps = name.split('.').flatMap((step) => step.split(/(?=\[\])/));
	const keySchema = steps.reduce<ContractSchema | undefined>(
		(schema, step) => (step === '[]' ? schema?.items : schema?.properties?.[step]),
		requestBody?.content['application/json'].schema,
	);
	if (!keySchema) throw new Error(`The contract does not have the key ${key}`);
	return [name, keySchema['x-evidence']];
}

function formatRequired({ property, withoutValue, isParentAlwaysPresent, displayPath }: FieldVariants): string {
	if (property.required) return isParentAlwaysPresent ? 'yes' : 'in each row';
	return withoutValue ? '' : `if you add a field of ${displayPath.at(-2)}`;
}

/** Builds the table row of an input, with the keys of the request that depend on it and their evidence. */
function buildInputRow({ operation }: OperationEntry, contractOperation: ContractOperation, formInput: FieldVariants) {
	const { displayPath, withValues, property } = formInput;
	const payloads = withValues.map((parameters) => toRequestPayload(buildOperationRequest(operation, parameters)));
	// Other Fields (JSON) may contain any keys.
	const changedKeys = property.type === 'json' ? [] : findDifferingKeys(payloads);
	const keys = changedKeys.map((key) => findContractKey(contractOperation, key));
	return [
		displayPath.join(' → '),
		formatRequired(formInput),
		keys.map(([name]) => `\`${name}\``).join(', ') || 'the keys that you enter',
		[...new Set(keys.map(([, evidence]) => evidence))].join(', '),
	];
}

const findResourceName = (resource: string | undefined): string | undefined =>
	resources.find(({ value }) => value === resource)?.name;

const formatList = (names: string[]): string => new Intl.ListFormat('en').format(names);

/** Describes the inputs that do not affect the request, in sentences. */
function describeOutputInputs(formInputs: FieldVariants[], { pages }: Operation): string {
	const formatNames = (isOption: boolean): string =>
		formatList(
			formInputs
				.filter(({ path }) => path.length > 1 === isOption)
				.map(({ displayPath }) => `**${displayPath.at(-1)}**`),
		);
	const namesInForm = formatNames(false);
	const sentences = [...(namesInForm ? [`Also in the form: ${namesInForm}.`] : []), `Options: ${formatNames(true)}.`];
	if (typeof pages === 'object') {
		const pageKeys = Object.values(pages).map((key) => `\`${key}\``);
		sentences.push(`The list is requested with ${formatList(pageKeys)}.`);
	}
	return sentences.join(' ');
}

const formatHeading = (title: string, description: string): string => `${title}\n\n${description.replace(/\.?$/, '.')}`;

async function buildOperationSection(operationEntry: OperationEntry): Promise<string> {
	const { operation, resource } = operationEntry;
	const heading = formatHeading(`### ${operation.name}`, operation.description);
	if (resource === 'endpoint')
		return `${heading} The request consists of the values that you enter. The token endpoint is excluded. [GoFive's API](gofive.md#any-endpoint) describes the fields.`;
	const contractOperation = await findContractOperation(operationEntry);
	const { 'x-page': page, 'x-evidence': evidence } = contractOperation;
	const source =
		page === 'menu'
			? "in the menu of GoFive's documentation only"
			: `page [${page}](https://developer.gofive.co.th/${page})`;
	const formInputs = listFieldVariants(operationEntry);
	const inputRows = formInputs
		.filter(({ isOutputOnly }) => !isOutputOnly)
		.map((formInput) => buildInputRow(operationEntry, contractOperation, formInput));
	const outputInputs = formInputs.filter(({ isOutputOnly }) => isOutputOnly);
	const inputTable = markdownTable(['input in n8n', 'required', "GoFive's key", 'evidence'], inputRows);
	return [
		heading,
		`${formatRequest(contractOperation)} · ${evidence} · ${source}`,
		...(inputRows.length > 0 ? [inputTable] : []),
		describeOutputInputs(outputInputs, operation),
	].join('\n\n');
}

/** Builds the tables of an entity's columns, and of the columns of its lines. */
function buildEntitySection(entity: Entity): string {
	const { pluralName, lines } = entity;
	const section = `### Columns of ${pluralName}\n\n${buildColumnTable(withNames(entity).columns)}`;
	if (!lines) return section;
	const parentColumns = formatList(lines.parentColumns.map((key) => `\`${key}\``));
	const linesIntro = `With **Output** set to Lines, the node returns one item per ${lines.rowName}. The item has the columns ${parentColumns} of the record, and these columns:`;
	return `${section}\n\n${linesIntro}\n\n${buildColumnTable(lines.columns)}`;
}

async function buildResourceSection({ name, value, description, operations }: Resource): Promise<string> {
	const entities = new Set(operations.flatMap(({ entity }) => entity ?? []));
	const sortedOperations = allOperations
		.filter(({ resource }) => resource === value)
		.sort((a, b) => a.operation.name.localeCompare(b.operation.name));
	return [
		formatHeading(`## ${name}`, description),
		...(await Promise.all(sortedOperations.map(buildOperationSection))),
		...[...entities].map(buildEntitySection),
	].join('\n\n');
}

/** Builds the table of example workflows, with the first sentence of their notes and their resources. */
function buildExampleTable(): string {
	const workflows = readdirSync(path.join(CHECKOUT_FOLDER, EXAMPLES_FOLDER)).map((file) => {
		const { name, nodes } = JSON.parse(readFileText(path.join(EXAMPLES_FOLDER, file))) as {
			name: string;
			nodes: Array<{ type: string; parameters: { resource?: string; content?: string } }>;
		};
		const goFiveNodes = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
		const resourceNames = goFiveNodes.map(
			({ parameters }) => findResourceName(parameters.resource) ?? 'GoFive Trigger',
		);
		const summaries = nodes.map(({ parameters }) => /^## .*\n(.*?[.])(?:\s|$)/.exec(parameters.content ?? '')?.[1]);
		const summary = summaries.find(Boolean) ?? '';
		return [`[${name}](${EXAMPLES_FOLDER}/${file})`, summary, [...new Set(resourceNames)].join(', ')];
	});
	const isMain = ([link = '']: string[]) => link.includes(`/${MAIN_EXAMPLE_ID}.json`);
	const otherWorkflows = workflows.filter((workflow) => !isMain(workflow));
	otherWorkflows.sort(([a = ''], [b = '']) => a.localeCompare(b));
	return markdownTable(['workflow', 'what it does', 'shows'], [...workflows.filter(isMain), ...otherWorkflows]);
}

const readFileText = (file: string): string => readFileSync(path.join(CHECKOUT_FOLDER, file), 'utf8');

/**
 * Inserts tables between the markers of a document.
 * @throws Error if the document lacks a marker
 */
function insertTables(file: string, tables: Record<string, string>): string {
	return Object.entries(tables).reduce((text, [tableName, tableText]) => {
		const markers = [`<!-- ${tableName}: made by npm run generate -->`, `<!-- end of ${tableName} -->`] as const;
		const [textBefore, remainder] = text.split(markers[0]);
		const [, textAfter] = remainder?.split(markers[1]) ?? [];
		if (textBefore === undefined || textAfter === undefined)
			throw new Error(`${file} does not have ${markers.join(' and ')}`);
		return `${textBefore}${markers[0]}\n${tableText}\n${markers[1]}${textAfter}`;
	}, readFileText(file));
}

/** Builds the table row with the evidence of an operation. */
async function buildEvidenceRow(operationEntry: OperationEntry): Promise<string[]> {
	const contractOperation = await findContractOperation(operationEntry);
	const { 'x-evidence': evidence, 'x-page': page } = contractOperation;
	const resourceName = findResourceName(operationEntry.resource) ?? '';
	return [resourceName, operationEntry.operation.name, formatRequest(contractOperation), evidence, page];
}

/**
 * Generates all files that are derived from the operations: output schemas, and tables of the documents.
 * @returns texts by path
 * @throws Error if a document lacks the marker of a table
 */
export async function generateFiles(): Promise<Record<string, string>> {
	const schemas = allOperations.map(({ resource, operation }) => [
		`${SCHEMAS_FOLDER}/${resource}/${operation.value}.json`,
		buildOutputSchema(operation),
	]);
	const intro = [
		'# Operations, inputs and columns\n\nGenerated by `npm run generate` from the operations of the node and the [contract of the API](../contract/gofive.openapi.yaml).',
		"The tables under 'Columns of ...' show the columns of the output. The other tables show GoFive's key for each input. `{id}` is part of the path, `a.b` is `b` inside `a`, and `a[].b` is `b` in each row of `a`. An input whose column 'required' is empty is optional, unless its description in the form states a condition. The keys were not checked against the live API. The column 'evidence' shows the source of each key:",
		markdownTable(['evidence', 'source'], Object.entries(EVIDENCE_LABELS)),
		"With **Output** set to Simplified, every item has the columns of its table, in this order. A column without a value is empty (null). Selected Fields also offers the columns with the note 'with Selected Fields only'. Raw returns each record exactly as GoFive returns it. After a write, a field that GoFive does not return shows the value that was sent. Raw shows the response.",
		"In operations that read data, the option **Add Names** adds the columns with the note 'with Add Names only'. Each follows its code, also in Lines and Selected Fields. If a name is not found, the column contains the code. The option **Include Input Fields** puts the fields of the input item before the columns. It needs no request, so it fits if the names are already in your sheet. [Names and input fields](troubleshooting.md#names-and-input-fields) explains which option to use.",
	].join('\n\n');
	const overview = resources.map(({ name, operations }) => {
		const operationNames = operations.map((operation) => operation.name).sort();
		return [`**${name}**`, operationNames.join(', ')];
	});
	const documentedOperations = allOperations.filter(({ resource }) => resource !== 'endpoint');
	const evidenceRows = await Promise.all(documentedOperations.map(buildEvidenceRow));
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README_FILE]: insertTables(README_FILE, {
			operations: markdownTable(['resource', 'operations'], overview),
			examples: buildExampleTable(),
		}),
		[REFERENCE_FILE]: `${[intro, ...(await Promise.all(resources.map(buildResourceSection)))].join('\n\n')}\n`,
		[API_FILE]: insertTables(API_FILE, {
			evidence: markdownTable(['resource', 'operation', 'sends', 'evidence', 'page'], evidenceRows),
		}),
	};
}
