import type { Fields, GetParameter, ReadContext, OperationValues } from '../types';
import { readFields } from './collection';
import { readNodeOptions } from './nodeOptions';

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param get hands out a parameter by its name; @param baseContext what the fields need to know besides the options
 * @throws GoFiveError for the first value that is not acceptable
 */
export function readOperationValues<F extends Fields>(
	fields: F,
	get: GetParameter,
	baseContext: Omit<ReadContext, 'timeZone'>,
): OperationValues<F> {
	const options = readNodeOptions(get('options'));
	const context = { ...baseContext, timeZone: options.timeZone };
	return { ...readFields(fields, get, context), options } as OperationValues<F>;
}
