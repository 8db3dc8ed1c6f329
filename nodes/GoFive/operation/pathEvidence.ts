/** Source of a path that the public copy of GoFive's documentation does not contain. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

const PATH_SOURCES: Record<PathEvidence, string> = {
	legacy: 'taken from the 2021 partner portal',
	observed: 'taken from public client code',
	inferred: 'inferred from similar operations',
};

/** Appends the evidence of an operation's path to its description. */
export const withEvidence = (description: string, evidence: PathEvidence): string =>
	`${description.replace(/\.$/, '')}. Not found in the public copy of GoFive's documentation; the path is ${PATH_SOURCES[evidence]}.`;

/** Builds the sentence about the path for the message of a 404. */
export const describePathEvidence = (evidence: PathEvidence): string =>
	`GoFive may not offer this path, which is ${PATH_SOURCES[evidence]}. `;
