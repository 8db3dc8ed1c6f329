import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLE_IDS, MAIN_EXAMPLE_ID } from '../instance/exampleIds.mts';
import { markdownTable } from './markdownTable.mts';

const EXAMPLES_FOLDER = 'examples';

/** Examples in README.md. */
const README_IDS = [
	MAIN_EXAMPLE_ID,
	'visits-per-salesperson-by-email',
	'events-of-yesterday-to-line',
	'new-complaint-to-slack',
	'customers-to-data-table',
	'leads-from-excel',
	'ask-venio-in-a-chat',
];

/** Services of n8n's credential types. Empty for passwords that the user chooses for pages and tools of n8n. */
const SERVICES: Record<string, string> = {
	goFiveApi: '',
	httpBasicAuth: '',
	httpBearerAuth: '',
	smtp: 'Email (SMTP)',
	googleSheetsOAuth2Api: 'Google',
	openAiApi: 'OpenAI or another model',
	slackApi: 'Slack',
	telegramApi: 'Telegram',
};

/** Service to which a node of HTTP Request sends, with a credential of any service. */
const LINE_URL = 'https://api.line.me/';

/** Part of a node that the tables read. */
interface ExampleNode {
	parameters: { content?: string; url?: string };
	credentials?: Record<string, object>;
}

/** Part of a workflow file that the tables read. */
interface ExampleFile {
	name: string;
	nodes: ExampleNode[];
}

/**
 * Lists the services whose account a node requires in addition to GoFive's.
 * @throws Error for an unknown type of credential
 */
function listServicesOfNode({ parameters: { url = '' }, credentials = {} }: ExampleNode): string[] {
	if (url.includes(LINE_URL)) return ['LINE'];
	return Object.keys(credentials).flatMap((type) => {
		const service = SERVICES[type];
		if (service === undefined) throw new Error(`Add the type of credential ${type} to SERVICES`);
		return service === '' ? [] : [service];
	});
}

/** Lists the services whose account a workflow requires in addition to GoFive's. */
const listServices = ({ nodes }: ExampleFile): string[] => [...new Set(nodes.flatMap(listServicesOfNode))];

/** Returns the first sentence after the steps of the note on the canvas. */
function findSummary({ nodes }: ExampleFile): string {
	const summaries = nodes.map(({ parameters }) => /\n\d+\. .*\n\n(.*?[.])(?:\s|$)/.exec(parameters.content ?? '')?.[1]);
	return summaries.find(Boolean) ?? '';
}

function buildTable(ids: string[], linkPrefix: string): string {
	const rows = ids.map((id) => {
		const example = JSON.parse(readFileSync(path.join(EXAMPLES_FOLDER, `${id}.json`), 'utf8')) as ExampleFile;
		return [`[${example.name}](${linkPrefix}${id}.json)`, findSummary(example), listServices(example).join(', ')];
	});
	return markdownTable(['workflow', 'what it does', 'other account'], rows);
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
		throw new Error(`Add to EXAMPLE_IDS in scripts/instance/exampleIds.mts: ${missingFiles.join(', ')}`);
	return Object.fromEntries(Object.entries(EXAMPLE_IDS).map(([purpose, list]) => [purpose, buildTable(list, '')]));
}
