import Table from 'cli-table3';
import type { PreparedInstance, RunningInstance } from '../instance/startInstance.mts';
import { MAIN_EXAMPLE_ID, findManualTriggerName } from '../instance/exampleWorkflowFiles.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ItemJson } from '../instance/restClient.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';

/** Columns of the table, in this order, as far as the items have them. */
const TABLE_COLUMNS = ['eventId', 'eventDate', 'eventTypeName', 'eventName', 'description', 'customerCode'];
const MAX_CELL_LENGTH = 32;

/**
 * Executes the main example in n8n and prints its items, and what the sandbox received for it.
 * @throws UserFacingError when it fails, gives no items, or its date range did not arrive.
 */
export async function runExample(script: ScriptContext, instance: RunningInstance): Promise<void> {
	const { sandbox, server, examples } = instance;
	const example = examples.find(({ id }) => id === MAIN_EXAMPLE_ID);
	if (!example) throw new Error('The main example is missing');
	console.log(`\nExecuting "${example.name}" in n8n ...`);
	const { status, error, items } = await server.rest.executeAndWait(example.id, findManualTriggerName(example) ?? '');
	if (status !== 'success')
		throw new UserFacingError(`The example did not succeed: ${error?.message ?? status}`, `See ${script.logFile}`);
	const outputItems = items(example.nodes.at(-1)?.name ?? '');
	if (outputItems.length === 0) throw new UserFacingError('The example gave no items.', `See ${script.logFile}`);
	printItems(outputItems);
	const dateRange = readReceivedDateRange(instance);
	console.log(
		`\n${outputItems.length} items. The date range arrived in the body of the GET at ${sandbox.url}: ${dateRange}`,
	);
}

function printItems(items: ItemJson[]): void {
	const head = TABLE_COLUMNS.filter((column) => items.some((item) => column in item));
	const table = new Table({ head, style: { head: [], border: [] } });
	for (const item of items) table.push(head.map((column) => formatCell(item[column])));
	console.log(table.toString());
}

function formatCell(value: unknown): string {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const characters = [...text.replaceAll(/\s+/gu, ' ')];
	return characters.length > MAX_CELL_LENGTH
		? `${characters.slice(0, MAX_CELL_LENGTH - 1).join('')}…`
		: characters.join('');
}

/** The range as the sandbox received it, compared with the days that the example's node asks for. */
function readReceivedDateRange({ sandbox, examples }: PreparedInstance): string {
	const request = sandbox.requestLog.find(({ path }) => path.endsWith('/customerEvent/filter'));
	if (!request)
		throw new UserFacingError('The sandbox received no request for the events.', 'See the requests it logs.');
	const exampleNode = examples
		.find(({ id }) => id === MAIN_EXAMPLE_ID)
		?.nodes.find(({ type }) => type.endsWith('.goFive'));
	const body = (request.bodyBytes.length > 0 ? JSON.parse(request.body) : {}) as ItemJson;
	const hasArrived = (key: string, parameter: string): boolean => {
		const [sent, day] = [body[key], exampleNode?.parameters[parameter]];
		return typeof sent === 'string' && typeof day === 'string' && sent.slice(0, 10) === day.slice(0, 10);
	};
	if (request.method === 'GET' && hasArrived('DateFrom', 'dateFrom') && hasArrived('DateTo', 'dateTo')) {
		return `${request.body} (${request.bodyBytes.length} bytes)`;
	}
	throw new UserFacingError(
		`The date range did not arrive: ${request.method} with ${request.bodyBytes.length} bytes of body.`,
		'See how nodes/GoFive/api sends the body of a GET.',
	);
}
