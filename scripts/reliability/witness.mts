import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Session } from '../start/session.mts';

/** What an execution told while it ran. */
export interface Told {
	eventId: number;
	executionId: number;
}

/** Hears of each event that a workflow works on, whatever becomes of the execution. */
export interface Witness {
	/** `http://127.0.0.1:PORT/` */
	url: string;
	/** In order of arrival. */
	told: Told[];
}

/** Starts the witness on a free port of loopback; it ends with the session. */
export async function startWitness(session: Session): Promise<Witness> {
	const told: Told[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Body: Told }>('/', async ({ body }) => {
		told.push(body);
		return { heard: body.eventId };
	});
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	session.onEnd(() => server.close());
	return { url: `http://127.0.0.1:${port}/`, told };
}
