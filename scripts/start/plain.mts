/** Something that stops `npm start` and that a person can mend: what happened, and what to do next. */
export class PlainStop extends Error {
	/**
	 * @param what what happened, one sentence.
	 * @param next what to do now, one or two sentences.
	 */
	constructor(
		what: string,
		readonly next: string,
	) {
		super(what);
		this.name = 'PlainStop';
	}
}

const again = 'run "npm start" again; it repairs the half-finished installation.';

/** What npm or the system say, and what that means to a person. The first that fits is taken. */
const causes: Array<{ pattern: RegExp; what: string; next: string }> = [
	{
		pattern: /ENOSPC|no space left on device/iu,
		what: 'The disk is full.',
		next: `Free some space (n8n needs 6 GB while it is being installed) and ${again}`,
	},
	{
		pattern: /EINTEGRITY/u,
		what: 'A package came from the registry damaged, or is not the one that the lock file names.',
		next: `Run "npm cache verify", then ${again}`,
	},
	{
		pattern: /\b(E404|ETARGET)\b/u,
		what: 'The npm registry in use does not have a package that this n8n needs.',
		next: `See "npm config get registry"; if it is a mirror, let it catch up or use another one. Then ${again}`,
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50\d/u,
		what: 'The npm registry could not be reached.',
		next: `Check the network connection (behind a proxy also "npm config get proxy") and ${again}`,
	},
	{
		pattern: /\b(EACCES|EPERM|EROFS|ENOTDIR)\b/u,
		what: 'A file or folder could not be written.',
		next: 'Make it writable for you, and run "npm start" again.',
	},
];

/**
 * @param text what npm printed, or the message of an error.
 * @returns the message for a person, or undefined when the text fits no known cause.
 */
export function knownCause(text: string): PlainStop | undefined {
	const cause = causes.find(({ pattern }) => pattern.test(text));
	return cause && new PlainStop(cause.what, cause.next);
}

/** Whatever was thrown, as a message for a person; `log` is the file that holds the details. */
export function asPlainStop(error: unknown, log: string): PlainStop {
	if (error instanceof PlainStop) return error;
	const text = error instanceof Error ? error.message : String(error);
	const cause = knownCause(text);
	return cause ? new PlainStop(`${cause.message} (${text})`, cause.next) : new PlainStop(text, `The details are in ${log}`);
}
