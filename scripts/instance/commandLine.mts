import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserFacingError } from './userFacingError.mts';

type OptionDefinitions = NonNullable<ParseArgsConfig['options']>;
type OptionValues<Definitions extends OptionDefinitions> = ReturnType<
	typeof parseArgs<{ options: Definitions }>
>['values'];

/**
 * Reads the command line of a script.
 * @param npmScript how npm knows it, e.g. "start" or "run bench"
 * @param validateValues makes of the values what the script works with, and throws what is wrong with them
 * @throws UserFacingError for an unknown option, and for what `judge` throws
 */
export function parseCommandLine<Definitions extends OptionDefinitions, Parsed>(
	npmScript: string,
	options: Definitions,
	validateValues: (values: OptionValues<Definitions>) => Parsed,
): Parsed {
	try {
		return validateValues(parseArgs({ options }).values);
	} catch (error) {
		throw new UserFacingError(
			error instanceof Error ? error.message : String(error),
			`See: npm ${npmScript} -- --help`,
		);
	}
}

/** @throws Error for anything but a whole number between the two, both included */
export function parseInteger(option: string, text: string, min: number, max: number): number {
	const number = Number(text);
	if (/^\d+$/u.test(text) && number >= min && number <= max) return number;
	throw new Error(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}
