import Table from 'cli-table3';
import type { Running, Served } from './bringUp.mts';
import { MAIN_EXAMPLE, startedHere } from './examples.mts';
import { PlainStop } from './plain.mts';
import type { Item } from './rest.mts';
import type { Session } from './session.mts';

/** Columns of the table, in this order, as far as the items have them. */
const COLUMNS = ['eventId', 'eventDate', 'eventTypeName', 'eventName', 'description', 'customerCode'];
const WIDEST = 32;

/**
 * Executes the main example in n8n and prints its items, and what the sandbox received for it.
 * @throws PlainStop when it fails, gives no items, or its date range did not arrive.
 */
export async function runExample(session: Session, running: Served): Promise<void> {
	const { sandbox, server, examples } = running;
	const example = examples.find(({ id }) => id === MAIN_EXAMPLE);
	if (!example) throw new Error('The main example is missing');
	console.log(`\nExecuting "${example.name}" in n8n ...`);
	const { status, error, items } = await server.rest.execute(example.id, startedHere(example) ?? '');
	if (status !== 'success') throw new PlainStop(`The example did not succeed: ${error?.message ?? status}`, `See ${session.log}`);
	const given = items(example.nodes.at(-1)?.name ?? '');
	if (given.length === 0) throw new PlainStop('The example gave no items.', `See ${session.log}`);
	print(given);
	const range = receivedRange(running);
	console.log(`\n${given.length} items. The date range arrived in the body of the GET at ${sandbox.url}: ${range}`);
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
