import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { multiValueField } from './multiValueField';
import { readId } from './readValue';
import { singleValueField, type FieldFactory } from './singleValueField';

/** Creates a field for an ID: a whole number from 1, entered as text so that expressions fit in. */
export const id: FieldFactory<number> = (displayName, description, settings) => {
	const errorDescription = `Enter the ID, a whole number${settings?.example ? `, for example ${settings.example}` : ''}.`;
	const parse = (input: unknown) => readId(input, displayName, errorDescription);
	return singleValueField(
		displayName,
		description,
		settings,
		{ type: 'string' },
		parse,
		`${errorDescription} ${NOTHING_SENT}`,
	);
};

const INVALID_ID_LIST_DESCRIPTION = 'Enter comma-separated IDs (whole numbers).';

/** Creates a field for several IDs, separated by commas or line breaks. */
export const idList: FieldFactory<number[]> = (displayName, description, settings) =>
	multiValueField(
		displayName,
		description,
		settings,
		(value) => readId(value, displayName, INVALID_ID_LIST_DESCRIPTION),
		{ emptyErrorDescription: INVALID_ID_LIST_DESCRIPTION },
	);
