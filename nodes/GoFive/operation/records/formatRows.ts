import type { IDataObject } from 'n8n-workflow';
import type { Entity } from '../entity';
import type { Output } from '../field';
import {
	createLineSimplifier,
	createSimplifier,
	selectColumns,
	type ColumnContext,
	type NameLookup,
	type Row,
	type RowFormat,
} from './columns';

const SIMPLIFIED_OUTPUT: Output = { mode: 'simplified' };

/** Returns the selected output. An operation without the field Output has simplified records. */
export const getOutput = ({ output = SIMPLIFIED_OUTPUT }: { output?: Output }): Output => output;

/** Builds the entity of records without known columns from the columns that the user enters in Selected Fields. */
export function toSelectedEntity(output: Output): Entity | undefined {
	if (output.mode !== 'selected' || output.fields.length === 0) return undefined;
	const columns = Object.fromEntries(output.fields.map((field) => [field, { displayName: field }]));
	return { pluralName: 'records', columns };
}

/** Creates the function that turns a row into output data: one item, or with One Item per Row, one item per line. */
export function createFormatter(
	entity: Entity | undefined,
	output: Output,
	context: ColumnContext,
): (row: Row) => IDataObject[] {
	if (output.mode === 'raw') return ({ record }) => cloneNestedValues([{ ...record }]);
	if (!entity) return ({ record }) => cloneNestedValues([{ ...context.inputFields, ...record }]);
	const simplifyToLines = createLineSimplifier(entity, context);
	if (output.mode === 'rows') return (row) => cloneNestedValues(simplifyToLines(row));
	const simplify = createSimplifier(entity, context, selectColumns(entity, output));
	return (row) => cloneNestedValues([simplify(row)]);
}

/** Turns rows into output data, with the names that their columns show. The last step of every read and write. */
export async function formatRows(rows: Row[], format: RowFormat, names: NameLookup): Promise<IDataObject[]> {
	const { entity, output } = format;
	const lookupTables = await names.get(rows, format);
	const formatRow = createFormatter(entity, output, { ...format, lookupTables });
	return rows.flatMap((row) => {
		const items = formatRow(row);
		return row.addedFields ? items.map((item) => ({ ...item, ...row.addedFields })) : items;
	});
}

/** Whether a value of a record is an object or a list. A list of all values would take noticeable memory here. */
function hasNestedValue(record: IDataObject): boolean {
	for (const key in record) if (typeof record[key] === 'object' && record[key] !== null) return true;
	return false;
}

/**
 * Clones the nested values of new records, because items with equal requests share a response and a later node may
 * change its items in place. The lines of a record share its nested values, so that many lines need little memory.
 */
export function cloneNestedValues(records: IDataObject[]): IDataObject[] {
	// Most records contain no object, and structuredClone takes time even for those.
	return records.some(hasNestedValue) ? structuredClone(records) : records;
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
	const [emptyRecord = {}] = createFormatter(entity, usedOutput, context)({ record: referenceData });
	return { ...emptyRecord, ...referenceData };
}
