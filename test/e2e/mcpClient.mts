import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstallation } from '../../scripts/instance/n8nInstallation.mts';
import type { OfferedTool } from './scriptedModel.mts';

/** MCP's official client, as far as it is used here. */
export interface McpClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{
		tools: Array<{ name: string; description?: string; inputSchema: OfferedTool['parameters'] }>;
	}>;
	callTool(call: {
		name: string;
		arguments: Record<string, unknown>;
	}): Promise<{ content: Array<{ text: string }>; isError?: boolean }>;
	close(): Promise<void>;
}

/** How often, and after how many milliseconds, a server is asked again that n8n does not listen for yet. */
const MAX_CONNECT_RETRIES = 50;
const CONNECT_RETRY_MS = 100;

/** Connects to an MCP server, once n8n listens there: n8n 2 publishes before it does. The client is the one that n8n itself brings, so that no package has to be added for it. */
export async function connectMcpClient(n8n: N8nInstallation, url: string): Promise<McpClient> {
	const requireFromN8n = createRequire(n8n.cliPath);
	const { Client } = requireFromN8n('@modelcontextprotocol/sdk/client/index.js') as {
		Client: new (clientInfo: object) => McpClient;
	};
	const { StreamableHTTPClientTransport: Transport } = requireFromN8n(
		'@modelcontextprotocol/sdk/client/streamableHttp.js',
	) as {
		StreamableHTTPClientTransport: new (url: URL) => object;
	};
	for (let retriesLeft = MAX_CONNECT_RETRIES; ; retriesLeft--) {
		const client = new Client({ name: 'test', version: '1.0.0' });
		try {
			await client.connect(new Transport(new URL(url)));
			return client;
		} catch (error) {
			await client.close();
			if (retriesLeft === 0 || !isNotFound(error)) throw error;
		}
		await sleep(CONNECT_RETRY_MS);
	}
}

/** Whether the server answered 404; some releases of the client say so in the text alone. */
const isNotFound = (error: unknown): boolean =>
	(error as { code?: unknown }).code === 404 || /HTTP 404/u.test(String(error));
