import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../api/answer/envelope';
import { NOTHING_SENT } from '../../api/words/failure';
import { isBlank, notAccepted } from '../text';
import type { Field, Fields, Get, Read, ReadContext } from '../types';
import { hintIfLost, LEFT_OUT, lost } from './read';

/** What of the values GoFive gets, under its own keys; what is undefined is left out. */
export function bodyOf(fields: Record<string, Field>, values: Record<string, unknown>): IDataObject {
	const parts = Object.entries(values).map(([name, value]): IDataObject => {
		const { wire, body } = fields[name] ?? { wire: null };
		if (value === undefined) return {};
		if (value === null && wire !== null) return { [wire ?? name]: null };
		if (body) return body(value, name);
		return wire === null ? {} : { [wire ?? name]: value as IDataObject };
	});
	return Object.assign({}, ...parts) as IDataObject;
}

/** Reads fields, by their names. @throws Failure for the first value that is not acceptable */
export function readAll<F extends Record<string, Field>>(fields: F, get: Get, context: ReadContext): Read<F> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, field.read(get, name, context)]),
	) as Read<F>;
}

/** Reads fields that stand inside another one. @param at the path of that one, by which expressions are known */
export function readInside<F extends Record<string, Field>>(
	fields: F,
	get: Get,
	at: string,
	context: ReadContext,
): Read<F> {
	return readAll(fields, get, { ...context, isExpression: (name) => context.isExpression(`${at}.${name}`) });
}

/** The properties of fields that stand inside another one. */
export const propertiesInside = (fields: Record<string, Field>) =>
	Object.entries(fields).flatMap(([name, field]) => field.properties(name));

interface AboutGroup {
	placeholder?: string;
	/** GoFive's key of the object that holds the values; without it they stand beside the others. */
	wire?: string;
	/** Whether a field that was added and left blank is left out, since there is nothing to clear: in filters, and in what is new. */
	leavesOut?: boolean;
}

/** What was added; what was added and left blank is null, which clears it at GoFive, or undefined where it is left out. */
export type Added<F extends Fields> = { [K in keyof F]?: Read<F>[K] | null };

/** n8n's collection: fields that a user may add. Only here a field that is blank is told from one that is not there. */
export function group<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	{ placeholder = 'Add Field', wire, leavesOut }: AboutGroup = {},
): Field<Added<F>> {
	return {
		wire,
		inside: fields,
		properties: (name) => [
			{
				displayName,
				name,
				type: 'collection',
				placeholder,
				default: {},
				description,
				options: propertiesInside(fields),
			},
		],
		read(get, name, context) {
			const given = get(name) ?? {};
			if (!isObject(given)) throw notAccepted(given, displayName, `Add the fields in the form. ${NOTHING_SENT}`);
			const added = Object.entries(fields).filter(([key]) => Object.hasOwn(given, key));
			const isCleared = ([key]: [string, Field]) => isBlank(given[key]);
			const read = readInside(
				Object.fromEntries(added.filter((entry) => !isCleared(entry))),
				(key) => given[key],
				name,
				context,
			);
			const cleared = added.filter(isCleared).map(([key, field]) => {
				const shown = field.properties(key)[0]?.displayName ?? key;
				const isLost = context.isExpression(`${name}.${key}`);
				// A cell that is blank may be meant to clear; a column that is not there is hardly.
				if (isLost && !leavesOut && typeof given[key] !== 'string') throw lost(shown);
				hintIfLost(context, `${name}.${key}`, shown, leavesOut ? LEFT_OUT : 'it was sent empty');
				return [key, leavesOut ? undefined : null];
			});
			return { ...Object.fromEntries(cleared), ...read } as Added<F>;
		},
		body(values) {
			const inside = bodyOf(fields, values);
			return wire === undefined ? inside : Object.keys(inside).length > 0 ? { [wire]: inside } : {};
		},
	};
}
