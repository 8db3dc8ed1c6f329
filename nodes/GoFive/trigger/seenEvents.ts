import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/text';

/** What is remembered of an event. */
export interface SeenEvent {
	/** Short digest of what a user would call its content. */
	digest: string;
	/** The hour, counted from 1970, in which the event was first missing in GoFive's answer. */
	missedAt?: number;
}

/** Events that were seen, by id. */
export type SeenEvents = Map<string, SeenEvent>;

/** A digest of six characters: one change in 69 billion goes unnoticed. */
export function computeDigest({ eventName, eventDate, eventType, description }: IDataObject): string {
	const content = JSON.stringify([eventName ?? null, eventDate ?? null, eventType ?? null, description ?? null]);
	return createHash('sha256').update(content).digest('base64url').slice(0, 6);
}

/** The id of an event as text; undefined for a record without one, which cannot be watched. */
export const getEventId = ({ eventId }: IDataObject): string | undefined => toText(eventId) || undefined;

/** The id as a number; -1 if it is not one, so that it counts as the oldest. */
export const getIdRank = (id: string): number =>
	/^\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : -1;

const STORED_ENTRY = /^[^.]+\.([\w-]{6})?(\.\d{1,7})?$/;

/** `id.digest` or `id.digest.hour`, separated by blanks: n8n stores it as text, about 15 bytes an event. */
export function serializeSeenEvents(seen: SeenEvents): string {
	return [...seen]
		.map(([id, { digest, missedAt }]) =>
			[encodeURIComponent(id).replace(/\./g, '%2E'), digest, ...(missedAt === undefined ? [] : [missedAt])].join('.'),
		)
		.join(' ');
}

/** Reads what `writeSeen` wrote; undefined for anything else. */
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
