import { readOptions } from './options';
import type { Fields, Values } from './types';

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param get hands out a parameter by its name; @param now milliseconds since 1970; @param hint takes what the user is told
 * @throws Failure for the first value that is not acceptable
 */
export function readValues<F extends Fields>(
	fields: F,
	get: (name: string) => unknown,
	now: number,
	hint: (kind: string, text: string) => void,
): Values<F> {
	const options = readOptions(get('options'));
	const context = { timeZone: options.timeZone, now, hint };
	const read = Object.entries(fields).map(([key, field]) => [key, field.read(get, context)]);
	return { ...(Object.fromEntries(read) as Values<F>), options };
}
