import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../api/request/request';
import type { Output } from './fields';
import type { Options, OptionName } from './options';

/** What a field needs to know to read its value. */
export interface ReadContext {
	/** Zone of the GoFive account; it reads dates that carry no offset. */
	timeZone: string;
	/** Milliseconds since 1970. */
	now: number;
	/** Tells the user something after the run; of each kind only the first text, and how many items there were. */
	hint(kind: string, text: string): void;
	/** Whether the user gave a parameter of this name, or with dots a part of it, as an expression. */
	isExpression(name: string): boolean;
}

/** One value that an operation takes: how n8n shows it, and how it is read. */
export interface Field<T = unknown> {
	properties: INodeProperties[];
	/** @param get hands out a parameter of the item by its name; @throws Failure that names the field as the UI shows it */
	read(get: (name: string) => unknown, context: ReadContext): T;
}

/**
 * The fields of an operation, by the keys under which `request` and `receive` find their values. The runner knows two
 * of them by their keys: `limit` cuts, `output` chooses the form.
 */
export type Fields = Record<string, Field> & {
	limit?: Field<number | undefined>;
	output?: Field<Output>;
};

/** The values of an operation's fields, by the fields' keys, and its options. */
export type Values<F extends Fields = Fields> = {
	[K in keyof F]: NonNullable<F[K]> extends Field<infer T> ? T : never;
} & {
	options: Options;
};

/** Names for ids, fetched once per run when they are needed. */
export interface Lookup {
	request: ApiRequest;
	/** @returns names by id, both as text */
	receive(data: unknown): Map<string, string>;
	/** What the user is told when the look-up does not work; the run goes on without it. */
	missing: string;
}

/** Look-ups that were fetched, by the output field that needs them. */
export type Names = Record<string, Map<string, string> | undefined>;

/** A thing that GoFive knows, and what it looks like in n8n. */
export interface Entity {
	/** The thing in plural, for messages. */
	plural: string;
	/** What to look at where GoFive has none. */
	ifNone: string;
	/** Fields of the simplified output, in order. */
	fields: Array<{ name: string; value: string }>;
	/** Look-ups that fields need, by field. */
	lookups?: Record<string, Lookup>;
	/** @returns the simplified record; what GoFive left out is what a write sent, else null. An empty record gives the shape of "nothing found". */
	simplify(record: IDataObject, values: Values, names: Names): IDataObject;
	/** The instant to sort by, in milliseconds. */
	instant?(record: IDataObject, values: Values): number | undefined;
}

/** An operation as its file describes it: data, and two pure functions. */
export interface OperationDefinition<F extends Fields> {
	name: string;
	value: string;
	/** What n8n lists, and what an AI agent reads. */
	action: string;
	description: string;
	fields: F;
	options: readonly OptionName[];
	/** Key of the field that names the record which an item is about: messages name it, and an item without data carries it. */
	record?: keyof F & string;
	/** What the records are; without it they go out as `receive` returns them. */
	entity?: Entity;
	/** @throws Failure when the values do not fit together */
	request(values: Values<F>): ApiRequest;
	/** @returns the records of GoFive's data; @throws Failure when it has another form */
	receive(data: unknown, values: Values<F>): IDataObject[];
}

/** An operation whose fields are not known by type; what the runner works with. */
export type Operation = OperationDefinition<Fields>;

/** A resource: a folder with one file per operation. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
	/** The operation of a new node, by its value. n8n stores no defaults, so it never changes. */
	defaultOperation: string;
}

/** Checks an operation's types. */
export function operation<F extends Fields>(definition: OperationDefinition<F>): Operation {
	return definition as unknown as Operation;
}
