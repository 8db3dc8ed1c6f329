import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { RecordId } from './watchedSources.mts';

/** Record that a running workflow reported. */
export interface ReceivedRecord {
	recordId: RecordId;
	executionId: number;
}

/** Server to which a workflow reports each record that it processes. */
export interface RecordReceiver {
	/** URL for the reports, for example `http://127.0.0.1:5680/`. */
	url: string;
	/** Reported records in order of arrival. */
	receivedRecords: ReceivedRecord[];
}

/** Starts the server on a free loopback port. It ends with the script. */
export async function startRecordReceiver(script: ScriptContext): Promise<RecordReceiver> {
	const receivedRecords: ReceivedRecord[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Body: ReceivedRecord }>('/', async ({ body }) => {
		receivedRecords.push(body);
		return { received: body.recordId };
	});
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	script.addCleanup(() => server.close());
	return { url: `http://127.0.0.1:${port}/`, receivedRecords };
}
