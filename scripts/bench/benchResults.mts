import { markdownTable } from '../generate/markdownTable.mts';
import { exceedsBound, median } from '../bounds.mts';
import type { BenchCase, SampleLookup } from './benchFixture.mts';

const formatDuration = (milliseconds: number): string =>
	milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

function formatTimes(times: number[]): string {
	const range =
		times.length > 1 ? ` (${formatDuration(Math.min(...times))} to ${formatDuration(Math.max(...times))})` : '';
	return formatDuration(median(times)) + range;
}

const formatValue = (value: number, bound: number): string => {
	const formatted = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
	return exceedsBound(value, bound) ? `**${formatted}, exceeded**` : formatted;
};

/** Table with a cell for each release. */
class ResultTable {
	private readonly rows = new Map<string, Map<string, string>>();

	add(row: string[], release: string, cell: string): void {
		const key = row.join(' | ');
		this.rows.set(key, (this.rows.get(key) ?? new Map<string, string>()).set(release, cell));
	}

	/** Formats the table as Markdown. */
	toMarkdown(head: string[], releases: string[]): string {
		const rows = [...this.rows].map(([row, cells]) => [
			...row.split(' | '),
			...releases.map((release) => cells.get(release) ?? ''),
		]);
		return markdownTable([...head, ...releases], rows);
	}
}

/** Collects the measurements of all cases and compares them with their bounds. */
export class BenchResults {
	private readonly bounds = new ResultTable();
	private readonly times = new ResultTable();
	private readonly releases = new Set<string>();
	/** Exceeded bounds, as text. */
	readonly exceededBounds: string[] = [];

	/** Adds the measurements of a case in one release. */
	add(release: string, { title, variants, bounds = [], formatNote }: BenchCase, getSamples: SampleLookup): void {
		this.releases.add(release);
		for (const variant of variants) {
			const samples = getSamples(variant);
			const noteText = formatNote ? `; ${formatNote(samples)}` : '';
			const formatted = formatTimes(samples.map(({ milliseconds }) => milliseconds));
			this.times.add([title, variant.title], release, formatted + noteText);
		}
		for (const { title: boundTitle, bound, value } of bounds) {
			const measuredValue = value(getSamples);
			this.bounds.add([title, boundTitle, `<= ${bound}`], release, formatValue(measuredValue, bound));
			if (exceedsBound(measuredValue, bound)) this.exceededBounds.push(`${title}, ${boundTitle}, with ${release}`);
		}
	}

	/** Prints the times and the bounds. */
	print(): void {
		const releases = [...this.releases];
		if (releases.length === 0) return;
		const bounds = this.bounds.toMarkdown(['case', 'figure', 'bound'], releases);
		console.log(`\n${this.times.toMarkdown(['case', 'what ran'], releases)}\n\n${bounds}`);
	}
}
