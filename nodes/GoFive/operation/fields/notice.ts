import type { Field } from '../types';

/** Creates a notice: a sentence in the form, without a value. As in n8n, the sentence is its display name. */
export function notice(displayName: string): Field<undefined> {
	return {
		displayName,
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [{ displayName, name, type: 'notice', default: '' }],
		read: () => undefined,
	};
}
