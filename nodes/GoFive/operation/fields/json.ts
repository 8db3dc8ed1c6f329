import type { IDataObject } from 'n8n-workflow';
import { jsonIn } from '../../api/answer/envelope';
import { NOTHING_SENT } from '../../api/words/failure';
import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About } from './one';
import { lost, readText } from './read';

/** JSON that was given: its value, and the text that travels, which keeps every digit. */
export interface Json {
	value: IDataObject | unknown[];
	text: string;
}

/**
 * A JSON object or list, as text or as an expression gives it; undefined when nothing was given.
 * @param how what to give instead; @throws Failure for anything else
 */
export function readJson(given: unknown, displayName: string, how: string): Json | undefined {
	if (isBlank(given)) return undefined;
	const value = typeof given === 'string' ? jsonIn(given) : given;
	if (typeof value !== 'object' || value === null) throw notAccepted(given, displayName, `${how} ${NOTHING_SENT}`);
	// JSON has no such numbers and would show them as null.
	const check = (_: string, part: unknown) => (typeof part === 'number' ? Number(readText(part, displayName)) : part);
	const text = typeof given === 'string' ? given.trim() : JSON.stringify(value, check);
	return { value: value as Json['value'], text };
}

/** JSON, an object or a list; undefined when it is left empty. */
export function json(displayName: string, about: About<never>): Field<Json | undefined> {
	return {
		...one(displayName, about, { type: 'json' }, () => undefined),
		read(get, name, context) {
			const read = readJson(get(name), displayName, 'Give a JSON object or list.');
			if (read === undefined && context.isExpression(name)) throw lost(displayName);
			return read;
		},
		body: (value, name) => ({ [about.wire ?? name]: value?.value as IDataObject }),
	};
}
