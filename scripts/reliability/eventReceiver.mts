import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { ScriptContext } from '../instance/scriptContext.mts';

/** Event that a running workflow reported. */
export interface ReceivedEvent {
	eventId: number;
	executionId: number;
}

/** Server to which a workflow reports each event that it processes. */
export interface EventReceiver {
	/** URL for the reports, for example `http://127.0.0.1:5680/`. */
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
