import { ELLIPSIS } from '../shared/text';
import type { GoFiveError } from './errors';

/** Masks secrets in a text. */
export type Redact = (text: string) => string;

/** Length of the shortest secret that is masked. A shorter text may occur by chance, and no server accepts it. */
const MIN_SECRET_LENGTH = 8;
/** Length of the shortest beginning of a secret that is masked where a text was cut. A shorter one may occur by chance. */
const MIN_CUT_LENGTH = 4;
/** Length of the longest text that this package cuts, as in serverMessage.ts. */
const MAX_CUT_LENGTH = 300;
const MASK = '***';

/** Number of characters at the end of a text that are the beginning of a secret. */
function countCutCharacters(text: string, secret: string): number {
	let length = Math.min(secret.length, text.length, MAX_CUT_LENGTH);
	while (length > 0 && text.slice(-length).toLowerCase() !== secret.slice(0, length).toLowerCase()) length -= 1;
	return length < MIN_CUT_LENGTH ? 0 : length;
}

/** Masks the secrets of a credential in texts that may quote a response, which may repeat a secret. */
export class Redactor {
	private readonly spellings = new Set<string>();
	private pattern?: RegExp;

	constructor(secrets: string[] = []) {
		for (const secret of secrets) this.add(secret);
	}

	/** Adds a secret in the spellings in which it is sent or may come back: plain, URL- and form-encoded, and in JSON. */
	add(secret: string): void {
		if (secret.length < MIN_SECRET_LENGTH || this.spellings.has(secret)) return;
		const formEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
		const inJson = JSON.stringify(secret).slice(1, -1);
		for (const spelling of [secret, encodeURIComponent(secret), formEncoded, inJson]) this.spellings.add(spelling);
		// The longest spelling first, since a secret may be the beginning of another one.
		const sorted = [...this.spellings].sort((a, b) => b.length - a.length);
		const literals = sorted.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
		this.pattern = new RegExp(literals.join('|'), 'gi');
	}

	/** Masks every secret in a text, in any case, and where the text was cut the beginning of a secret. */
	readonly redactText: Redact = (text) => {
		if (!this.pattern) return text;
		const parts = text.replace(this.pattern, MASK).split(ELLIPSIS);
		const lastPart = parts.pop();
		return [...parts.map((part) => this.redactEnd(part)), lastPart].join(ELLIPSIS);
	};

	/** Masks every secret in message and description. */
	redact(error: GoFiveError): GoFiveError {
		const { message, description } = error;
		return error.with({ message: this.redactText(message), description: this.redactText(description) });
	}

	/** Masks the beginning of a secret at the end of a text. */
	private redactEnd(text: string): string {
		const counts = [...this.spellings].map((spelling) => countCutCharacters(text, spelling));
		const count = Math.max(...counts);
		return count > 0 ? text.slice(0, -count) + MASK : text;
	}
}
