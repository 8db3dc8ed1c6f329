/** Value of a cell. `formatted` is the text of a number format, for example 0055 for 55. Null writes nothing. */
type SheetCell = string | number | boolean | null | { value: number; formatted: string };
export type SheetRow = SheetCell[];

/** Range of cells, counted from 0, including its end. A missing side is unbounded. */
interface CellRange {
	top?: number;
	bottom?: number;
	left?: number;
	right?: number;
}

/** Parses a column such as A or AA, counted from 0. */
const parseColumn = (letters: string): number =>
	[...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const isEmptyCell = (cell: SheetCell | undefined): boolean => cell === undefined || cell === null || cell === '';

/** Removes blank entries at the end of a list. */
function dropTrailing<T>(list: T[], isBlank: (entry: T) => boolean): T[] {
	const last = list.findLastIndex((entry) => !isBlank(entry));
	return list.slice(0, last + 1);
}

function formatCell(cell: SheetCell | undefined, isFormatted: boolean): SheetCell {
	if (cell === undefined || cell === null) return '';
	if (typeof cell === 'object') return isFormatted ? cell.formatted : cell.value;
	return isFormatted && typeof cell === 'boolean' ? String(cell).toUpperCase() : isFormatted ? String(cell) : cell;
}

/** Cells of a tab. */
export class FakeSheetTab {
	/** Google's size of a new tab. */
	rowCount = 1000;
	columnCount = 26;

	constructor(private readonly rows: SheetRow[] = []) {}

	/** Parses A1 notation after the name of the tab: "A:Z", "2:4", "C2" or nothing. */
	static parseRange(cells: string): CellRange | undefined {
		if (cells === '') return {};
		const [, left, top, colon, right, bottom] = /^([A-Z]*)(\d*)(?:(:)([A-Z]*)(\d*))?$/u.exec(cells) ?? [];
		if (!left && !top) return undefined;
		const [lastColumn, lastRow] = colon ? [right, bottom] : [left, top];
		return {
			...(left ? { left: parseColumn(left) } : {}),
			...(lastColumn ? { right: parseColumn(lastColumn) } : {}),
			...(top ? { top: Number(top) - 1 } : {}),
			...(lastRow ? { bottom: Number(lastRow) - 1 } : {}),
		};
	}

	/** Reads cells as Google does, without blank cells and rows at the end. */
	read({ top = 0, bottom = Infinity, left = 0, right = Infinity }: CellRange, isFormatted: boolean): SheetRow[] {
		const part = this.rows
			.slice(top, bottom + 1)
			.map((row) => dropTrailing([...row].slice(left, right + 1), isEmptyCell));
		return dropTrailing(part, (row) => row.length === 0).map((row) => row.map((cell) => formatCell(cell, isFormatted)));
	}

	/**
	 * Writes cells.
	 * @returns the reason why they cannot be written
	 */
	write({ top = 0, bottom = Infinity, left = 0, right = Infinity }: CellRange, values: SheetRow[]): string | undefined {
		if (top >= this.rowCount || left >= this.columnCount)
			return `exceeds grid limits. Max rows: ${this.rowCount}, max columns: ${this.columnCount}`;
		if (top + values.length - 1 > bottom) return `takes no row ${top + values.length}`;
		if (values.some((row) => left + row.length - 1 > right)) return 'takes no more columns';
		for (const [rowOffset, row] of values.entries()) {
			while (this.rows.length <= top + rowOffset) this.rows.push([]);
			const target = this.rows[top + rowOffset] ?? [];
			for (const [columnOffset, cell] of row.entries()) {
				while (target.length <= left + columnOffset) target.push('');
				if (cell !== null) target[left + columnOffset] = cell;
			}
		}
		this.rowCount = Math.max(this.rowCount, this.rows.length);
		return undefined;
	}
}
