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

/** Error codes of npm and the system with their meaning. The first match counts. */
const KNOWN_CAUSES: Array<{ pattern: RegExp; problem: string; nextStep: string }> = [
	{
		pattern: /ENOSPC|no space left on device/iu,
		problem: 'The disk is full.',
		nextStep: 'Free some disk space (the installation of n8n requires 6 GB), and run the command again.',
	},
	{
		pattern: /EINTEGRITY/u,
		problem: 'A package from the registry is damaged or differs from the lock file.',
		nextStep: 'Run "npm cache verify", and run the command again.',
	},
	{
		pattern: /\b(E404|ETARGET)\b/u,
		problem: 'The npm registry does not have a package that n8n requires.',
		nextStep:
			'Update the mirror that "npm config get registry" shows or select another registry, and run the command again.',
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50\d/u,
		problem: 'The npm registry could not be reached.',
		nextStep: 'Check the network connection (for a proxy, also "npm config get proxy"), and run the command again.',
	},
	{
		pattern: /\b(EACCES|EPERM|EROFS|ENOTDIR)\b/u,
		problem: 'A file or folder could not be written.',
		nextStep: 'Make it writable, and run the command again.',
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

/** Formats the next step after a failure that may not occur again. */
export const formatRetryStep = (logFile: string): string =>
	`Run the command again, or look for the cause in ${logFile}`;

/** Converts any error into one for the user. */
export function toUserFacingError(error: unknown, logFile: string): UserFacingError {
	if (error instanceof UserFacingError) return error;
	const text = error instanceof Error ? error.message : String(error);
	const cause = findKnownCause(text);
	return cause
		? new UserFacingError(`${cause.message} (${text})`, cause.nextStep)
		: new UserFacingError(text, formatRetryStep(logFile));
}
