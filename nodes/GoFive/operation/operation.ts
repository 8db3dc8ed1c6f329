// What an operation of any kind has, and what an operation that reads has. The other kinds are in `kinds/`.
// Imported by `operation/` and the trigger. `entity.ts` and `field.ts` are below it.
// Start with OperationBase.
import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Effect } from '../api/request';
import type { Entity } from './entity';
import type { Fields, NodeOptionName, OperationValues } from './field';
import type { PathEvidence } from './pathEvidence';

/** Adds a hint for the user. */
export type AddFilterHint = (text: string) => void;

/** Filter of the records of a list. */
export type RecordFilter = (records: IDataObject[], addFilterHint?: AddFilterHint) => IDataObject[];

/** Pagination of a list: GoFive's keys for the page size and, if the endpoint can skip records, for the offset. */
export interface Pages {
	takeKey: string;
	skipKey?: string;
}

/** One of the reads of which a list consists, for example the events of one customer. */
export interface Part<P = object> {
	/** Identifies the part, for example the customer code. The trigger stores it. */
	key: string;
	/** Name in messages of the action node, for example: customer code 'C000055'. The trigger names a part by its key. */
	name: string;
	/** Values with which the part is read, in addition to the values of the form. Columns that GoFive omits show them. */
	values: P;
	/** Turns the records of the part into those of the output. Defaults to the records themselves. */
	toOutput?(records: IDataObject[]): IDataObject[];
}

/** Parts that follow from the records of a list, which is read first. The key column of the list identifies a part. */
export interface ListedParts<P = object> {
	operation: ReadOperation;
	/** Values with which the list is read, in addition to those of an untouched form. */
	values: Record<string, unknown>;
	/** @param read - Reads a column of the record. */
	toPart(key: string, read: (column: string) => unknown): Part<P>;
	/** Sentence about how to shorten the list. */
	narrowingAdvice: string;
}

export type Parts<P = object> = Array<Part<P>> | ListedParts<P>;

/** What an operation of any kind has: its texts, its form, and the request for one input item. */
export interface OperationBase {
	name: string;
	value: string;
	/** Text in n8n's list of actions, for users and AI agents. */
	action: string;
	description: string;
	/** Whether the operation may change data in GoFive. */
	effect: Effect;
	/** Source of the path, if it was not found in the public copy of GoFive's documentation. The description and a notice say so. */
	evidence?: PathEvidence;
	/** Whether an AI agent is not offered the operation. n8n then hides it in the form of a tool. */
	isHiddenFromTools?: boolean;
	fields: Fields;
	/** Names of the options in the form. */
	options: NodeOptionName[];
	/** Notices of the kind of operation. They precede the fields. */
	notices?: Fields;
	/** Field that identifies the record of an input item. Messages name the record by it, an empty item contains it. */
	idField?: string;
	/** Field with the name of the record, by which messages name it if the ID is empty because the item creates it. */
	nameField?: string;
	/** Entity of the records. Defaults to the one of the field Output. Without it, the records are returned unchanged. */
	entity?: Entity;
	/** @throws GoFiveError if the values of an input item are not valid together. */
	validate?(values: OperationValues): void;
}

/** Operation whose form describes a request. */
export interface RequestOperation extends OperationBase {
	/**
	 * Describes the request for one input item. If the operation has parts, it is called for each part, and once without the
	 * values of a part. Without any value, its method and path are still those of the operation.
	 * @param body - Body that was built from all values. See `Field.bodyKey`.
	 */
	request(values: OperationValues, body: IDataObject): ApiRequest;
}

/** Settings of an operation that reads a list. */
export interface ListSettings<F extends Fields = Fields, P extends object = object> {
	/** Error description if GoFive finds no record: values for the user to check. */
	notFoundDescription?: string;
	/** Returns the name of the output's records in plural, for messages. Defaults to that of the entity. */
	pluralName?(values: OperationValues<F>): string;
	/**
	 * Returns the parts of a list that takes several requests. They are read in parallel, their records are returned in this
	 * order, and a record that several parts return is returned once. Also called with the values of an untouched form.
	 */
	parts?(values: OperationValues<F>): Parts<P>;
	/**
	 * Returns a filter of the records that GoFive's request cannot express. With a filter, the whole list is read, and the
	 * limit counts the records that it keeps. Undefined if all records are kept.
	 */
	filter?(values: OperationValues<F>): RecordFilter | undefined;
	/** Key of the column with the date by which the records can be sorted. The operation then has the option Sort. */
	sortColumn?: string;
	/** Pagination of the list. */
	pages?: Pages;
}

/** Operation that reads a record or a list. Its type is not in `kinds/read`, because everything reads with it. */
export interface ReadOperation extends RequestOperation, ListSettings {
	kind: 'read';
	effect: 'read';
	/** Whether it reads a list. Otherwise the ID field identifies its record. */
	isList: boolean;
	/**
	 * Extracts the records from the data of the response.
	 * @throws GoFiveError if the data has another form.
	 */
	receive?(data: unknown, values: OperationValues): IDataObject[];
}
