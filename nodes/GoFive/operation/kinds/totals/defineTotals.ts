// Operations that group, count and sum the records of a list, and compare them with another period.
// Imported by `operation/index.ts`, `kinds/index.ts` and `run/executeOperation.ts`.
// Start with defineTotals(). runTotals.ts reads the list, and records/totals.ts computes the items.
import type { Entity } from '../../entity';
import { totalsFields } from '../../fields/totals';
import type { Fields, OperationValues } from '../../field';
import type { ReadOperation } from '../../operation';
import { describeUnconfirmedOperation } from '../../pathEvidence';
import type { Totals } from '../../totals';
import { toTotalsOutput } from './totalsPeriods';

/** Operation that returns the totals of a list. */
export interface TotalsOperation extends Omit<ReadOperation, 'kind'> {
	kind: 'totals';
	entity: Entity;
	totals: Totals;
	/** List that is read, with values of its form that Get Totals has not. */
	list: ReadOperation;
}

/** Settings of Get Totals that differ from those of its list. */
interface TotalsSettings {
	/** Completes the description. */
	describe?(description: string): string;
	/** Checks the values of Get Totals, in addition to the two periods. */
	validate?(values: OperationValues): void;
}

/** Returns the fields of a list that select its records. */
function getFilterFields({ fields }: ReadOperation): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !['limit', 'output', 'include'].includes(name)));
}

/**
 * Defines Get Totals of a list, with the fields of the list that select records.
 * @example
 * ```ts
 * export const getTotals = defineTotals(getAll, dealTotals);
 * ```
 */
export function defineTotals(list: ReadOperation, totals: Totals, settings: TotalsSettings = {}): TotalsOperation {
	const { entity, evidence } = list;
	if (!entity) throw new Error('Totals require columns');
	const { pluralName } = entity;
	const description = `Count ${pluralName}, for example per ${totals.examples}, and compare them with another period`;
	const { describe = evidence ? describeUnconfirmedOperation : String } = settings;
	return {
		...list,
		name: 'Get Totals',
		value: 'getTotals',
		action: `Get totals of ${pluralName}`,
		description: describe(description),
		kind: 'totals',
		entity,
		totals,
		list,
		fields: { ...getFilterFields(list), ...totalsFields(totals, entity) },
		options: list.options.filter((name) => name !== 'sort'),
		validate(values) {
			settings.validate?.(values);
			toTotalsOutput(totals, values);
		},
	};
}
