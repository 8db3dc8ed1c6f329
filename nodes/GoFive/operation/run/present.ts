import type { IDataObject } from 'n8n-workflow';
import type { Entity, Output, Values } from '../types';
import { instantOf, simplifiedLines, simplify, type Beside } from './columns';

const SIMPLIFIED: Output = { mode: 'simplified' };

/** The form in which records go out. */
export const outputOf = ({ output = SIMPLIFIED }: { output?: Output }): Output => output;

/** The columns that go out, in their order. */
function columnsOf({ columns }: Entity, output: Output): string[] {
	const all = Object.keys(columns);
	if (output.mode !== 'selected') return all.filter((column) => !columns[column]?.isExtra);
	return output.fields.length === 0 ? all : all.filter((column) => output.fields.includes(column));
}

/** The columns of the output that need a look-up. */
export function neededLookups(entity: Entity, output: Output): string[] {
	return output.mode === 'raw' ? [] : columnsOf(entity, output).filter((column) => entity.columns[column]?.lookup);
}

/** Sorts records; those without a date come last. */
export function sorted(
	records: IDataObject[],
	entity: Entity | undefined,
	{ options }: Pick<Values, 'options'>,
): IDataObject[] {
	const { sort, timeZone } = options;
	if (sort === 'asReturned' || !entity?.sortBy) return records;
	const sign = sort === 'oldestFirst' ? 1 : -1;
	return records
		.map((record) => ({ record, instant: instantOf(record, entity, timeZone) }))
		.sort((a, b) =>
			a.instant === undefined || b.instant === undefined
				? Number(a.instant === undefined) - Number(b.instant === undefined)
				: sign * (a.instant - b.instant),
		)
		.map(({ record }) => record);
}

/** Gives records the chosen form: each becomes an item, or one for each of its lines. */
export function presenter(
	entity: Entity | undefined,
	output: Output,
	beside: Beside,
): (record: IDataObject) => IDataObject[] {
	if (output.mode === 'raw') return (record) => [own(record)];
	if (entity && output.mode === 'lines') return (record) => simplifiedLines(record, entity, beside).map(own);
	if (entity) {
		const keys = columnsOf(entity, output);
		return (record) => [own(simplify(record, entity.columns, beside, keys))];
	}
	// The columns are not known before, so a chosen one that is missing is null, as in all other operations.
	const { fields = [] } = output as { fields?: string[] };
	if (fields.length === 0) return (record) => [own(record)];
	return (record) => [own(Object.fromEntries(fields.map((field) => [field, record[field] ?? null])))];
}

/** A copy that no other item shares: equal requests are sent once, and a node behind this one may change its items. */
function own(record: IDataObject): IDataObject {
	const nested = Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);
	if (nested.length === 0) return { ...record };
	return { ...record, ...structuredClone(Object.fromEntries(nested)) };
}

/** The item that stands for "nothing found": the simplified columns, empty, and what names the record. */
export function emptyRecord(entity: Entity | undefined, output: Output, carried: IDataObject): IDataObject {
	if (!entity) return { ...carried };
	const form = output.mode === 'raw' ? SIMPLIFIED : output;
	const [empty = {}] = presenter(entity, form, { timeZone: 'UTC', names: {} })({});
	return { ...empty, ...carried };
}
