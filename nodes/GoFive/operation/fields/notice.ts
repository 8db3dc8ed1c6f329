import type { Field } from '../types';

/** A sentence in the form; it takes no value. */
export function notice(text: string): Field<undefined> {
	return {
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [{ displayName: text, name, type: 'notice', default: '' }],
		read: () => undefined,
	};
}
