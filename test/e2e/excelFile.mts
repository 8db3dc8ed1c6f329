import { read, utils, write } from '@e965/xlsx';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import type { WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';

/** Builds an Excel file with one sheet. */
export function buildExcelFile(rows: unknown[][]): Buffer {
	const workbook = utils.book_new();
	utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows), 'Sheet');
	return write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

/** Returns the rows of the first sheet of an Excel file, by the names in its first row. */
export function readExcelFile(file: Buffer): ItemJson[] {
	const { SheetNames, Sheets } = read(file);
	const sheet = Sheets[SheetNames[0] ?? ''];
	return sheet ? utils.sheet_to_json(sheet) : [];
}

/** Builds the nodes of n8n that read rows from an Excel file. */
export const buildExcelNodes = (rows: unknown[][]): WorkflowNode[] => [
	{
		name: 'Content',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify({ content: buildExcelFile(rows).toString('base64') }),
			options: {},
		},
	},
	{
		name: 'File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toBinary', sourceProperty: 'content', options: { fileName: 'events.xlsx' } },
	},
	{
		name: 'Rows',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		parameters: { operation: 'xlsx', options: {} },
	},
];
