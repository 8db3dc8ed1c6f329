/** What a cell holds; `shown` is how its number format shows the value, as 0055 for 55. Null writes nothing. */
type Cell = string | number | boolean | null | { value: number; shown: string };
export type Row = Cell[];

/** A range, counted from 0 and with its end; what is absent is without bound. */
interface Area {
	top?: number;
	bottom?: number;
	left?: number;
	right?: number;
}

/** A or AA, counted from 0. */
const columnOf = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const isEmpty = (cell: Cell | undefined): boolean => cell === undefined || cell === null || cell === '';

/** A list without the empty ones at its end. */
function trimmed<T>(list: T[], empty: (each: T) => boolean): T[] {
	const last = list.findLastIndex((each) => !empty(each));
	return list.slice(0, last + 1);
}

function seen(cell: Cell | undefined, shown: boolean): Cell {
	if (cell === undefined || cell === null) return '';
	if (typeof cell === 'object') return shown ? cell.shown : cell.value;
	return shown && typeof cell === 'boolean' ? String(cell).toUpperCase() : shown ? String(cell) : cell;
}

/** The cells of a tab. */
export class Grid {
	/** As a new tab has them. */
	rowCount = 1000;
	columnCount = 26;

	constructor(private readonly rows: Row[] = []) {}

	/** Reads the part of A1 notation behind the name of the tab, such as "A:Z", "2:4", "C2" or nothing. */
	static area(cells: string): Area | undefined {
		if (cells === '') return {};
		const [, left, top, colon, right, bottom] = /^([A-Z]*)(\d*)(?:(:)([A-Z]*)(\d*))?$/u.exec(cells) ?? [];
		if (!left && !top) return undefined;
		const [lastColumn, lastRow] = colon ? [right, bottom] : [left, top];
		return {
			...(left ? { left: columnOf(left) } : {}),
			...(lastColumn ? { right: columnOf(lastColumn) } : {}),
			...(top ? { top: Number(top) - 1 } : {}),
			...(lastRow ? { bottom: Number(lastRow) - 1 } : {}),
		};
	}

	/** As Google answers: empty cells at the end of a row, and empty rows at the end, are left out. */
	read({ top = 0, bottom = Infinity, left = 0, right = Infinity }: Area, shown: boolean): Row[] {
		const part = this.rows.slice(top, bottom + 1).map((row) => trimmed([...row].slice(left, right + 1), isEmpty));
		return trimmed(part, (row) => row.length === 0).map((row) => row.map((cell) => seen(cell, shown)));
	}

	clear({ top = 0, bottom = Infinity, left = 0, right = Infinity }: Area): void {
		for (const row of this.rows.slice(top, bottom + 1)) row.splice(left, right - left + 1, ...row.slice(left, right + 1).map(() => ''));
	}

	/** @returns why it cannot be written there */
	write({ top = 0, bottom = Infinity, left = 0, right = Infinity }: Area, values: Row[]): string | undefined {
		if (top >= this.rowCount || left >= this.columnCount) return `exceeds grid limits. Max rows: ${this.rowCount}, max columns: ${this.columnCount}`;
		if (top + values.length - 1 > bottom) return `takes no row ${top + values.length}`;
		if (values.some((row) => left + row.length - 1 > right)) return 'takes no more columns';
		for (const [down, row] of values.entries()) {
			while (this.rows.length <= top + down) this.rows.push([]);
			const target = this.rows[top + down] ?? [];
			for (const [across, cell] of row.entries()) {
				while (target.length <= left + across) target.push('');
				if (cell !== null) target[left + across] = cell;
			}
		}
		this.rowCount = Math.max(this.rowCount, this.rows.length);
		return undefined;
	}
}
