import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { DAY_MS, HOUR_MS } from '../../../nodes/GoFive/shared/units';
import type { SandboxRecord } from '../../../sandbox/recordLists.mts';
import { loadTrigger, runNode } from '../harness.cts';
import type { TriggerPollResult } from '../harness.cts';
import { clock, installPausedClock, setupExecutionFixture } from '../executionFixture.cts';
import { loadSavedWorkflowEvents } from './savedWorkflowEvents.cts';

/*
 * Executes the workflows in test/saved/, which were saved in a real n8n.
 * Results, messages and requests may change by decision only, because users have these workflows.
 *
 * CONTRIBUTING.md describes how to accept a change ("What workflows depend on").
 *
 * To add a workflow with the node GoFive, run `npm start`, create it from a Manual Trigger with pinned items, and
 * save it.
 * To add one with GoFive Trigger, call `loadSavedWorkflowEvents` in scripts/start.mts for this run, publish the
 * workflow, and create the events that `createEvent` creates with Customer Event > Create. Wait until the trigger has
 * emitted them, which makes n8n store its state. n8n also stores the state of the first poll of a trigger.
 * Then export the workflow into test/saved/ with n8n's command:
 *     n8n export:workflow --id=... --pretty --output=...
 * N8N_USER_FOLDER is the newest n8n-nodes-gofive-* in the folder for temporary files.
 * The editor stores no parameter with its default value. A workflow created by POST /rest/workflows must omit them too.
 */
const savedFolder = join(__dirname, '../../saved');

/** Used part of a stored workflow. */
interface SavedWorkflow {
	/** Current time of the test: the sandbox's events are around it, and the triggers have seen them. */
	updatedAt: string;
	nodes: INode[];
	pinData: Record<string, Array<{ json: IDataObject }>> | null;
	staticData: IDataObject | null;
}

/** Customers with an event that the triggers had emitted before the workflows were stored. */
const CUSTOMERS_WITH_EVENT = ['C000055', 'ลูกค้า 1'];

const fixture = setupExecutionFixture({ resetsForEachTest: false });
afterEach(() => jest.restoreAllMocks());

/** Creates an event for tomorrow in Thailand. */
const createEvent = (customerCode: string, eventName: string, now: number): SandboxRecord =>
	fixture.sandbox.records.customerEvents.createFromRequest({
		customerCode,
		eventName,
		eventType: 1,
		eventDate: `${new Date(now + (24 + 7) * HOUR_MS).toISOString().slice(0, 10)}T10:00:00`,
	});

/** Restores the records with which the workflows were saved. */
function loadSavedRecords(now: number): void {
	fixture.sandbox.reset();
	const { records } = fixture.sandbox;
	loadSavedWorkflowEvents(records, now);
	records.employees.fill(230);
	records.deals.fill(230);
	records.expenses.fill(0);
	records.expenses.create({ expenseDetails: [{ expenseTypeId: 1003 }] }, 4);
	records.products.create({ productCode: '7' });
}

/** Shortens a long list to its first two texts, its length and its last text. */
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

/** Formats the requests without token requests: reads sorted, because they run in parallel, then writes. */
function formatRequests(): string[] {
	const outputLines = fixture.apiRequests.map(({ method, path, query, body }) =>
		`${method} ${[path, query].filter(Boolean).join('?')} ${body}`.trim(),
	);
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

/**
 * Polls twice after a start of n8n with stored state, with one event changed and one created in between. A trigger for
 * records that do not change polls again after its days.
 */
async function pollTrigger(
	{ parameters }: INode,
	staticData: IDataObject,
	knownEvents: SandboxRecord[],
	now: number,
): Promise<string[]> {
	const trigger = loadTrigger({ parameters, credential: fixture.credential, staticData });
	const formatPoll = ({ data, error }: TriggerPollResult) => [...formatItems(data ?? []), ...formatError(error)];
	const { customerEvents } = fixture.sandbox.records;
	for (const { eventId } of knownEvents) customerEvents.update(String(eventId), { eventName: 'Changed' });
	createEvent('C000055', 'New', now);
	const first = formatPoll(await trigger.poll({ activation: 'init' }));
	const second = formatPoll(await trigger.poll());
	const outputLines = ['first poll:', ...first, 'second poll:', ...second];
	const { daysWithoutChange } = parameters;
	if (typeof daysWithoutChange !== 'number') return outputLines;
	clock.now = () => now + daysWithoutChange * DAY_MS;
	return [...outputLines, `after ${daysWithoutChange} days:`, ...formatPoll(await trigger.poll())];
}

test.each(readdirSync(savedFolder))('%s', async (file) => {
	const [saved] = JSON.parse(readFileSync(join(savedFolder, file), 'utf8')) as [SavedWorkflow];
	const { updatedAt, nodes, pinData, staticData } = saved;
	const now = Date.parse(updatedAt);
	jest.spyOn(Date, 'now').mockReturnValue(now);
	loadSavedRecords(now);
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
