import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { N8nTestServer } from './n8nTestServer.mts';
import type { ToolCall } from './scriptedModel.mts';

/** Connects to the MCP server of a published workflow at `/mcp/<path>`. */
export async function connectMcpClient(
	{ url, fetchPublished }: N8nTestServer,
	path: string,
	headers: Record<string, string> = {},
): Promise<Client> {
	const client = new Client({ name: 'test', version: '1.0.0' });
	const options = { fetch: fetchPublished, requestInit: { headers } };
	await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp/${path}`), options));
	return client;
}

/** Calls a tool and returns the text of its result. */
export async function callTool(client: Client, { name, args }: ToolCall): Promise<string> {
	const { content } = await client.callTool({ name, arguments: args });
	return (content as Array<{ text: string }>).map(({ text }) => text).join('');
}
