import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../../nodes/GoFive/resources/index.ts';
import { MAIN_EXAMPLE_ID } from '../instance/mainExample.mts';
import { markdownTable } from './markdownTable.mts';

const EXAMPLES_FOLDER = path.join(import.meta.dirname, '..', '..', 'examples');

/** Names of the example files by purpose, in the order of the documents. */
const EXAMPLE_IDS = {
	reports: [
		MAIN_EXAMPLE_ID,
		'events-of-last-month-to-sheet',
		'quotations-per-salesperson',
		'customers-without-events-to-slack',
		'customer-events',
		'deal-pipeline',
		'expenses-of-a-month',
		'sales-orders-to-sheet',
		'price-list',
	],
	alerts: ['events-of-yesterday-to-line', 'new-complaint-to-slack', 'deal-stage-to-slack', 'low-stock-to-slack'],
	updates: [
		'stock-of-sheet-to-venio',
		'stock-levels',
		'new-expenses-to-sheet',
		'completed-quotation-to-sales-order',
		'new-customer-welcome-event',
		'sales-order-webhook',
	],
	others: [
		'form-to-customer-event',
		'customers-of-a-form',
		'quotation-to-sales-order',
		'contract-renewal',
		'case-for-an-employee',
		'visit-message',
		'header-templates-any-endpoint',
	],
};

/** Examples in README.md. */
const README_IDS = [
	MAIN_EXAMPLE_ID,
	'events-of-last-month-to-sheet',
	'quotations-per-salesperson',
	'events-of-yesterday-to-line',
	'new-complaint-to-slack',
	'stock-of-sheet-to-venio',
];

/** Part of a workflow file that the tables read. */
interface ExampleFile {
	name: string;
	nodes: Array<{ type: string; parameters: { resource?: string; content?: string } }>;
}

/** Lists the resources that a workflow uses, and GoFive Trigger. */
function listResourceNames({ nodes }: ExampleFile): string[] {
	const goFiveNodes = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
	const names = goFiveNodes.map(({ parameters }) => {
		const resource = resources.find(({ value }) => value === parameters.resource);
		return resource?.name ?? 'GoFive Trigger';
	});
	return [...new Set(names)];
}

/** Returns the first sentence of the note on the canvas. */
function findSummary({ nodes }: ExampleFile): string {
	const summaries = nodes.map(({ parameters }) => /^## .*\n(.*?[.])(?:\s|$)/.exec(parameters.content ?? '')?.[1]);
	return summaries.find(Boolean) ?? '';
}

function buildTable(ids: string[], linkPrefix: string): string {
	const rows = ids.map((id) => {
		const example = JSON.parse(readFileSync(path.join(EXAMPLES_FOLDER, `${id}.json`), 'utf8')) as ExampleFile;
		return [`[${example.name}](${linkPrefix}${id}.json)`, findSummary(example), listResourceNames(example).join(', ')];
	});
	return markdownTable(['workflow', 'what it does', 'shows'], rows);
}

/** Builds the table of examples in README.md. */
export const buildReadmeExampleTable = (): string => buildTable(README_IDS, 'examples/');

/**
 * Builds the tables of all examples, by purpose.
 * @throws Error if an example file belongs to no purpose
 */
export function buildExampleTables(): Record<string, string> {
	const ids = Object.values(EXAMPLE_IDS).flat();
	const files = readdirSync(EXAMPLES_FOLDER).filter((name) => name.endsWith('.json'));
	const missingFiles = files.filter((name) => !ids.includes(path.basename(name, '.json')));
	if (missingFiles.length > 0)
		throw new Error(`Add to EXAMPLE_IDS in scripts/generate/exampleTables.mts: ${missingFiles.join(', ')}`);
	return Object.fromEntries(Object.entries(EXAMPLE_IDS).map(([purpose, list]) => [purpose, buildTable(list, '')]));
}
