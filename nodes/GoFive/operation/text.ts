/** A value as a person would recognise it in a message, cut where it is long. */
export function shown(value: unknown): string {
	const text = asJson(value).slice(0, 80);
	return text.length === 80 ? `${text}…` : text;
}

function asJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** Ends the message for a value that is refused before any call. */
export const NOTHING_SENT = 'Nothing was sent for this item.';
