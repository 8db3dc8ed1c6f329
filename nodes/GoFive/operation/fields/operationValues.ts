import type { Fields, GetParameter, OperationValues, ReadContext } from '../types';
import { readFields } from './fieldRecord';
import { readNodeOptions } from './nodeOptions';

/**
 * Reads all fields of an operation or of the trigger, and its options.
 * @param baseContext - Context of the read. The options add the time zone.
 * @throws GoFiveError for the first value that is not valid.
 */
export function readOperationValues<F extends Fields>(
	fields: F,
	getParameter: GetParameter,
	baseContext: Omit<ReadContext, 'timeZone'>,
): OperationValues<F> {
	const options = readNodeOptions(getParameter('options'));
	const context = { ...baseContext, timeZone: options.timeZone };
	return { ...readFields(fields, getParameter, context), options } as OperationValues<F>;
}
