import { readFileSync } from 'node:fs';
import { withNames } from '../../nodes/GoFive/operation/records/defineColumns.ts';
import { getLatestNames, listGroupColumns } from '../../nodes/GoFive/operation/records/columns.ts';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import type { OperationEntry } from '../../test/support/operationParameters.cts';
import type { Operation, Resource } from '../../nodes/GoFive/operation/kinds/index.ts';
import type { Columns, ColumnType, Entity } from '../../nodes/GoFive/operation/entity.ts';
import {
	allOperations,
	contractOperations,
	buildOperationRequest,
	getExampleParameters,
	getRequestedOperations,
	listFieldVariants,
} from '../supportModules.mts';
import { buildExampleTables, buildReadmeExampleTable } from './exampleTables.mts';
import { describeInputs } from './inputLists.mts';
import { markdownTable } from './markdownTable.mts';

/** Folder in which n8n looks for the output schemas of this version of the node. */
export const SCHEMAS_FOLDER = 'nodes/GoFive/__schema__/v1.0.0';
const README_FILE = 'README.md';
const REFERENCE_FILE = 'docs/operations.md';
const EVIDENCE_FILE = 'docs/maintainers/evidence.md';
const EXAMPLES_FILE = 'examples/README.md';

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

/** Returns the columns of the output, with the names that the option Add Names adds to a read. */
const listColumns = ({ entity, effect }: Operation): Columns =>
	(entity && effect === 'read' ? withNames(entity) : entity)?.columns ?? {};

/** Returns the columns of Get Totals in an untouched form. */
function listTotalsColumns(operation: Extract<Operation, { kind: 'totals' }>): Columns {
	const { totals } = operation;
	const columns = listColumns(operation);
	const group = totals.groups[totals.defaultGroup];
	const groupKeys = listGroupColumns({ mode: 'totals', totals, group }, operation.entity);
	const shownColumns = [...groupKeys, ...totals.sums].map((key) => [key, { ...columns[key], selectedOnly: undefined }]);
	return {
		...(Object.fromEntries(shownColumns) as Columns),
		count: { displayName: 'Count', type: 'integer' },
		...(group?.countsCustomers && { customerCount: { displayName: 'Customer Count', type: 'integer' } }),
		bar: { displayName: 'Bar' },
		period: { displayName: 'Period' },
	};
}

function buildOutputSchema(operation: Operation): string {
	const columns = operation.kind === 'totals' ? listTotalsColumns(operation) : listColumns(operation);
	const simplifiedColumns = Object.entries(columns).filter(([, { selectedOnly }]) => !selectedOnly);
	const properties = simplifiedColumns.map(([key, { type = 'text' }]) => [key, { type: COLUMN_TYPES[type].jsonType }]);
	const schema = { type: 'object', properties: Object.fromEntries(properties) as object, version: 1 };
	return `${JSON.stringify(schema, null, '\t')}\n`;
}

/** Describes when the output contains a column. Empty if it always does. */
const describePresence = ({ selectedOnly, isAddedName }: Columns[string]): string =>
	[isAddedName && 'with Add Names only', selectedOnly && 'with Selected Fields only'].filter(Boolean).join('; ');

function buildColumnTable(columns: Columns, describe: (key: string) => string): string {
	const rows = Object.entries(columns).map(([key, { displayName, type = 'text' }]) => {
		const notes = [COLUMN_TYPES[type].label, describe(key)].filter(Boolean);
		return [key, displayName, notes.join('; ')];
	});
	return markdownTable(['field', 'name in n8n', 'type'], rows);
}

/** Operation of the contract. */
type ContractOperation = Record<'method' | 'path' | 'x-evidence' | 'x-page', string>;

const findContractOperation = async ({ operation }: OperationEntry): Promise<ContractOperation> =>
	(await loadContractValidator()).findOperation(
		buildOperationRequest(operation, getExampleParameters(operation)),
	) as unknown as ContractOperation;

const formatRequest = ({ method, path }: ContractOperation): string => `\`${method.toUpperCase()} ${path}\``;

const findResourceName = (resource: string | undefined): string | undefined =>
	resources.find(({ value }) => value === resource)?.name;

const formatList = (names: string[]): string => new Intl.ListFormat('en').format(names);

const formatHeading = (title: string, description: string): string => `${title}\n\n${description.replace(/\.?$/, '.')}`;

/** Parameters of many operations, which a table of their own describes. */
const COMMON_PARAMETERS = new Set(['returnAll', 'limit', 'output', 'fields', 'options']);

async function buildOperationSection(operationEntry: OperationEntry): Promise<string> {
	const { operation, resource } = operationEntry;
	const heading = formatHeading(`### ${operation.name}`, operation.description);
	if (resource === 'endpoint') return `${heading} [GoFive's API](gofive.md#any-endpoint) describes the fields.`;
	const isInContract = contractOperations.includes(operationEntry);
	const page = isInContract ? (await findContractOperation(operationEntry))['x-page'] : 'menu';
	const pageLink = page === 'menu' ? '' : ` ([GoFive's page](https://developer.gofive.co.th/${page}))`;
	const formInputs = listFieldVariants(operationEntry).filter(({ path: [name = ''] }) => !COMMON_PARAMETERS.has(name));
	return [heading + pageLink, describeInputs(formInputs), buildTotalsTable(operation)].filter(Boolean).join('\n\n');
}

const formatKeys = (keys: string[]): string => keys.map((key) => `\`${key}\``).join(', ');

function formatLatest(latest: Parameters<typeof getLatestNames>[0]): string {
	const { columns, days, next } = getLatestNames(latest);
	return formatKeys([...Object.values(columns), days, next]);
}

/** Builds the table of the groups of Get Totals, with the fields by which an item shows the group. */
function buildTotalsTable(operation: Operation): string {
	if (operation.kind !== 'totals') return '';
	const { entity, totals } = operation;
	const namedEntity = withNames(entity);
	const rows = Object.values(totals.groups).map((group) => {
		const columnKeys = listGroupColumns({ mode: 'totals', totals, group }, namedEntity);
		const keys = formatKeys(group.countsCustomers ? [...columnKeys, 'customerCount'] : columnKeys);
		const hasAddedNames = columnKeys.some((key) => namedEntity.columns[key]?.isAddedName);
		const nameNote = hasAddedNames ? ' (with Add Names)' : '';
		const latest = group.latest
			? `. If the range has no first day and does not end in the past, also ${formatLatest(group.latest)}`
			: '';
		return [group.displayName, keys + nameNote + latest];
	});
	const sumVerb = totals.sums.length === 1 ? 'sum is' : 'sums are';
	const sums = totals.sums.length > 0 ? ` The ${sumVerb} ${formatKeys(totals.sums)}.` : '';
	const intro = `**Output:** [Fields of totals](#fields-of-totals) shows the fields of an item.${sums}`;
	const dateName = entity.columns[totals.date]?.displayName ?? '';
	const units = [`Week, Month, Quarter (of ${dateName})`, formatKeys(['week', 'month', 'quarter'])];
	return `${intro}\n\n${markdownTable(['Group By', 'fields'], [...rows, units])}`;
}

/** Columns of the output of some operations with the same record. */
interface RecordColumns {
	entity: Entity;
	columns: Columns;
	operationNames: string[];
}

const listSimplified = (columns: Columns): string[] =>
	Object.keys(columns).filter((key) => !columns[key]?.selectedOnly);

/** Lists the records of the operations of a resource, each with its different columns. */
function listRecords(operations: readonly Operation[]): RecordColumns[][] {
	const records: RecordColumns[] = [];
	for (const operation of operations) {
		const { entity, kind, name } = operation;
		if (!entity || kind === 'totals') continue;
		const columns = listColumns(operation);
		const equal = records.find((record) => JSON.stringify(record.columns) === JSON.stringify(columns));
		if (equal) equal.operationNames.push(name);
		else records.push({ entity, columns, operationNames: [name] });
	}
	// The columns that come first determine the order in the table. Those of an update are mostly not in its simplified output.
	const countColumns = ({ columns }: RecordColumns): number =>
		listSimplified(columns).length * 100 + Object.keys(columns).length;
	const sortedRecords = records.toSorted((a, b) => countColumns(b) - countColumns(a));
	const recordNames = [...new Set(records.map(({ entity }) => entity.pluralName))];
	return recordNames.map((name) => sortedRecords.filter(({ entity }) => entity.pluralName === name));
}

/** Whether the simplified output omits columns of the first entity that another entity has, too. */
const isReduced = ({ columns }: RecordColumns, [first]: RecordColumns[]): boolean =>
	listSimplified(first?.columns ?? {}).some((key) => columns[key]?.selectedOnly);

const formatOperations = (uses: RecordColumns[]): string =>
	formatList(uses.flatMap(({ operationNames }) => operationNames).sort((a, b) => a.localeCompare(b)));

/** Describes the operations whose output contains a column, and the conditions if they differ. */
function describeColumn(key: string, uses: RecordColumns[]): string {
	const usesWithColumn = uses.filter(({ columns }) => columns[key]);
	const presences = usesWithColumn
		.filter((use) => !isReduced(use, uses))
		.map((use) => ({ use, presence: use.columns[key] ? describePresence(use.columns[key]) : '' }));
	const [presence = '', ...others] = new Set(presences.map((entry) => entry.presence));
	const operations = usesWithColumn.length === uses.length ? '' : `only in ${formatOperations(usesWithColumn)}`;
	if (others.length === 0) return [operations, presence].filter(Boolean).join('; ');
	const conditions = [presence, ...others].filter(Boolean).map((text) => {
		const usesWithPresence = presences.filter((entry) => entry.presence === text).map(({ use }) => use);
		return `in ${formatOperations(usesWithPresence)} ${text}`;
	});
	return [operations, ...conditions].filter(Boolean).join('; ');
}

/** Builds the tables of a record's columns in all its operations, and of the columns of its lines. */
function buildEntitySection(uses: RecordColumns[]): string {
	const columns = Object.assign({}, ...uses.map((use) => use.columns)) as Columns;
	const reducedOutputs = uses
		.filter((use) => isReduced(use, uses))
		.map(
			(use) =>
				`In ${formatList(use.operationNames)}, Simplified contains only ${formatList(listSimplified(use.columns).map((key) => `\`${key}\``))}.`,
		);
	const operationNames = uses.flatMap((use) => use.operationNames).sort((a, b) => a.localeCompare(b));
	const section = [
		`### Fields of ${uses[0]?.entity.pluralName}`,
		[
			`${operationNames.length === 1 ? 'Operation' : 'Operations'}: ${operationNames.join(', ')}.`,
			...reducedOutputs,
		].join(' '),
		buildColumnTable(columns, (key) => describeColumn(key, uses)),
	];
	const lines = uses.find(({ entity }) => entity.lines)?.entity.lines;
	if (!lines) return section.join('\n\n');
	const parentColumns = formatList(lines.parentColumns.map((key) => `\`${key}\``));
	const linesIntro = `One Item per Row returns one item per ${lines.rowName}. Each item contains ${parentColumns} of the record, and these fields:`;
	const describeLineColumn = (key: string): string => (lines.columns[key] ? describePresence(lines.columns[key]) : '');
	return [...section, linesIntro, buildColumnTable(lines.columns, describeLineColumn)].join('\n\n');
}

async function buildResourceSection({ name, value, description, operations }: Resource): Promise<string> {
	const sortedOperations = allOperations
		.filter(({ resource }) => resource === value)
		.sort((a, b) => a.operation.name.localeCompare(b.operation.name));
	return [
		formatHeading(`## ${name}`, description),
		...(await Promise.all(sortedOperations.map(buildOperationSection))),
		...listRecords(operations).map(buildEntitySection),
	].join('\n\n');
}

/**
 * Inserts tables, or sections with tables, between the markers of a document.
 * @throws Error if the document lacks a marker
 */
function insertTables(file: string, tables: Record<string, string>): string {
	return Object.entries(tables).reduce(
		(text, [tableName, tableText]) => {
			const markers = [`<!-- ${tableName}: made by npm run generate -->`, `<!-- end of ${tableName} -->`] as const;
			const [textBefore, remainder] = text.split(markers[0]);
			const [, textAfter] = remainder?.split(markers[1]) ?? [];
			if (textBefore === undefined || textAfter === undefined)
				throw new Error(`${file} does not have ${markers.join(' and ')}`);
			return `${textBefore}${markers[0]}\n${tableText}\n${markers[1]}${textAfter}`;
		},
		readFileSync(file, 'utf8'),
	);
}

/** Builds the table row with the evidence of an operation. */
async function buildEvidenceRow(operationEntry: OperationEntry): Promise<string[]> {
	const sentOperations = await Promise.all(getRequestedOperations(operationEntry).map(findContractOperation));
	const resourceName = findResourceName(operationEntry.resource) ?? '';
	const joinCells = (toCell: (sentOperation: ContractOperation) => string): string =>
		sentOperations.map(toCell).join(', ');
	const evidence = joinCells((sentOperation) => sentOperation['x-evidence']);
	const page = joinCells((sentOperation) => sentOperation['x-page']);
	return [resourceName, operationEntry.operation.name, joinCells(formatRequest), evidence, page];
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
	const overview = resources.map(({ name, operations }) => {
		const operationNames = operations.map((operation) => operation.name).sort((a, b) => a.localeCompare(b));
		return [`**${name}**`, operationNames.join(', ')];
	});
	const resourceSections = await Promise.all(resources.map(buildResourceSection));
	const evidenceRows = await Promise.all(contractOperations.map(buildEvidenceRow));
	return {
		...(Object.fromEntries(schemas) as Record<string, string>),
		[README_FILE]: insertTables(README_FILE, {
			operations: markdownTable(['resource', 'operations'], overview),
			examples: buildReadmeExampleTable(),
		}),
		[EXAMPLES_FILE]: insertTables(EXAMPLES_FILE, buildExampleTables()),
		[REFERENCE_FILE]: insertTables(REFERENCE_FILE, { resources: resourceSections.join('\n\n') }),
		[EVIDENCE_FILE]: insertTables(EVIDENCE_FILE, {
			evidence: markdownTable(['resource', 'operation', 'sends', 'evidence', 'page'], evidenceRows),
		}),
	};
}
