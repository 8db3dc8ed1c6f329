import { read, utils, write } from '@e965/xlsx';
import type { ItemJson } from '../../scripts/instance/restClient.mts';

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
