import { InvalidArgumentError } from 'commander';

/** Largest number of a port. */
export const MAX_PORT = 65_535;

/** Builds the parser of an option whose value is a whole number. */
export const wholeNumber =
	(min: number, max: number) =>
	(text: string): number => {
		const number = Number(text);
		if (/^\d+$/u.test(text) && number >= min && number <= max) return number;
		throw new InvalidArgumentError(`Enter a whole number from ${min} to ${max}.`);
	};
