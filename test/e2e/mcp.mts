import { createRequire } from 'node:module';
import type { N8n } from '../../scripts/start/n8n.mts';

/** MCP's official client, as far as it is used here. */
export interface McpClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: Array<{ name: string; description?: string; inputSchema: { properties?: Record<string, { type?: string; description?: string }> } }> }>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<{ content: Array<{ text: string }>; isError?: boolean }>;
	close(): Promise<void>;
}

/** Connects to an MCP server. The client is the one that n8n itself brings, so that no package has to be added for it. */
export async function connectMcp(n8n: N8n, url: string): Promise<McpClient> {
	const load = createRequire(n8n.program);
	const { Client } = load('@modelcontextprotocol/sdk/client/index.js') as { Client: new (about: object) => McpClient };
	const { StreamableHTTPClientTransport: Transport } = load('@modelcontextprotocol/sdk/client/streamableHttp.js') as {
		StreamableHTTPClientTransport: new (url: URL) => object;
	};
	const client = new Client({ name: 'test', version: '1.0.0' });
	await client.connect(new Transport(new URL(url)));
	return client;
}
