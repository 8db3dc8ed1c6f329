import type { Client } from '../../api/client';
import { toText, truncate } from '../../shared/text';
import { readColumn, toIdText } from '../records/records';
import type { NameSource } from '../entity';
import type { ReadOperation } from '../operation';
import { readAll } from './readAll';
import type { Row } from '../records/columns';

/** Maximum length of a label. Each record that contains the value repeats the label. */
const MAX_LABEL_LENGTH = 300;

/** An entry of a list that is loaded from GoFive. */
export interface Entry {
	value: unknown;
	/** Empty if GoFive returned none. */
	name: string;
	/** Name and code: "Somchai Jaidee (staff01)". Without them, it is empty. */
	label: string;
}

/** Returns the operation that reads the records of a source. */
export const getOperation = ({ operation }: NameSource): ReadOperation => operation as ReadOperation;

/** Reads the entry of a row through the columns of its entity. */
export function readEntry({ record }: Row, source: NameSource): Entry {
	const { operation, entity = operation.entity, valueColumn, nameColumn, codeColumn } = source;
	const readText = (key: string | undefined) => (key === undefined ? '' : toText(readColumn(record, key, entity)));
	const name = readText(nameColumn);
	const code = readText(codeColumn);
	const label = truncate(name && code ? `${name} (${code})` : name || code, MAX_LABEL_LENGTH);
	return { value: readColumn(record, valueColumn, entity), name, label };
}

/**
 * Reads the entries of a list.
 * @param limit - Maximum number of records to read. Defaults to all.
 */
export async function readEntries(source: NameSource, client: Client, limit?: number): Promise<Entry[]> {
	const { rows } = await readAll(getOperation(source), {}, client, { limit, usesLargePages: true });
	return rows.map((row) => readEntry(row, source));
}

/** Adds the labels of entries by value. An entry whose value identifies nothing is skipped. */
export function addLabels(labels: Map<string, string>, entries: Entry[]): void {
	for (const { value, label } of entries) {
		const text = toIdText(value);
		if (text) labels.set(text, label);
	}
}
