import Table from 'cli-table3';
import { isOver, median, shownBound, type Bound } from '../bounds.mts';

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
	bound: Bound;
}

/** What a case found out; `texts` are printed below its table. */
export interface Findings {
	rows: Row[];
	verdicts: Verdict[];
	texts?: string[];
}

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
	for (const { what, value, bound } of verdicts) {
		const shown = Number.isInteger(value) ? String(value) : value.toPrecision(2);
		table.push([what, shown, shownBound(bound), isOver(value, bound) ? 'over' : 'ok']);
	}
	console.log(`\nBounds\n${table.toString()}`);
}
