import type { IDataObject } from 'n8n-workflow';
import type { Output } from './fields';
import { carried, type Subject } from './subject';
import type { Entity, Names, Values } from './types';

const SIMPLIFIED: Output = { mode: 'simplified' };

/** The choices that an operation may offer; which it does is up to its fields. */
export interface Choices {
	limit?: number;
	output: Output;
}

/** The choices among the values of an operation. */
export function choicesOf(values: Values): Choices {
	return { limit: values.limit, output: values.output ?? SIMPLIFIED };
}

function isChosen(field: string, { output }: Choices): boolean {
	return (
		output.mode === 'simplified' ||
		(output.mode === 'selected' && (output.fields.length === 0 || output.fields.includes(field)))
	);
}

/** The fields of the output that need a look-up. */
export function neededLookups({ lookups = {} }: Entity, choices: Choices): string[] {
	return Object.keys(lookups).filter((field) => isChosen(field, choices));
}

/** Sorts, then cuts; both per input item. Records without a date come last. */
export function arrange(
	records: IDataObject[],
	entity: Entity | undefined,
	values: Values,
	choices: Choices,
): IDataObject[] {
	const { sort } = values.options;
	const instantOf = entity?.instant;
	let arranged = records;
	if (sort !== 'asReturned' && instantOf) {
		const sign = sort === 'oldestFirst' ? 1 : -1;
		arranged = records
			.map((record) => ({ record, instant: instantOf(record, values) }))
			.sort((a, b) =>
				a.instant === undefined || b.instant === undefined
					? Number(a.instant === undefined) - Number(b.instant === undefined)
					: sign * (a.instant - b.instant),
			)
			.map(({ record }) => record);
	}
	return choices.limit === undefined ? arranged : arranged.slice(0, choices.limit);
}

/** One record in the chosen form. */
export function present(
	record: IDataObject,
	entity: Entity | undefined,
	values: Values,
	choices: Choices,
	names: Names,
): IDataObject {
	const { output } = choices;
	if (output.mode === 'raw') return own(record);
	if (entity) return own(pick(entity.simplify(record, values, names), choices));
	// The columns are not known before, so a chosen one that is missing is null, as in all other operations.
	const { fields = [] } = output as { fields?: string[] };
	return own(fields.length === 0 ? record : Object.fromEntries(fields.map((field) => [field, record[field] ?? null])));
}

/** A copy that no other item shares: equal requests are sent once, and a node behind this one may change its items. */
function own(record: IDataObject): IDataObject {
	const nested = Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);
	return { ...record, ...structuredClone(Object.fromEntries(nested)) };
}

/** The item that stands for "nothing found": the simplified fields, empty, and what names the record. */
export function emptyRecord(
	entity: Entity | undefined,
	values: Values,
	choices: Choices,
	subject: Subject | undefined,
): IDataObject {
	return { ...pick(entity?.simplify({}, values, {}) ?? {}, choices), ...carried(subject) };
}

function pick(simplified: IDataObject, choices: Choices): IDataObject {
	const { output } = choices;
	if (output.mode !== 'selected' || output.fields.length === 0) return simplified;
	return Object.fromEntries(Object.entries(simplified).filter(([field]) => isChosen(field, choices)));
}
