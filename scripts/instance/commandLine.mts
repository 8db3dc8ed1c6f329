import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserFacingError } from './userFacingError.mts';

type OptionDefinitions = NonNullable<ParseArgsConfig['options']>;
type OptionValues<Definitions extends OptionDefinitions> = ReturnType<
	typeof parseArgs<{ options: Definitions }>
>['values'];

/**
 * Parses the command line of a script.
 * @param npmScript - Npm's command for the script, for example "start" or "run bench"
 * @param validateValues - Converts the values of the options. Throws an Error if one is invalid
 * @throws UserFacingError for an unknown option or an invalid value
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
			`To see the options, run "npm ${npmScript} -- --help".`,
		);
	}
}

/**
 * Parses a number of the command line.
 * @throws Error if it is not an integer from `min` to `max`
 */
export function parseInteger(option: string, text: string, min: number, max: number): number {
	const number = Number(text);
	if (/^\d+$/u.test(text) && number >= min && number <= max) return number;
	throw new Error(`The value "${text}" of ${option} is not a whole number from ${min} to ${max}.`);
}
