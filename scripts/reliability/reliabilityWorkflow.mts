import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { buildLinearWorkflow, buildGoFiveTriggerNode, type WorkflowDefinition } from '../instance/workflowBuilder.mts';

/** Environment variables that enable the durable poller of n8n 2.41. */
export const DURABLE_POLLER_ENV = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
/** Shortens the time that n8n waits after it was killed during an activation, from two minutes to 20 seconds. */
export const SHORT_LEASE_ENV = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };

/** Codes of the sandbox's customers whose events start the workflow. */
export const WATCHED_CUSTOMER_CODES = ['C000055', 'C000154', 'L000308', 'L000311'];
/** Id of the workflow. */
export const RELIABILITY_WORKFLOW_ID = 'reliability';
/** Time in ms between two events of an execution, so that some kills interrupt executions. */
const EVENT_INTERVAL_MS = 50;

/** Event that a running workflow reported. */
interface ReceivedEvent {
	eventId: number;
	executionId: number;
}

/** Server to which a workflow reports each event that it processes. */
export interface EventReceiver {
	url: string;
	/** Reported events in order of arrival. */
	receivedEvents: ReceivedEvent[];
}

/** Starts the server on a free loopback port. It ends with the script. */
export async function startEventReceiver(script: ScriptContext): Promise<EventReceiver> {
	const receivedEvents: ReceivedEvent[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Body: ReceivedEvent }>('/', async ({ body }) => {
		receivedEvents.push(body);
		return { received: body.eventId };
	});
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	script.addCleanup(() => server.close());
	return { url: `http://127.0.0.1:${port}/`, receivedEvents };
}

/** Builds the workflow: the trigger, a request to the event receiver for each event, and a last node. */
export const buildReliabilityWorkflow = ({ url }: EventReceiver): WorkflowDefinition => ({
	...buildLinearWorkflow('Reliability', [
		buildGoFiveTriggerNode({ customerCodes: WATCHED_CUSTOMER_CODES.join('\n') }),
		{
			name: 'Report event',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ eventId: $json.eventId, executionId: Number($execution.id) }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: EVENT_INTERVAL_MS } } },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]),
	id: RELIABILITY_WORKFLOW_ID,
});
