import type { IDataObject } from 'n8n-workflow';
import type { Entity, Output, Values } from '../types';
import { instantOf, simplifiedLines, simplify, type Beside } from './columns';

const SIMPLIFIED: Output = { mode: 'simplified' };

/** The form in which records go out. */
export const outputOf = ({ output = SIMPLIFIED }: { output?: Output }): Output => output;

function isChosen(column: string, output: Output): boolean {
	if (output.mode !== 'selected') return output.mode !== 'raw';
	return output.fields.length === 0 || output.fields.includes(column);
}

/** The columns of the output that need a look-up. */
export function neededLookups({ columns }: Entity, output: Output): string[] {
	return Object.keys(columns).filter((column) => columns[column]?.lookup && isChosen(column, output));
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

/** One record in the chosen form: an item, or one for each of its lines. */
export function present(
	record: IDataObject,
	entity: Entity | undefined,
	output: Output,
	beside: Beside,
): IDataObject[] {
	if (output.mode === 'raw') return [own(record)];
	if (entity && output.mode === 'lines') return simplifiedLines(record, entity, beside).map(own);
	if (entity) return [own(pick(simplify(record, entity.columns, beside), output))];
	// The columns are not known before, so a chosen one that is missing is null, as in all other operations.
	const { fields = [] } = output as { fields?: string[] };
	return [
		own(fields.length === 0 ? record : Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))),
	];
}

/** A copy that no other item shares: equal requests are sent once, and a node behind this one may change its items. */
function own(record: IDataObject): IDataObject {
	const nested = Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);
	return { ...record, ...structuredClone(Object.fromEntries(nested)) };
}

/** The item that stands for "nothing found": the simplified columns, empty, and what names the record. */
export function emptyRecord(entity: Entity | undefined, output: Output, carried: IDataObject): IDataObject {
	const beside = { timeZone: 'UTC', names: {} };
	if (!entity) return { ...carried };
	const [empty] =
		output.mode === 'lines' ? simplifiedLines({}, entity, beside) : [simplify({}, entity.columns, beside)];
	return { ...pick(empty ?? {}, output), ...carried };
}

function pick(simplified: IDataObject, output: Output): IDataObject {
	if (output.mode !== 'selected' || output.fields.length === 0) return simplified;
	return Object.fromEntries(Object.entries(simplified).filter(([column]) => isChosen(column, output)));
}
