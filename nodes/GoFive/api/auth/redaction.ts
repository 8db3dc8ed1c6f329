import type { GoFiveError } from '../errors/goFiveError';
import { getPastedToken, getStoredToken } from './sessionToken';
import { toText } from '../../shared/text';

/** Length of the shortest secret that is masked. A shorter text may occur by chance, and no server accepts it. */
const MIN_SECRET_LENGTH = 8;
/**
 * Length of the parts by which a secret is recognised, so that it is masked even if its beginning or end is missing.
 * Shorter parts occur in ordinary texts: "subscription" may be part of a key that a person has made up.
 */
const MAX_PART_LENGTH = 16;
/**
 * Number of spellings to keep. The first 16 are those of the credential, since the client adds them first. An old token
 * is forgotten, because a server could issue a new one for each request.
 */
const MAX_SPELLINGS = 36;
const CREDENTIAL_SPELLINGS = 16;
/** Length of the shortest part of a secret that is masked next to the ellipsis of a shortened text. */
const MIN_CUT_LENGTH = 4;

/** Converts the letters A to Z. The case of other letters may change the length of a text. */
const toAsciiLowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Returns the length of the parts. A quoted message has lost a final dot, which may be the end of a short secret. */
const getPartLength = (secret: string): number => Math.min(MAX_PART_LENGTH, secret.length - 1);

/**
 * Marks the characters of a text that belong to a secret.
 *
 * @param parts - All parts of the secret that have its part length.
 */
function markSecret(text: string, secret: string, parts: Set<string>, isSecret: boolean[]): void {
	const partLength = getPartLength(secret);
	for (let start = 0; start + partLength <= text.length; start++) {
		if (parts.has(text.slice(start, start + partLength))) isSecret.fill(true, start, start + partLength);
	}
}

/** Marks the characters next to an ellipsis that are the beginning or the end of a secret. */
function markCuts(text: string, secrets: Iterable<string>, isSecret: boolean[]): void {
	const cutSecrets = new Set<string>();
	for (const secret of secrets) {
		for (let length = MIN_CUT_LENGTH; length < getPartLength(secret); length++)
			cutSecrets.add(`${secret.slice(0, length)}…`).add(`…${secret.slice(-length)}`);
	}
	for (let cut = text.indexOf('…'); cut >= 0; cut = text.indexOf('…', cut + 1)) {
		for (let length = MIN_CUT_LENGTH; length < MAX_PART_LENGTH; length++) {
			const [start, end] = [Math.max(0, cut - length), cut + 1 + length];
			if (cutSecrets.has(text.slice(start, cut + 1))) isSecret.fill(true, start, cut);
			if (cutSecrets.has(text.slice(cut, end))) isSecret.fill(true, cut + 1, end);
		}
	}
}

/** Masks secrets in texts that may quote a response, which may repeat a secret. */
export class SecretRedactor {
	/** Parts of each secret, by each of its spellings in lower case. */
	private readonly partsBySpelling = new Map<string, Set<string>>();

	/** Adds the secrets of a credential. */
	addCredential(credential: Record<string, unknown>): void {
		const { subscriptionApiKey, clientSecret } = credential;
		const tokens = [getPastedToken(credential), getStoredToken(credential)];
		for (const secret of [toText(subscriptionApiKey), toText(clientSecret), ...tokens]) this.add(secret);
	}

	/** Adds a secret in the spellings in which it is sent or may come back: plain, URL- and form-encoded, and in JSON. */
	add(secret: string): void {
		const formEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
		for (const text of [secret, encodeURIComponent(secret), formEncoded, JSON.stringify(secret).slice(1, -1)]) {
			const spelling = toAsciiLowerCase(text);
			if (secret.length < MIN_SECRET_LENGTH || this.partsBySpelling.has(spelling)) continue;
			const partLength = getPartLength(spelling);
			const parts = Array.from(spelling, (_, start) => spelling.slice(start, start + partLength));
			this.partsBySpelling.set(spelling, new Set(parts.filter(({ length }) => length === partLength)));
			if (this.partsBySpelling.size <= MAX_SPELLINGS) continue;
			const oldestToken = [...this.partsBySpelling.keys()][CREDENTIAL_SPELLINGS] as string;
			this.partsBySpelling.delete(oldestToken);
		}
	}

	/** Masks every part of a secret in a text. */
	redactText(text: string): string {
		const lowerCaseText = toAsciiLowerCase(text);
		const isSecret = Array.from({ length: text.length }, () => false);
		for (const [spelling, parts] of this.partsBySpelling) markSecret(lowerCaseText, spelling, parts, isSecret);
		if (text.includes('…')) markCuts(lowerCaseText, this.partsBySpelling.keys(), isSecret);
		const maskOf = (index: number): string => (isSecret[index - 1] ? '' : '***');
		return isSecret.map((isMasked, index) => (isMasked ? maskOf(index) : text[index])).join('');
	}

	/** Masks every part of a secret in message and description. */
	redact(error: GoFiveError): GoFiveError {
		const { message, description } = error;
		return error.withText({ message: this.redactText(message), description: this.redactText(description) });
	}
}
