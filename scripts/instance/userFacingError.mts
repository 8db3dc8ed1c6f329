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

/** Formats the next step after a failure that may not occur again. */
export const formatRetryStep = (logFile: string): string =>
	`Run the command again, or look for the cause in ${logFile}`;

/** Converts any error into one for the user. */
export function toUserFacingError(error: unknown, logFile: string): UserFacingError {
	if (error instanceof UserFacingError) return error;
	const text = error instanceof Error ? error.message : String(error);
	return new UserFacingError(text, formatRetryStep(logFile));
}
