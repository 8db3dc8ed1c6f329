/** Number as JSON and GoFive write it, without separators. */
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;

/** Converts a number, or the text of a number. Undefined for any other value. */
export function toNumber(value: unknown): number | undefined {
	if (typeof value === 'string') return DECIMAL.test(value.trim()) ? Number(value) : undefined;
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Rounds an amount to a number of decimals, half away from zero. */
export function roundAmount(amount: number, decimals = 2): number {
	const factor = 10 ** decimals;
	// 1.005 * 100 is 100.49999999999999.
	const rounded = Math.round(Math.abs(amount) * factor * (1 + Number.EPSILON)) / factor;
	return amount < 0 ? 0 - rounded : rounded;
}
