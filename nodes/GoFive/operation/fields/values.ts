import type { Fields, Get, ReadContext, Values } from '../types';
import { readAll } from './group';
import { readOptions } from './options';

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param get hands out a parameter by its name; @param about what the fields need to know besides the options
 * @throws Failure for the first value that is not acceptable
 */
export function readValues<F extends Fields>(fields: F, get: Get, about: Omit<ReadContext, 'timeZone'>): Values<F> {
	const options = readOptions(get('options'));
	const context = { ...about, timeZone: options.timeZone };
	return { ...readAll(fields, get, context), options } as Values<F>;
}
