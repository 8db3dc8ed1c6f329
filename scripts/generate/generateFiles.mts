import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import type { OperationEntry } from '../../test/support/operationParameters.cts';
import type { FieldVariants } from '../../test/support/formFields.cts';
import type { Columns, ColumnType, Operation, Resource } from '../../nodes/GoFive/operation/types.ts';
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
const COVERAGE_FILE = 'docs/coverage.md';
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

function buildOutputSchema({ entity }: Operation): string {
	const simplifiedColumns = Object.entries(entity?.columns ?? {}).filter(([, { selectedOnly }]) => !selectedOnly);
	const properties = simplifiedColumns.map(([key, { type = 'text' }]) => [key, { type: COLUMN_TYPES[type].jsonType }]);
	const schema = { type: 'object', properties: Object.fromEntries(properties) as object, version: 1 };
	return `${JSON.stringify(schema, null, '\t')}\n`;
}

const buildColumnTable = (columns: Columns): string =>
	markdownTable(
		['column', 'name in n8n', 'type'],
		Object.entries(columns).map(([key, { displayName, type = 'text', selectedOnly }]) => [
			key,
			displayName,
			COLUMN_TYPES[type].label + (selectedOnly ? '; with Selected Fields only' : ''),
		]),
	);

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
function findContractKey(
	{ parameters, requestBody }: ContractOperation,
	key: string,
): [name: string, evidence: string] {
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
	return withoutValue ? '' : `with any of ${displayPath.at(-2)}`;
}

/** Builds the table row of an input, with the keys of the request that depend on it and their evidence. */
function buildInputRow(
	operationEntry: OperationEntry,
	contractOperation: ContractOperation,
	formInput: FieldVariants,
): string[] {
	const { displayPath, withValues, property } = formInput;
	// Other Fields (JSON) may contain any keys.
	const changedKeys =
		property.type === 'json'
			? []
			: findDifferingKeys(
					withValues.map((parameters) => toRequestPayload(buildOperationRequest(operationEntry.operation, parameters))),
				);
	const keys = changedKeys.map((key) => findContractKey(contractOperation, key));
	return [
		displayPath.join(' → '),
		formatRequired(formInput),
		keys.map(([name]) => `\`${name}\``).join(', ') || 'the keys that you enter',
		[...new Set(keys.map(([, evidence]) => evidence))].join(', '),
	];
}

const formatList = (names: string[]): string => new Intl.ListFormat('en').format(names);

/** Describes the inputs that do not affect the request, in a sentence. */
function describeOutputInputs(formInputs: FieldVariants[], { pages }: Operation): string {
	const [inForm, options] = [
		formInputs.filter(({ path }) => path.length === 1),
		formInputs.filter(({ path }) => path.length > 1),
	].map((inputs) => inputs.map(({ displayPath }) => `**${displayPath.at(-1)}**`));
	const pagingNote = pages
		? ` The list is requested page by page with ${formatList(Object.values(pages).map((key) => `\`${key}\``))}.`
		: '';
	return `${inForm?.length ? `Also in the form: ${formatList(inForm)}. ` : ''}Options: ${formatList(options ?? [])}.${pagingNote}`;
}

async function buildOperationSection(operationEntry: OperationEntry): Promise<string> {
	const { name, description } = operationEntry.operation;
	const title = `### ${name}\n\n${description.replace(/\.?$/, '.')}`;
	if (operationEntry.resource === 'endpoint')
		return `${title} The request consists of the values that you enter. [API coverage](coverage.md#any-endpoint) describes the fields.`;
	const contractOperation = await findContractOperation(operationEntry);
	const page =
		contractOperation['x-page'] === 'menu'
			? "in the menu of GoFive's documentation only"
			: `page [${contractOperation['x-page']}](https://developer.gofive.co.th/${contractOperation['x-page']})`;
	const formInputs = listFieldVariants(operationEntry);
	const requestInputs = formInputs.filter(({ isOutputOnly }) => !isOutputOnly);
	return [
		title,
		`${formatRequest(contractOperation)} · ${contractOperation['x-evidence']} · ${page}`,
		...(requestInputs.length > 0
			? [
					markdownTable(
						['input in n8n', 'required', "GoFive's key", 'evidence'],
						requestInputs.map((formInput) => buildInputRow(operationEntry, contractOperation, formInput)),
					),
				]
			: []),
		describeOutputInputs(
			formInputs.filter(({ isOutputOnly }) => isOutputOnly),
			operationEntry.operation,
		),
	].join('\n\n');
}

async function buildResourceSection({
	name,
	value,
	description,
	operations: resourceOperations,
}: Resource): Promise<string> {
	const entities = [...new Set(resourceOperations.map(({ entity }) => entity))].filter(
		(entity) => entity !== undefined,
	);
	const sortedOperations = allOperations
		.filter(({ resource }) => resource === value)
		.sort((a, b) => a.operation.name.localeCompare(b.operation.name));
	return [
		`## ${name}\n\n${description.replace(/\.?$/, '.')}`,
		...(await Promise.all(sortedOperations.map(buildOperationSection))),
		...entities.map(({ pluralName, columns, lines }) =>
			[
				`### Columns of ${pluralName}\n\n${buildColumnTable(columns)}`,
				...(lines
					? [
							`**Output > Lines** returns one item per ${lines.rowName}, with these columns:\n\n${buildColumnTable(lines.columns)}`,
						]
					: []),
			].join('\n\n'),
		),
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
			({ parameters }) => resources.find(({ value }) => value === parameters.resource)?.name ?? 'GoFive Trigger',
		);
		const summary =
			nodes.map(({ parameters: { content = '' } }) => /^## .*\n(.*?[.])(?:\s|$)/.exec(content)?.[1]).find(Boolean) ??
			'';
		return [`[${name}](${EXAMPLES_FOLDER}/${file})`, summary, [...new Set(resourceNames)].join(', ')];
	});
	return markdownTable(
		['workflow', 'what it does', 'shows'],
		workflows.sort(([a = ''], [b = '']) => a.localeCompare(b)),
	);
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
	const name = resources.find(({ value }) => value === operationEntry.resource)?.name ?? '';
	const contractOperation = await findContractOperation(operationEntry);
	return [
		name,
		operationEntry.operation.name,
		formatRequest(contractOperation),
		contractOperation['x-evidence'],
		contractOperation['x-page'],
	];
}

/**
 * Generates all files that are derived from the operations: output schemas, and tables of the documents.
 * @returns texts by path
 * @throws Error if a document lacks the marker of a table
 */
export async function generateFiles(): Promise<Record<string, string>> {
	const schemas = resources.flatMap(({ value, operations: resourceOperations }) =>
		resourceOperations.map((operation) => [
			`${SCHEMAS_FOLDER}/${value}/${operation.value}.json`,
			buildOutputSchema(operation),
		]),
	);
	const intro = [
		'# Operations, inputs and columns\n\nGenerated by `npm run generate` from the operations of the node and the [contract of the API](../contract/gofive.openapi.yaml).',
		"The tables under 'Columns of ...' show the column names for your sheet. The other tables show GoFive's key for each input: `{}` is part of the path, `a.b` is `b` inside `a`, and `a[].b` is `b` in each row of `a`. Inputs without a mark in the column 'required' are optional. Nothing was checked against the live API. The column 'evidence' shows the source of each key:",
		markdownTable(['evidence', 'source'], Object.entries(EVIDENCE_LABELS)),
		'With **Output** set to **Simplified**, every item has the columns of its table, in this order. A column without a value is empty (null). **Selected Fields** offers the additional columns where noted. **Raw** returns the response as GoFive returns it.',
	].join('\n\n');
	const overview = resources.map(({ name, operations: resourceOperations }) => [
		`**${name}**`,
		resourceOperations
			.map((operation) => operation.name)
			.sort()
			.join(', '),
	]);
	const evidenceRows = await Promise.all(
		allOperations.filter(({ resource }) => resource !== 'endpoint').map(buildEvidenceRow),
	);
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README_FILE]: insertTables(README_FILE, {
			operations: markdownTable(['resource', 'operations'], overview),
			examples: buildExampleTable(),
		}),
		[REFERENCE_FILE]: `${[intro, ...(await Promise.all(resources.map(buildResourceSection)))].join('\n\n')}\n`,
		[COVERAGE_FILE]: insertTables(COVERAGE_FILE, {
			evidence: markdownTable(['resource', 'operation', 'sends', 'evidence', 'page'], evidenceRows),
		}),
	};
}
