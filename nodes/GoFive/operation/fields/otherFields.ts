import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT, failUnsent } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Field } from '../types';
import { json, type Json } from './json';

const DISPLAY_NAME = 'Other Fields (JSON)';

/** GoFive's keys in a form, in lower case, with those of its groups that stand beside the others. */
function keysOf(fields: Record<string, Field>): string[] {
	return Object.entries(fields).flatMap(([name, { wire, inside, properties }]) => {
		const isBeside = inside && wire === undefined && properties(name)[0]?.type === 'collection';
		return isBeside ? keysOf(inside) : [(wire ?? name).toLowerCase()];
	});
}

/**
 * Fields that GoFive may know and the form does not, since our copy of its page is cut: they go into the body as they are.
 * @param form the fields beside it
 */
export function otherFields(form: Record<string, Field>): Field<Json | undefined> {
	const description =
		'An object with more fields of GoFive that this form does not have, under the names that GoFive gives them';
	const field = json(DISPLAY_NAME, description, { example: '{"key": "value"}' });
	return {
		...field,
		read(get, name, context) {
			const read = field.read(get, name, context);
			if (Array.isArray(read?.value)) throw notAccepted(get(name), DISPLAY_NAME, `Give an object. ${NOTHING_SENT}`);
			if (!read) return read;
			const known = keysOf(form);
			const double = Object.keys(read.value).find((key) => known.includes(key.toLowerCase()));
			if (double === undefined) return read;
			failUnsent(`'${DISPLAY_NAME}' cannot hold '${double}'`, 'The form has a field for it: fill in that one.');
		},
		body: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
