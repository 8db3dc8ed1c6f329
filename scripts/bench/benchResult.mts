import { markdownTable } from '../generate/markdownTable.mts';
import type { BenchCase, Sample } from './benchRunner.mts';

/** Figure that a case computes from its samples. Without a bound, which is its highest value, it is only printed. */
export type Figure = [title: string, value: number, bound?: number];

/** Returns the median of an odd number of values. */
export function median(values: number[]): number {
	const middle = values.toSorted((a, b) => a - b)[(values.length - 1) / 2];
	if (middle === undefined) throw new Error('Nothing was measured');
	return middle;
}

/** Returns the median time in ms. */
export const medianTimeMs = (samples: Sample[]): number => median(samples.map(({ milliseconds }) => milliseconds));

/** Returns the highest number of requests of an operation in one execution. */
export const maxRequests = (samples: Sample[], operation = 'getCustomerEvents'): number =>
	Math.max(...samples.map(({ requests }) => requests.filter(({ operationId }) => operationId === operation).length));

const formatDuration = (milliseconds: number): string =>
	milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

const formatValue = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** Times and figures of all cases in one release of n8n. */
export class BenchResult {
	private readonly timeRows: string[][] = [];
	private readonly figureRows: string[][] = [];
	/** Figures that exceed their bounds, as text. */
	readonly exceeded: string[] = [];

	/** Adds the samples of a case, by its variants. */
	add({ title, variants, getFigures }: BenchCase, samples: [Sample[], Sample[]]): void {
		for (const [index, variant] of variants.entries()) {
			const times = (samples[index] ?? []).map(({ milliseconds }) => milliseconds);
			const range = [Math.min(...times), Math.max(...times)].map(formatDuration).join(' to ');
			this.timeRows.push([title, variant.title, formatDuration(median(times)), range]);
		}
		for (const [figureTitle, value, bound] of getFigures(...samples)) {
			// NaN exceeds a bound, because it means that nothing was measured.
			const isExceeded = bound !== undefined && !(value <= bound);
			const boundText = bound === undefined ? '' : `<= ${bound}${isExceeded ? ', exceeded' : ''}`;
			this.figureRows.push([title, figureTitle, formatValue(value), boundText]);
			if (isExceeded) this.exceeded.push(`${title}, ${figureTitle}`);
		}
	}

	/** Prints the times and the figures. */
	print(release: string): void {
		const times = markdownTable(['case', 'what ran', 'median', 'range'], this.timeRows);
		const figures = markdownTable(['case', 'figure', 'value', 'bound'], this.figureRows);
		console.log(`\n${release}\n\n${times}\n\n${figures}\n`);
	}
}
