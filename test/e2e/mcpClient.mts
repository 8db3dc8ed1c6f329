import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstallation } from '../../scripts/instance/n8nInstallation.mts';
import type { OfferedTool } from './scriptedModel.mts';

/** Used part of MCP's official client. */
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

/** Number of retries, and time in ms between them, until n8n listens for the MCP server. */
const MAX_CONNECT_RETRIES = 50;
const CONNECT_RETRY_MS = 100;

/**
 * Connects to an MCP server. Retries on 404, because n8n 2 publishes before it listens.
 * Uses the client that n8n installs, so that the project needs no package for it.
 */
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

/** Whether the server answered 404. Some releases of the client report it in the message only. */
const isNotFound = (error: unknown): boolean =>
	(error as { code?: unknown }).code === 404 || /HTTP 404/u.test(String(error));
