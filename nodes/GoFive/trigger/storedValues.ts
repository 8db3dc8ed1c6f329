// Values of records in the stored state, for kinds that show what a record contained before.
// Imported by `triggerState.ts` and `kinds/`.
// Start with createValuesSerializer().
/** Stored value of a watched column: the value itself, or in a list the digest of a long text or of rows. */
export type StoredValue = string | number | boolean | null | [digest: string];

/** Stored values of a record, in the order of the watched columns. */
export type StoredValues = StoredValue[];

/** Number of characters of all stored values, about 25,000 values. n8n stores them in the row of the workflow. */
const MAX_STORED_LENGTH = 1_000_000;

const NO_VALUES = 'null';

/** Creates the function that serializes the values of the records of a part, for all parts of a state. */
export function createValuesSerializer(): (values: Array<StoredValues | undefined>) => string | undefined {
	let lengthLeft = MAX_STORED_LENGTH;
	return (allValues) => {
		if (!allValues.some(Boolean)) return undefined;
		const rows = allValues.map((values) => {
			const row = values ? JSON.stringify(values) : NO_VALUES;
			lengthLeft -= row.length;
			return lengthLeft >= 0 ? row : NO_VALUES;
		});
		// A text, because n8n's default engine observes each nested object.
		return `[${rows.join(',')}]`;
	};
}

/** Parses the text of the serializer: a row per record, in the order of the records. Empty for any other value. */
export function parseStoredValues(text: unknown, recordCount: number): Array<StoredValues | null> {
	if (typeof text !== 'string') return [];
	try {
		const rows = JSON.parse(text) as unknown;
		const isValid = Array.isArray(rows) && rows.length === recordCount;
		const areValues = isValid && rows.every((row) => row === null || Array.isArray(row));
		return areValues ? (rows as Array<StoredValues | null>) : [];
	} catch {
		return [];
	}
}
