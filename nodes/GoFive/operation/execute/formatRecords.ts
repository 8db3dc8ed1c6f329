import type { IDataObject } from 'n8n-workflow';
import type { Column, Entity, Output } from '../types';
import { createLineSimplifier, createSimplifier, type ColumnContext } from './columns';

const SIMPLIFIED_OUTPUT: Output = { mode: 'simplified' };

/** Returns the selected output. An operation without the field Output has simplified records. */
export const getOutput = ({ output = SIMPLIFIED_OUTPUT }: { output?: Output }): Output => output;

/** Builds the entity of records without known columns from the columns that the user enters in Selected Fields. */
export function toSelectedEntity(output: Output): Entity | undefined {
	if (output.mode !== 'selected' || output.fields.length === 0) return undefined;
	const columns = Object.fromEntries(output.fields.map((field) => [field, { displayName: field }]));
	return { pluralName: 'records', columns };
}

/**
 * Selects the keys of the record's columns to return, in the order of the entity. The key of the record is always
 * returned, and a name that Add Names adds follows its code.
 */
export function selectColumns({ columns, keyColumns = [], lines }: Entity, output: Output): string[] {
	const all = Object.keys(columns);
	if (output.mode === 'lines') return lines?.parentColumns ?? [];
	if (output.mode !== 'selected') return all.filter((key) => !columns[key]?.selectedOnly);
	if (output.fields.length === 0) return all;
	const selectedKeys = [...output.fields, ...keyColumns];
	return all.filter((key) => {
		const { isAddedName, lookup } = columns[key] as Column;
		return selectedKeys.includes(isAddedName ? (lookup?.idColumn ?? key) : key);
	});
}

/** Creates the function that turns a record into output data: one item, or with One Item per Row, one item per line. */
export function createFormatter(
	entity: Entity | undefined,
	output: Output,
	context: ColumnContext,
): (record: IDataObject) => IDataObject[] {
	if (output.mode === 'raw') return (record) => cloneNestedValues([{ ...record }]);
	if (!entity) return (record) => cloneNestedValues([{ ...context.inputFields, ...record }]);
	const simplifyToLines = createLineSimplifier(entity, context);
	if (output.mode === 'lines') return (record) => cloneNestedValues(simplifyToLines(record));
	const simplify = createSimplifier(entity, context, selectColumns(entity, output));
	return (record) => cloneNestedValues([simplify(record)]);
}

/**
 * Clones the nested values of new records, because items with equal requests share a response and a later node may
 * change its items in place. The lines of a record share its nested values, so that many lines need little memory.
 */
function cloneNestedValues(records: IDataObject[]): IDataObject[] {
	// Most records contain no object, and structuredClone takes time even for those.
	const isNested = (value: unknown) => typeof value === 'object' && value !== null;
	return records.some((record) => Object.values(record).some(isNested)) ? structuredClone(records) : records;
}

/**
 * Builds the item for an empty result: all columns null, and the value of the reference. For Raw, it is simplified.
 * @param referenceData - Value of the reference by parameter name. See `toReferenceData`.
 */
export function createEmptyRecord(
	entity: Entity | undefined,
	output: Output,
	referenceData: IDataObject,
	context: ColumnContext,
): IDataObject {
	const usedOutput = output.mode === 'raw' ? SIMPLIFIED_OUTPUT : output;
	const [emptyRecord = {}] = createFormatter(entity, usedOutput, context)(referenceData);
	return { ...emptyRecord, ...referenceData };
}
