import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { StoredEvent } from '../../sandbox/store.mts';
import { openTrigger, runNode } from './harness.cts';
import type { PollResult } from './harness.cts';
import { holdTime, openWorld } from './world.cts';

/*
 * The workflows in test/saved/ were made in a real n8n, and stand there as n8n stores them. Each is executed here; what
 * comes out, what a person is told and what GoFive is sent may change by decision only, since people have such workflows.
 *
 * A changed result is seen in the diff of __snapshots__/saved.test.cts.snap, and accepted with:
 *     npx gulp && npx jest engine/saved --selectProjects engine-2x -u
 *
 * A new workflow: run `npm start`, make it in the editor from a Manual Trigger with pinned items and the node GoFive, and
 * save it. Or from GoFive Trigger: publish it, create the events of `TOLD` in the sandbox (POST /__sandbox/events) as `create` does,
 * and wait until it has told of them, which makes n8n store its memory. Then write it into test/saved/ with n8n's own command
 *     n8n export:workflow --id=... --pretty --output=...
 * (N8N_USER_FOLDER is the newest n8n-nodes-gofive-* in the folder for temporary files). The editor stores no parameter that has its
 * default; a workflow that is made by POST /rest/workflows has to leave them out too.
 */
const folder = join(__dirname, '../saved');

/** What is read of a workflow that n8n has stored. */
interface Saved {
	/** The day that it is in the test: the sandbox has events around it, and triggers remember them. */
	updatedAt: string;
	nodes: INode[];
	pinData: Record<string, Array<{ json: IDataObject }>> | null;
	staticData: IDataObject | null;
}

const HOUR = 3_600_000;
/** Customers with an event that was created, and told by the triggers, before the workflows were stored. */
const TOLD = ['C000055', 'ลูกค้า 1'];

const world = openWorld({ isFresh: false });
afterEach(() => jest.restoreAllMocks());

/** A new event, tomorrow in Thailand. */
const create = (customerCode: string, eventName: string, now: number): StoredEvent =>
	world.sandbox.store.createEvent({ customerCode, eventName, eventType: 1, eventDate: `${new Date(now + (24 + 7) * HOUR).toISOString().slice(0, 10)}T10:00:00` });

/** Of a long list the first, the last, and how many there are. */
const shortened = (lines: string[]) => (lines.length > 50 ? [...lines.slice(0, 2), `... ${lines.length} in all`, ...lines.slice(-1)] : lines);

const items = (outputs: INodeExecutionData[][]) =>
	outputs.flatMap((output, index) => shortened(output.map(({ json, pairedItem }) => `output ${index}${pairedItem ? `, of ${JSON.stringify(pairedItem)}` : ''}: ${JSON.stringify(json)}`)));

const stopped = (error?: Error & { description?: string | null }) => (error ? [`stopped: ${error.message} | ${error.description}`] : []);

/** What GoFive was sent, but for sign-ins: reads, in no order, and then writes. */
function sent(): string[] {
	const lines = world.sandbox.requests
		.filter(({ operationId }) => operationId !== 'createToken')
		.map(({ method, path, query, body }) => `${method} ${[path, query].filter(Boolean).join('?')} ${body}`.trim());
	const isRead = (line: string) => line.startsWith('GET ');
	return [...lines.filter(isRead).sort(), ...lines.filter((line) => !isRead(line))];
}

async function execute({ parameters, onError, executeOnce, alwaysOutputData }: INode, pinned: Saved['pinData']): Promise<string[]> {
	const input = Object.values(pinned ?? {}).flat().map(({ json }) => json);
	const { outputs, hints, error } = await runNode({ parameters, onError, executeOnce, alwaysOutputData, credential: world.credential, items: input });
	return [...items(outputs), ...hints.map(({ message }) => `hint: ${message}`), ...stopped(error)];
}

/** n8n starts again and finds what the trigger has stored; meanwhile an event was changed and one was added. */
async function poll({ parameters }: INode, staticData: IDataObject, told: StoredEvent[], now: number): Promise<string[]> {
	const trigger = openTrigger({ parameters, credential: world.credential, staticData });
	const lines = ({ data, error }: PollResult) => [...items(data ?? []), ...stopped(error)];
	for (const { eventId } of told) world.sandbox.store.updateEvent(eventId, { eventName: 'Changed' });
	create('C000055', 'New', now);
	const first = lines(await trigger.poll({ activation: 'init' }));
	return ['first poll:', ...first, 'second poll:', ...lines(await trigger.poll())];
}

test.each(readdirSync(folder))('%s', async (file) => {
	const [saved] = JSON.parse(readFileSync(join(folder, file), 'utf8')) as [Saved];
	const { updatedAt, nodes, pinData, staticData } = saved;
	const now = Date.parse(updatedAt);
	jest.spyOn(Date, 'now').mockReturnValue(now);
	world.sandbox.reset();
	const told = TOLD.map((customerCode) => create(customerCode, 'Told before', now));
	const { restore } = holdTime();
	const lines: string[] = [];
	try {
		for (const node of nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'))) {
			lines.push(...(node.type.endsWith('Trigger') ? await poll(node, staticData ?? {}, told, now) : await execute(node, pinData)));
		}
	} finally {
		restore();
	}
	expect(lines.length).toBeGreaterThan(0);
	expect(`\n${[...lines, ...sent()].join('\n')}\n`).toMatchSnapshot();
});
