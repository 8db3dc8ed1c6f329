import Table from 'cli-table3';

/** Something that was measured, as it is printed. */
export interface Row {
	what: string;
	/** Milliseconds of each repetition. */
	times: number[];
	note?: string;
}

/** A figure with the bound that it has to keep. */
export interface Verdict {
	what: string;
	value: number;
	bound: { atMost: number } | { below: number };
}

/** What a case found out; `texts` are printed below its table. */
export interface Findings {
	rows: Row[];
	verdicts: Verdict[];
	texts?: string[];
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** Whether the bound is not kept; a figure that could not be measured counts as over. */
export const isOver = ({ value, bound }: Verdict): boolean =>
	'below' in bound ? !(value < bound.below) : !(value <= bound.atMost);

const seconds = (milliseconds: number): string =>
	milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

const plainStyle = { style: { head: [], border: [] } };

/** The table of one case: medians, and from the fastest to the slowest. */
export function printRows(title: string, { rows, texts = [] }: Findings): void {
	const table = new Table({ head: ['what ran', 'time', 'from .. to', ''], ...plainStyle });
	for (const { what, times, note = '' } of rows) {
		const range = times.length > 1 ? `${seconds(Math.min(...times))} .. ${seconds(Math.max(...times))}` : 'once';
		table.push([what, seconds(median(times)), range, note]);
	}
	console.log([`\n${title}`, table.toString(), ...texts].join('\n'));
}

/** The table of all bounds. */
export function printVerdicts(verdicts: Verdict[]): void {
	const table = new Table({ head: ['figure', 'value', 'bound', ''], ...plainStyle });
	for (const verdict of verdicts) {
		const { what, value, bound } = verdict;
		const limit = 'below' in bound ? `< ${bound.below}` : `<= ${bound.atMost}`;
		const shown = Number.isInteger(value) ? String(value) : value.toPrecision(2);
		table.push([what, shown, limit, isOver(verdict) ? 'over' : 'ok']);
	}
	console.log(`\nBounds\n${table.toString()}`);
}
