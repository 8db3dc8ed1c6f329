const MOST_SHOWN = 80;

/** A value as a person would recognise it in a message, cut where it is long. */
export function shown(value: unknown): string {
	const characters = [...asJson(value)];
	return characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN).join('')}…` : characters.join('');
}

function asJson(value: unknown): string {
	// An invalid date of Luxon would be shown as null.
	if (typeof value === 'object' && value !== null && 'isValid' in value && value.isValid === false)
		return 'an invalid date';
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** Ends the message for a value that is refused before any call. */
export const NOTHING_SENT = 'Nothing was sent for this item.';
