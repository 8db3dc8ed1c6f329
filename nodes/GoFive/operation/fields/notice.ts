import type { Field } from '../types';

/** A sentence in the form; it takes no value. */
export function notice(sentence: string): Field<undefined> {
	return {
		wire: null,
		isShape: true,
		properties: (name) => [{ displayName: sentence, name, type: 'notice', default: '' }],
		read: () => undefined,
	};
}
