import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { StoredEvent } from '../../../sandbox/dataStore.mts';
import { loadTrigger, runNode } from '../harness.cts';
import type { TriggerPollResult } from '../harness.cts';
import { installPausedClock, setupExecutionFixture } from '../executionFixture.cts';

/*
 * The workflows in test/saved/ were made in a real n8n, and stand there as n8n stores them. Each is executed here; what
 * comes out, what a person is told and what GoFive is sent may change by decision only, since people have such workflows.
 *
 * A changed result is seen in the diff of __snapshots__/workflows.test.cts.snap, and accepted with:
 *     npx gulp && npx jest engine/workflows -t savedWorkflows --selectProjects engine-2x -u
 *
 * A new workflow: run `npm start`, make it in the editor from a Manual Trigger with pinned items and the node GoFive, and
 * save it. Or from GoFive Trigger: publish it, create the events of `TOLD` in the sandbox (POST /__sandbox/events) as `create` does,
 * and wait until it has told of them, which makes n8n store its memory. Then write it into test/saved/ with n8n's own command
 *     n8n export:workflow --id=... --pretty --output=...
 * (N8N_USER_FOLDER is the newest n8n-nodes-gofive-* in the folder for temporary files). The editor stores no parameter that has its
 * default; a workflow that is made by POST /rest/workflows has to leave them out too.
 */
const savedFolder = join(__dirname, '../../saved');

/** What is read of a workflow that n8n has stored. */
interface SavedWorkflow {
	/** The day that it is in the test: the sandbox has events around it, and triggers remember them. */
	updatedAt: string;
	nodes: INode[];
	pinData: Record<string, Array<{ json: IDataObject }>> | null;
	staticData: IDataObject | null;
}

const HOUR_MS = 3_600_000;
/** Customers with an event that was created, and told by the triggers, before the workflows were stored. */
const CUSTOMERS_WITH_EVENT = ['C000055', 'ลูกค้า 1'];

const fixture = setupExecutionFixture({ isFresh: false });
afterEach(() => jest.restoreAllMocks());

/** A new event, tomorrow in Thailand. */
const createEvent = (customerCode: string, eventName: string, now: number): StoredEvent =>
	fixture.sandbox.store.createEvent({
		customerCode,
		eventName,
		eventType: 1,
		eventDate: `${new Date(now + (24 + 7) * HOUR_MS).toISOString().slice(0, 10)}T10:00:00`,
	});

/** Of a long list the first, the last, and how many there are. */
const abbreviate = (texts: string[]) =>
	texts.length > 50 ? [...texts.slice(0, 2), `... ${texts.length} in all`, ...texts.slice(-1)] : texts;

const formatItems = (outputs: INodeExecutionData[][]) =>
	outputs.flatMap((output, index) =>
		abbreviate(
			output.map(
				({ json, pairedItem }) =>
					`output ${index}${pairedItem ? `, of ${JSON.stringify(pairedItem)}` : ''}: ${JSON.stringify(json)}`,
			),
		),
	);

const formatError = (error?: Error & { description?: string | null }) =>
	error ? [`stopped: ${error.message} | ${error.description}`] : [];

/** What GoFive was sent, but for sign-ins: reads, in no order, and then writes. */
function formatRequests(): string[] {
	const outputLines = fixture.sandbox.requestLog
		.filter(({ operationId }) => operationId !== 'createToken')
		.map(({ method, path, query, body }) => `${method} ${[path, query].filter(Boolean).join('?')} ${body}`.trim());
	const isRead = (line: string) => line.startsWith('GET ');
	return [...outputLines.filter(isRead).sort(), ...outputLines.filter((line) => !isRead(line))];
}

async function executeNode(
	{ parameters, onError, executeOnce, alwaysOutputData }: INode,
	pinData: SavedWorkflow['pinData'],
): Promise<string[]> {
	const input = Object.values(pinData ?? {})
		.flat()
		.map(({ json }) => json);
	const { outputs, hints, error } = await runNode({
		parameters,
		onError,
		executeOnce,
		alwaysOutputData,
		credential: fixture.credential,
		items: input,
	});
	return [...formatItems(outputs), ...hints.map(({ message }) => `hint: ${message}`), ...formatError(error)];
}

/** n8n starts again and finds what the trigger has stored; meanwhile an event was changed and one was added. */
async function pollTrigger(
	{ parameters }: INode,
	staticData: IDataObject,
	knownEvents: StoredEvent[],
	now: number,
): Promise<string[]> {
	const trigger = loadTrigger({ parameters, credential: fixture.credential, staticData });
	const formatPoll = ({ data, error }: TriggerPollResult) => [...formatItems(data ?? []), ...formatError(error)];
	for (const { eventId } of knownEvents) fixture.sandbox.store.updateEvent(eventId, { eventName: 'Changed' });
	createEvent('C000055', 'New', now);
	const first = formatPoll(await trigger.poll({ activation: 'init' }));
	return ['first poll:', ...first, 'second poll:', ...formatPoll(await trigger.poll())];
}

test.each(readdirSync(savedFolder))('%s', async (file) => {
	const [saved] = JSON.parse(readFileSync(join(savedFolder, file), 'utf8')) as [SavedWorkflow];
	const { updatedAt, nodes, pinData, staticData } = saved;
	const now = Date.parse(updatedAt);
	jest.spyOn(Date, 'now').mockReturnValue(now);
	fixture.sandbox.reset();
	const knownEvents = CUSTOMERS_WITH_EVENT.map((customerCode) => createEvent(customerCode, 'Told before', now));
	const { restore } = installPausedClock();
	const outputLines: string[] = [];
	try {
		for (const node of nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'))) {
			outputLines.push(
				...(node.type.endsWith('Trigger')
					? await pollTrigger(node, staticData ?? {}, knownEvents, now)
					: await executeNode(node, pinData)),
			);
		}
	} finally {
		restore();
	}
	expect(outputLines.length).toBeGreaterThan(0);
	expect(`\n${[...outputLines, ...formatRequests()].join('\n')}\n`).toMatchSnapshot();
});
