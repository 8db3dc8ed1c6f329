/** What a figure has to keep. */
export type Bound = { atMost: number } | { below: number };

/** Whether the bound is not kept; a figure that could not be measured counts as over. */
export const exceedsBound = (value: number, bound: Bound): boolean =>
	'below' in bound ? !(value < bound.below) : !(value <= bound.atMost);

/** The bound as a table shows it. */
export const formatBound = (bound: Bound): string => ('below' in bound ? `< ${bound.below}` : `<= ${bound.atMost}`);

/** The middle one; of an even number, the mean of the two in the middle; NaN of none. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
