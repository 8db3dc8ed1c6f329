import type { Operation } from 'openapi-backend';
import type { RecordListName } from './recordLists.mts';

/** How a request names a record of a list. */
export interface RecordLookup {
	list: RecordListName;
	/** Key of the record whose value the request sends. */
	idKey?: string;
	/** Key of this value in the path or body of the request. Defaults to `idKey`. */
	sentAs?: string;
}

/**
 * Extension `x-records` of the contract: the list that an operation reads, writes or deletes. A write that sends no
 * value of `idKey` creates a record.
 */
export interface RecordsExtension extends RecordLookup {
	/** Records of other lists to which the written or the listed records belong. */
	belongsTo?: RecordLookup[];
	/** Names in the record of keys of the body, including the keys of rows. Null if a key is not stored. */
	keys?: Record<string, string | null>;
	/** Key of the body that contains a list of records, or true if the body is the list. */
	rows?: string | true;
}

/** Entry of the extension `x-refusals` of the contract: when a request is refused, and with which message. */
export interface Refusal {
	/** `unknown`: there is no such record in `list`. `existing`: another record has the same value in `key`. */
	check: 'unknown' | 'existing';
	/** Defaults to all lists of the operation. */
	list?: RecordListName;
	key?: string;
	message: string;
}

/** Extension `x-groups` of the contract: the key by which rows may be grouped, and the key of the list in a group. */
interface GroupsExtension {
	by: string;
	list: string;
}

/** Returns the extension `x-groups` of an operation. */
export const getGroupsExtension = (operation: Operation): GroupsExtension | undefined =>
	(operation as Operation & { 'x-groups'?: GroupsExtension })['x-groups'];

/** Returns the extension `x-records` of an operation. */
export const getRecordsExtension = (operation: Operation): RecordsExtension | undefined =>
	(operation as Operation & { 'x-records'?: RecordsExtension })['x-records'];

/** Returns the extension `x-refusals` of an operation. */
export const getRefusals = (operation: Operation): Refusal[] =>
	(operation as Operation & { 'x-refusals'?: Refusal[] })['x-refusals'] ?? [];
