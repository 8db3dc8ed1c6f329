/** Error that a user can resolve. */
export class UserFacingError extends Error {
	/**
	 * @param problem - What happened, in one sentence
	 * @param nextStep - How to resolve it, in one or two sentences
	 */
	constructor(
		problem: string,
		readonly nextStep: string,
	) {
		super(problem);
		this.name = 'UserFacingError';
	}
}

const RETRY_HINT = 'run "npm start" again; it repairs the half-finished installation.';

/** Error codes of npm and the system with their meaning. The first match counts. */
const KNOWN_CAUSES: Array<{ pattern: RegExp; problem: string; nextStep: string }> = [
	{
		pattern: /ENOSPC|no space left on device/iu,
		problem: 'The disk is full.',
		nextStep: `Free some space (n8n needs 6 GB while it is being installed) and ${RETRY_HINT}`,
	},
	{
		pattern: /EINTEGRITY/u,
		problem: 'A package came from the registry damaged, or is not the one that the lock file names.',
		nextStep: `Run "npm cache verify", then ${RETRY_HINT}`,
	},
	{
		pattern: /\b(E404|ETARGET)\b/u,
		problem: 'The npm registry in use does not have a package that this n8n needs.',
		nextStep: `See "npm config get registry"; if it is a mirror, let it catch up or use another one. Then ${RETRY_HINT}`,
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50\d/u,
		problem: 'The npm registry could not be reached.',
		nextStep: `Check the network connection (behind a proxy also "npm config get proxy") and ${RETRY_HINT}`,
	},
	{
		pattern: /\b(EACCES|EPERM|EROFS|ENOTDIR)\b/u,
		problem: 'A file or folder could not be written.',
		nextStep: 'Make it writable for you, and run "npm start" again.',
	},
];

/**
 * Finds the cause of a failed command in its output.
 * @returns undefined if no known code occurs
 */
export function findKnownCause(text: string): UserFacingError | undefined {
	const cause = KNOWN_CAUSES.find(({ pattern }) => pattern.test(text));
	return cause && new UserFacingError(cause.problem, cause.nextStep);
}

/** Converts any error into one for the user. */
export function toUserFacingError(error: unknown, logFile: string): UserFacingError {
	if (error instanceof UserFacingError) return error;
	const text = error instanceof Error ? error.message : String(error);
	const cause = findKnownCause(text);
	return cause
		? new UserFacingError(`${cause.message} (${text})`, cause.nextStep)
		: new UserFacingError(text, `The details are in ${logFile}`);
}
