/** Source of a path that the public copy of GoFive's documentation does not contain. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

const PATH_SOURCES: Record<PathEvidence, string> = {
	legacy: 'taken from the 2021 partner portal',
	observed: 'taken from public client code',
	inferred: 'inferred from similar operations',
};

/** Appends the evidence of an operation's path to its description. */
export const withEvidence = (description: string, evidence: PathEvidence): string =>
	`${description.replace(/\.$/, '')}. Test this operation first, because it may not work. Its path was not found in the public copy of GoFive's documentation and is ${PATH_SOURCES[evidence]}.`;

/** Builds the sentence about the path for the message of a 404. */
export const describePathEvidence = (evidence: PathEvidence): string =>
	`GoFive may not support this operation, because its path is ${PATH_SOURCES[evidence]}. `;
