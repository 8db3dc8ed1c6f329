import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/text';

/** Stored state of an event. */
export interface SeenEvent {
	/** Digest of the four fields that users see as the content of an event. */
	digest: string;
	/** Number of hours since 1970 at which the event was first missing in GoFive's response. */
	missedAt?: number;
}

/** Events that were seen, by ID. */
export type SeenEvents = Map<string, SeenEvent>;

/** Computes a digest of six characters. With 36 bits, one change in 69 billion is missed. */
export function computeDigest({ eventName, eventDate, eventType, description }: IDataObject): string {
	const content = JSON.stringify([eventName ?? null, eventDate ?? null, eventType ?? null, description ?? null]);
	return createHash('sha256').update(content).digest('base64url').slice(0, 6);
}

/** Returns the ID of an event as text. Undefined for a record without ID, which cannot be watched. */
export const getEventId = ({ eventId }: IDataObject): string | undefined => toText(eventId) || undefined;

/** Converts an ID to a number for comparing ages. An ID that is not a number is -1, so it counts as the oldest. */
export const getIdRank = (id: string): number =>
	/^\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : -1;

const STORED_ENTRY = /^[^.]+\.([\w-]{6})?(\.\d{1,7})?$/;

/**
 * Serializes events for n8n's stored state, separated by blanks, with about 15 bytes per event.
 * @example '1001.a1B2c3 1002.d4E5f6.482520' // ID, digest and, for a missing event, the hour
 */
export function serializeSeenEvents(seen: SeenEvents): string {
	return [...seen]
		.map(([id, { digest, missedAt }]) =>
			[encodeURIComponent(id).replace(/\./g, '%2E'), digest, ...(missedAt === undefined ? [] : [missedAt])].join('.'),
		)
		.join(' ');
}

/** Parses the text of `serializeSeenEvents`. Undefined for any other value. */
export function parseSeenEvents(text: unknown): SeenEvents | undefined {
	if (typeof text !== 'string') return undefined;
	const entries = text.split(' ').filter(Boolean);
	if (!entries.every((entry) => STORED_ENTRY.test(entry))) return undefined;
	try {
		return new Map(
			entries.map((entry) => {
				const [id = '', digest = '', hour] = entry.split('.');
				return [decodeURIComponent(id), { digest, ...(hour === undefined ? {} : { missedAt: Number(hour) }) }];
			}),
		);
	} catch {
		return undefined;
	}
}
