import type { ReadContext } from '../field';
import { readId, readText } from './readValue';
import { singleValueField, type FieldFactory } from './singleValueField';

interface TextSettings {
	/** Whether values may begin with zero, as phone numbers do. A number then adds a hint, because a sheet removes the zero. */
	mayBeginWithZero?: boolean;
}

/** Creates a field for a text. Surrounding blanks are removed. */
export const text: FieldFactory<string, TextSettings> = (displayName, description, settings) => {
	const { mayBeginWithZero = false }: TextSettings = settings ?? {};
	const parse = (input: unknown, { addHint }: ReadContext) => {
		if (mayBeginWithZero && typeof input === 'number')
			addHint(
				`${displayName} number`,
				`'${displayName}' was a number, whose leading zeros may be lost. It was sent as it is. Format the column as text.`,
			);
		return readText(input, displayName);
	};
	return singleValueField(displayName, description, settings, { type: 'string' }, parse);
};

const MULTILINE = { type: 'string' as const, typeOptions: { rows: 3 } };

/** Creates a field for a text with several lines. */
export const multilineText: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, MULTILINE, (input) => readText(input, displayName));

interface IdSettings {
	/** Field of a list that contains the ID, for the message about an invalid one. */
	idSource?: string;
}

/** Describes where an ID is found, or shows one, for the end of a sentence. */
function describeIdExample({ idSource, example }: IdSettings & { example?: string } = {}): string {
	if (idSource) return `, as in ${idSource}`;
	return example ? `, for example ${example}` : '';
}

/** Creates a field for an ID: a whole number from 1, entered as text so that expressions fit in. */
export const id: FieldFactory<number, IdSettings> = (displayName, description, settings) => {
	const errorDescription = `Enter the ID, a whole number${describeIdExample(settings)}.`;
	const parse = (input: unknown) => readId(input, displayName, errorDescription);
	return singleValueField(displayName, description, settings, { type: 'string' }, parse, errorDescription);
};

/**
 * Creates a field for an ID in the body whose type GoFive's documentation does not show. Up to 15 digits without a
 * leading zero are sent as a number, since JavaScript keeps them exactly, and anything else as text.
 */
export const untypedId: FieldFactory<string | number> = (displayName, description, settings) => {
	const parse = (input: unknown) => {
		const value = readText(input, displayName);
		return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value;
	};
	return singleValueField(displayName, description, settings, { type: 'string' }, parse);
};
