/** Stored state of a record. */
export interface SeenRecord {
	/** Digest of the watched columns. Empty if it is not known. It then never counts as changed. */
	digest: string;
	/** Number of hours since 1970 at which the record was first missing in GoFive's response. */
	missedAt?: number;
}

/** Records that were seen, by ID. */
export type SeenRecords = Map<string, SeenRecord>;

const STORED_ENTRY = /^[^.]+\.([\w-]{6})?(\.\d{1,7})?$/;
const ESCAPES: Record<string, string> = { ' ': '%20', '%': '%25', '.': '%2E' };
const CHARACTERS: Record<string, string> = { '%20': ' ', '%25': '%', '%2E': '.' };

/**
 * Serializes records for n8n's stored state, separated by blanks. Only the characters of the format itself are escaped,
 * so that Thai numbers stay short.
 * @example '1001.a1B2c3 1002.d4E5f6.482520' // ID, digest and, for a missing record, the hour
 */
export function serializeSeenRecords(seen: SeenRecords): string {
	return [...seen]
		.map(([id, { digest, missedAt }]) => {
			const storedId = id.replace(/[ %.]/g, (character) => ESCAPES[character] ?? '');
			return [storedId, digest, ...(missedAt === undefined ? [] : [missedAt])].join('.');
		})
		.join(' ');
}

/** Parses the text of `serializeSeenRecords`. Undefined for any other value. */
export function parseSeenRecords(text: unknown): SeenRecords | undefined {
	if (typeof text !== 'string') return undefined;
	const entries = text.split(' ').filter(Boolean);
	if (!entries.every((entry) => STORED_ENTRY.test(entry))) return undefined;
	return new Map(
		entries.map((entry) => {
			const [storedId = '', digest = '', hour] = entry.split('.');
			const id = storedId.replace(/%(?:20|25|2E)/g, (escape) => CHARACTERS[escape] ?? '');
			return [id, { digest, ...(hour === undefined ? {} : { missedAt: Number(hour) }) }];
		}),
	);
}
