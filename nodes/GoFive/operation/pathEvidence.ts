/** Source of a path that was not found in GoFive's public documentation. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

const PATH_SOURCES: Record<PathEvidence, string> = {
	legacy: 'taken from the 2021 partner portal',
	observed: 'taken from public client code',
	inferred: 'inferred from similar operations',
};

const UNCONFIRMED_MARK = ' (Unconfirmed)';

/** Name that n8n's lint rules fix for the value `getAll`. Only the description shows that its path is unconfirmed. */
const GET_MANY = 'Get Many';

/** Marks the name of an operation whose path is unconfirmed. */
export const markUnconfirmed = (name: string): string => (name === GET_MANY ? name : name + UNCONFIRMED_MARK);

/** Returns the name of an operation without the mark. */
export const removeUnconfirmedMark = (name: string): string => name.replace(UNCONFIRMED_MARK, '');

/** Appends the sentence about an unconfirmed path to a description. */
export const describeUnconfirmed = (description: string): string =>
	`${description.replace(/\.$/, '')}. Unconfirmed path, test it first.`;

/** Builds the sentence about the path for the message of a 404. */
export const describePathEvidence = (evidence: PathEvidence): string =>
	`GoFive may not support this operation, because its path is ${PATH_SOURCES[evidence]}. `;
