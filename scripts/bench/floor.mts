/**
 * The floor: a bare client that keeps its connections, at a fixed width, without n8n. Runs in a process of its own:
 * node floor.mts '{"url", "headers", "body", "codes", "width", "repetitions"}' prints the milliseconds of each repetition.
 */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the floor is to fetch. */
export interface FloorTask {
	url: string;
	headers: Record<string, string>;
	body: string;
	codes: string[];
	width: number;
	repetitions: number;
}

const task = JSON.parse(process.argv[2] ?? '{}') as FloorTask;
const agent = new Agent({ keepAlive: true, maxSockets: task.width });

async function fetchEvents(code: string): Promise<unknown> {
	const url = `${task.url}?customerCode=${encodeURIComponent(code)}`;
	const headers = { ...task.headers, 'content-length': Buffer.byteLength(task.body) };
	const answer = await new Promise<string>((resolve, reject) => {
		const sent = request(url, { agent, headers }, (response) => {
			if (response.statusCode === 200) text(response).then(resolve, reject);
			else reject(new Error(`The sandbox answered ${response.statusCode}`));
		});
		sent.on('error', reject);
		sent.end(task.body);
	});
	return JSON.parse(answer) as unknown;
}

async function once(): Promise<number> {
	const codes = [...task.codes];
	const started = performance.now();
	const worker = async (): Promise<void> => {
		for (let code = codes.pop(); code !== undefined; code = codes.pop()) await fetchEvents(code);
	};
	await Promise.all(Array.from({ length: task.width }, worker));
	return performance.now() - started;
}

const times: number[] = [];
for (let index = 0; index < task.repetitions; index++) times.push(await once());
agent.destroy();
console.log(JSON.stringify(times));
