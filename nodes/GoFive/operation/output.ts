import type { IDataObject } from 'n8n-workflow';
import type { Output } from './fields';
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
	// Equal requests are sent once, so two items may hold the same record.
	if (!entity || output.mode === 'raw') return { ...record };
	return pick(entity.simplify(record, values, names), choices);
}

/** The item that stands for "nothing found": the simplified fields, empty, and in any case the customer code. */
export function emptyRecord(entity: Entity | undefined, values: Values, choices: Choices): IDataObject {
	const empty = pick(entity?.simplify({}, values, {}) ?? {}, choices);
	// Also where it is not among the fields: the sheet row has to be found again.
	return values.customerCode === undefined ? empty : { ...empty, customerCode: values.customerCode };
}

function pick(simplified: IDataObject, choices: Choices): IDataObject {
	const { output } = choices;
	if (output.mode !== 'selected' || output.fields.length === 0) return simplified;
	return Object.fromEntries(Object.entries(simplified).filter(([field]) => isChosen(field, choices)));
}
