import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { ScriptContext } from '../instance/scriptContext.mts';

/** What an execution told while it ran. */
export interface ReceivedEvent {
	eventId: number;
	executionId: number;
}

/** Hears of each event that a workflow works on, whatever becomes of the execution. */
export interface EventReceiver {
	/** `http://127.0.0.1:PORT/` */
	url: string;
	/** In order of arrival. */
	receivedEvents: ReceivedEvent[];
}

/** Starts the witness on a free port of loopback; it ends with the session. */
export async function startEventReceiver(script: ScriptContext): Promise<EventReceiver> {
	const receivedEvents: ReceivedEvent[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Body: ReceivedEvent }>('/', async ({ body }) => {
		receivedEvents.push(body);
		return { heard: body.eventId };
	});
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	script.addCleanup(() => server.close());
	return { url: `http://127.0.0.1:${port}/`, receivedEvents };
}
