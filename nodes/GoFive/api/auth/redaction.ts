import type { GoFiveError } from '../errors/goFiveError';
import { getPastedToken, getStoredToken } from './sessionToken';
import { toText } from '../../shared/text';

/** Length of the shortest secret that is masked. A shorter text may occur by chance, and no server accepts it. */
const MIN_SECRET_LENGTH = 8;
/**
 * Length of the parts by which a secret is recognised, so that it is masked even if its beginning or end is missing.
 * Shorter parts occur in ordinary texts: "customer" may be part of a secret that a person has made up.
 */
const PART_LENGTH = 12;
/** Length of the shortest part of a secret that is masked next to the ellipsis of a shortened text. */
const MIN_CUT_LENGTH = 4;
const ELLIPSIS = '…';

/** One spelling of a secret in lower case, with all parts of equal length that it has. */
interface Spelling {
	text: string;
	partLength: number;
	parts: Set<string>;
}

/** Converts the letters A to Z. The case of other letters may change the length of a text. */
const toAsciiLowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Returns the spellings in which a secret is sent or may come back: plain, URL-encoded, form-encoded and in JSON. */
function toSpellings(secret: string): Spelling[] {
	const formEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
	const texts = [secret, encodeURIComponent(secret), formEncoded, JSON.stringify(secret).slice(1, -1)];
	return [...new Set(texts.map(toAsciiLowerCase))].map((text) => {
		// A quoted message has lost its final dot, which may be the last character of a short secret.
		const partLength = Math.min(PART_LENGTH, text.length - 1);
		const starts = Array.from({ length: text.length - partLength + 1 }, (_, start) => start);
		return { text, partLength, parts: new Set(starts.map((start) => text.slice(start, start + partLength))) };
	});
}

/**
 * Marks the characters of a text that belong to a secret.
 *
 * @param text - Text in lower case.
 */
function markSecret(text: string, { text: secret, partLength, parts }: Spelling, isSecret: boolean[]): void {
	for (let start = 0; start + partLength <= text.length; start++) {
		if (parts.has(text.slice(start, start + partLength))) isSecret.fill(true, start, start + partLength);
	}
	for (let cut = text.indexOf(ELLIPSIS); cut >= 0; cut = text.indexOf(ELLIPSIS, cut + 1)) {
		for (let length = MIN_CUT_LENGTH; length < partLength; length++) {
			if (text.startsWith(secret.slice(0, length), cut - length)) isSecret.fill(true, cut - length, cut);
			if (text.startsWith(secret.slice(-length), cut + 1)) isSecret.fill(true, cut + 1, cut + 1 + length);
		}
	}
}

/** Masks the secrets of a credential in texts that may quote a response, which may repeat a secret. */
export class SecretRedactor {
	private readonly secrets = new Map<string, Spelling[]>();

	constructor(credential: Record<string, unknown>) {
		const { subscriptionApiKey, clientSecret } = credential;
		const tokens = [getPastedToken(credential), getStoredToken(credential)];
		for (const secret of [toText(subscriptionApiKey), toText(clientSecret), ...tokens]) this.add(secret);
	}

	/** Adds a secret, for example a token that was fetched later. */
	add(secret: string): void {
		if (secret.length >= MIN_SECRET_LENGTH && !this.secrets.has(secret)) this.secrets.set(secret, toSpellings(secret));
	}

	/** Masks every part of a secret in a text. */
	redactText(text: string): string {
		const lowerCaseText = toAsciiLowerCase(text);
		const isSecret = Array.from({ length: text.length }, () => false);
		for (const spelling of [...this.secrets.values()].flat()) markSecret(lowerCaseText, spelling, isSecret);
		return Array.from(isSecret, (isMasked, index) => {
			if (!isMasked) return text[index];
			return isSecret[index - 1] ? '' : '***';
		}).join('');
	}

	/** Masks every part of a secret in message and description. */
	redact(error: GoFiveError): GoFiveError {
		return error.withText({
			message: this.redactText(error.message),
			description: this.redactText(error.description),
		});
	}
}
