import Table from 'cli-table3';
import type { Running } from './bringUp.mts';
import { MAIN_EXAMPLE, startedHere, type Example } from './examples.mts';
import { PlainStop } from './plain.mts';
import type { Session } from './session.mts';

type Item = Record<string, unknown>;

/** What `n8n execute --rawOutput` prints, as far as it is read here. */
interface Execution {
	status: string;
	data: {
		resultData: {
			lastNodeExecuted: string;
			error?: { message: string };
			runData: Record<string, Array<{ data?: { main: Array<Array<{ json: Item }> | null> } }>>;
		};
	};
}

/** Columns of the table, in this order, as far as the items have them. */
const COLUMNS = ['eventId', 'eventDate', 'eventTypeName', 'eventName', 'description', 'customerCode'];
const WIDEST = 32;
/** Milliseconds that the execution may take, the start of n8n included. */
const PATIENCE = 300_000;

/** Executes an example in n8n. @returns the items of its last node; @throws PlainStop when it fails, or gives none */
async function execute(session: Session, { n8n, env }: Running, { id, name }: Pick<Example, 'id' | 'name'>): Promise<Item[]> {
	console.log(`\nExecuting "${name}" in n8n ...`);
	const args = [n8n.program, 'execute', `--id=${id}`, '--rawOutput'];
	// The printed execution decides, not the exit code: n8n 2.41 may crash while it is closing down afterwards.
	const { stdout } = await session.run(n8n.node, args, { env, patience: PATIENCE });
	const items = itemsOf(readExecution(stdout, session.log));
	if (items.length === 0) throw new PlainStop(`The example "${name}" gave no items.`, `The execution is in ${session.log}`);
	return items;
}

/** Executes the examples that a person starts by hand and that need nothing but GoFive, apart from the main one. @throws PlainStop when one fails, or gives no items */
export async function runOtherExamples(session: Session, running: Running): Promise<void> {
	const others = running.examples.filter((example) => example.id !== MAIN_EXAMPLE && startedHere(example) !== undefined);
	for (const example of others) {
		const items = await execute(session, running, example);
		console.log(`${items.length === 1 ? '1 item' : `${items.length} items`}.`);
	}
}

/**
 * Executes the main example in n8n and prints its items, and what the sandbox received for it.
 * @throws PlainStop when it fails, gives no items, or its date range did not arrive.
 */
export async function runExample(session: Session, running: Running): Promise<void> {
	const { sandbox } = running;
	const items = await execute(session, running, { id: MAIN_EXAMPLE, name: 'Customer events of one customer' });
	print(items);
	const range = receivedRange(running);
	console.log(`\n${items.length} items. The date range arrived in the body of the GET at ${sandbox.url}: ${range}`);
}

/** n8n prints log lines around the JSON, which begins and ends with a brace alone on its line. */
function readExecution(output: string, log: string): Execution {
	const json = /^\{$[\s\S]*^\}$/mu.exec(output)?.[0];
	if (json === undefined) throw new PlainStop('n8n did not execute the example.', `What it printed is in ${log}`);
	const execution = JSON.parse(json) as Execution;
	const { error } = execution.data.resultData;
	if (execution.status === 'success' && !error) return execution;
	throw new PlainStop(`The example did not succeed: ${error?.message ?? execution.status}`, `It is in ${log}`);
}

function itemsOf({ data: { resultData } }: Execution): Item[] {
	const runs = resultData.runData[resultData.lastNodeExecuted] ?? [];
	return runs.flatMap(({ data }) => data?.main[0] ?? []).map(({ json }) => json);
}

function print(items: Item[]): void {
	const head = COLUMNS.filter((column) => items.some((item) => column in item));
	const table = new Table({ head, style: { head: [], border: [] } });
	for (const item of items) table.push(head.map((column) => shorten(item[column])));
	console.log(table.toString());
}

function shorten(value: unknown): string {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const letters = [...text.replaceAll(/\s+/gu, ' ')];
	return letters.length > WIDEST ? `${letters.slice(0, WIDEST - 1).join('')}…` : letters.join('');
}

/** The range as the sandbox received it, compared with the days that the example's node asks for. */
function receivedRange({ sandbox, examples }: Running): string {
	const request = sandbox.requests.find(({ path }) => path.endsWith('/customerEvent/filter'));
	if (!request) throw new PlainStop('The sandbox received no request for the events.', 'See the requests it logs.');
	const asked = examples.find(({ id }) => id === MAIN_EXAMPLE)?.nodes.find(({ type }) => type.endsWith('.goFive'));
	const body = (request.bodyBytes.length > 0 ? JSON.parse(request.body) : {}) as Item;
	const arrived = (key: string, parameter: string): boolean => {
		const [sent, day] = [body[key], asked?.parameters[parameter]];
		return typeof sent === 'string' && typeof day === 'string' && sent.slice(0, 10) === day.slice(0, 10);
	};
	if (request.method === 'GET' && arrived('DateFrom', 'dateFrom') && arrived('DateTo', 'dateTo')) {
		return `${request.body} (${request.bodyBytes.length} bytes)`;
	}
	throw new PlainStop(
		`The date range did not arrive: ${request.method} with ${request.bodyBytes.length} bytes of body.`,
		'See how nodes/GoFive/api sends the body of a GET.',
	);
}
