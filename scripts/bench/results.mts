import { isOver, median, shownBound, type Bound } from '../bounds.mts';
import type { Case, Of } from './kit.mts';

const seconds = (milliseconds: number): string =>
	milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

function shownTimes(times: number[]): string {
	const range = times.length > 1 ? ` (${seconds(Math.min(...times))} to ${seconds(Math.max(...times))})` : '';
	return seconds(median(times)) + range;
}

const shownValue = (value: number, bound: Bound): string => {
	const shown = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
	return isOver(value, bound) ? `**${shown}, over**` : shown;
};

/** Rows of a table by what they are about, with a cell for each release. */
class Rows {
	private readonly rows = new Map<string, Map<string, string>>();

	add(row: string[], release: string, cell: string): void {
		const key = row.join(' | ');
		this.rows.set(key, (this.rows.get(key) ?? new Map<string, string>()).set(release, cell));
	}

	/** The rows as Markdown, which docs/performance.md takes over as it stands. */
	table(head: string[], releases: string[]): string {
		const lines = [[...head, ...releases], [...head, ...releases].map(() => '---')].map((cells) => cells.join(' | '));
		for (const [row, cells] of this.rows) lines.push([row, ...releases.map((release) => cells.get(release) ?? '')].join(' | '));
		return lines.map((line) => `| ${line} |`).join('\n');
	}
}

/** What was measured, and what of it is over its bound. */
export class Results {
	private readonly bounds = new Rows();
	private readonly times = new Rows();
	private readonly texts: string[] = [];
	private readonly releases = new Set<string>();
	/** The bounds that are not kept, in words. */
	readonly over: string[] = [];

	/** Takes in what a case found with a release. */
	add(release: string, { title, ways, bounds = [], note, text }: Case, of: Of): void {
		this.releases.add(release);
		for (const way of ways) {
			const samples = of(way);
			const beside = note ? `; ${note(samples)}` : '';
			const shown = shownTimes(samples.map(({ milliseconds }) => milliseconds));
			this.times.add([title, way.title], release, shown + beside);
		}
		for (const { what, bound, value } of bounds) {
			const found = value(of);
			this.bounds.add([title, what, shownBound(bound)], release, shownValue(found, bound));
			if (isOver(found, bound)) this.over.push(`${title}, ${what}, with ${release}`);
		}
		if (text) this.texts.push(`${release}. ${text(of)}`);
	}

	/** Prints it all. */
	print(): void {
		const releases = [...this.releases];
		if (releases.length === 0) return;
		const bounds = this.bounds.table(['case', 'figure', 'bound'], releases);
		console.log(['', this.times.table(['case', 'what ran'], releases), '', bounds, ...this.texts.map((text) => `\n${text}`)].join('\n'));
	}
}
