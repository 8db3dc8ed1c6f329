import type { Fields, Get, ReadContext, Values } from '../types';
import { readOptions } from './options';

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param get hands out a parameter by its name; @param about what the fields need to know besides the options
 * @throws Failure for the first value that is not acceptable
 */
export function readValues<F extends Fields>(fields: F, get: Get, about: Omit<ReadContext, 'timeZone'>): Values<F> {
	const options = readOptions(get('options'));
	const context = { ...about, timeZone: options.timeZone };
	const read = Object.entries(fields).map(([name, field]) => [name, field.read(get, name, context)]);
	return { ...(Object.fromEntries(read) as Values<F>), options };
}
