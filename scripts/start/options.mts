import { parseArgs, type ParseArgsConfig } from 'node:util';
import { PlainStop } from './plain.mts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Known extends Options> = ReturnType<typeof parseArgs<{ options: Known }>>['values'];

/**
 * Reads the command line of a script.
 * @param script how npm knows it, e.g. "start" or "run bench"
 * @param judge makes of the values what the script works with, and throws what is wrong with them
 * @throws PlainStop for an unknown option, and for what `judge` throws
 */
export function readOptions<Known extends Options, Read>(
	script: string,
	options: Known,
	judge: (values: Values<Known>) => Read,
): Read {
	try {
		return judge(parseArgs({ options }).values);
	} catch (error) {
		throw new PlainStop(error instanceof Error ? error.message : String(error), `See: npm ${script} -- --help`);
	}
}

/** @throws Error for anything but a whole number between the two, both included */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
	const number = Number(text);
	if (/^\d+$/u.test(text) && number >= least && number <= most) return number;
	throw new Error(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}
