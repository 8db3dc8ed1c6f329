/** Returns whether a value exceeds its bound. NaN does, because it means that nothing was measured. */
export const exceedsBound = (value: number, bound: number): boolean => !(value <= bound);

/** Returns the median, or NaN of an empty list. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
