import type { GoFiveError } from './errors';

/** Masks secrets in a text. */
export type Redact = (text: string) => string;

/** Length of the shortest secret that is masked. A shorter text may occur by chance, and no server accepts it. */
const MIN_SECRET_LENGTH = 8;

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

	/** Masks every secret in a text, in any case. */
	readonly redactText: Redact = (text) => (this.pattern ? text.replace(this.pattern, '***') : text);

	/** Masks every secret in message and description. */
	redact(error: GoFiveError): GoFiveError {
		const { message, description } = error;
		return error.with({ message: this.redactText(message), description: this.redactText(description) });
	}
}
