import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8n } from '../../scripts/start/n8n.mts';
import type { OfferedTool } from './scriptedModel.mts';

/** MCP's official client, as far as it is used here. */
export interface McpClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: Array<{ name: string; description?: string; inputSchema: OfferedTool['parameters'] }> }>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<{ content: Array<{ text: string }>; isError?: boolean }>;
	close(): Promise<void>;
}

/** How often, and after how many milliseconds, a server is asked again that n8n does not listen for yet. */
const TRIES = 50;
const PAUSE = 100;

/** Connects to an MCP server, once n8n listens there: n8n 2 publishes before it does. The client is the one that n8n itself brings, so that no package has to be added for it. */
export async function connectMcp(n8n: N8n, url: string): Promise<McpClient> {
	const load = createRequire(n8n.program);
	const { Client } = load('@modelcontextprotocol/sdk/client/index.js') as { Client: new (about: object) => McpClient };
	const { StreamableHTTPClientTransport: Transport } = load('@modelcontextprotocol/sdk/client/streamableHttp.js') as {
		StreamableHTTPClientTransport: new (url: URL) => object;
	};
	for (let left = TRIES; ; left--) {
		const client = new Client({ name: 'test', version: '1.0.0' });
		try {
			await client.connect(new Transport(new URL(url)));
			return client;
		} catch (thrown) {
			await client.close();
			if (left === 0 || !isNotFound(thrown)) throw thrown;
		}
		await sleep(PAUSE);
	}
}

/** Whether the server answered 404; some releases of the client say so in the text alone. */
const isNotFound = (thrown: unknown): boolean => (thrown as { code?: unknown }).code === 404 || /HTTP 404/u.test(String(thrown));
