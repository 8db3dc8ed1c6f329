import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { buildLinearWorkflow, buildGoFiveTriggerNode, type WorkflowDefinition } from '../instance/workflowBuilder.mts';

/** Codes of the customers whose events start the workflow. */
export const WATCHED_CUSTOMER_CODES = ['C000055', 'C000154', 'L000308', 'ลูกค้า 1'];
/** Id of the workflow. */
export const RELIABILITY_WORKFLOW_ID = 'reliability';
/** Time in ms between two events of an execution, so that some kills interrupt executions. */
const EVENT_INTERVAL_MS = 50;

/** Event that a running workflow reported. */
interface ReceivedEvent {
	eventId: number;
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
				jsonBody: '={{ JSON.stringify({ eventId: $json.eventId }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: EVENT_INTERVAL_MS } } },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]),
	id: RELIABILITY_WORKFLOW_ID,
});
