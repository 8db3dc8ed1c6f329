import type { ItemJson } from '../../scripts/instance/restClient.mts';
import { buildLinearWorkflow, buildSplitOutNode, type WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

const buildWebhook = (path: string): WorkflowNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	webhookId: path,
});

/** Workflow that returns the rows of an Excel file. */
const READER = buildLinearWorkflow('Read an Excel file', [
	{
		...buildWebhook('read-excel'),
		parameters: {
			httpMethod: 'POST',
			path: 'read-excel',
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
	},
	{
		name: 'Rows',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		parameters: { operation: 'xlsx', binaryPropertyName: 'data', options: {} },
	},
]);

/** Workflow that returns rows as an Excel file. */
const WRITER = buildLinearWorkflow('Write an Excel file', [
	{
		...buildWebhook('write-excel'),
		parameters: { httpMethod: 'POST', path: 'write-excel', responseMode: 'responseNode', options: {} },
	},
	buildSplitOutNode('Rows', 'body.rows'),
	{
		name: 'File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'xlsx', binaryPropertyName: 'data', options: {} },
	},
	{
		name: 'Respond',
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.1,
		parameters: { respondWith: 'binary', responseDataSource: 'automatically', options: {} },
	},
]);

/** Reads and writes Excel files with n8n's own nodes, in an n8n that runs. */
export class ExcelConverter {
	private constructor(
		private readonly n8nServer: N8nTestServer,
		private readonly readerId: string,
		private readonly writerId: string,
	) {}

	/** Stores the workflows. They are published before each use, because tests unpublish all workflows. */
	static async create(n8nServer: N8nTestServer): Promise<ExcelConverter> {
		const { rest } = n8nServer;
		return new ExcelConverter(n8nServer, await rest.save(READER), await rest.save(WRITER));
	}

	/** Returns the rows of the first sheet, by the names in its first row. */
	async read(file: Buffer | Uint8Array): Promise<ItemJson[]> {
		await this.n8nServer.rest.publish(this.readerId);
		const body = new FormData();
		body.append('data', new Blob([file]), 'file.xlsx');
		const response = await this.n8nServer.fetchPublished(`${this.n8nServer.url}/webhook/read-excel`, {
			method: 'POST',
			body,
		});
		return (await response.json()) as ItemJson[];
	}

	/** Builds an Excel file. */
	async write(rows: ItemJson[]): Promise<Buffer> {
		await this.n8nServer.rest.publish(this.writerId);
		const response = await this.n8nServer.callWebhook('write-excel', JSON.stringify({ rows }));
		return Buffer.from(await response.arrayBuffer());
	}
}
