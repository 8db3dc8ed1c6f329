import type { IDataObject } from 'n8n-workflow';
import type { ReadAllResult } from '../../reading/readAll';
import { cloneNestedValues } from '../../records/formatRows';
import { computeTotals, createEmptyTotals } from '../../records/totals';
import { addUnknownRecordHint, getFormat } from '../../run/formatItems';
import type { OperationRun } from '../../run/step';
import type { Task } from '../../run/tasks';
import type { Entity } from '../../entity';
import type { TotalsOutput } from '../../totals';
import type { TotalsOperation } from './defineTotals';

/** Describes what could not be read, for the end of a title. Empty if the list is complete. */
function describeGaps(read: ReadAllResult, { partName = 'part' }: TotalsOutput['totals']): string {
	const failedParts = read.failures.length - read.listFailures;
	const partNames = failedParts === 1 ? partName : `${partName}s`;
	const gaps = failedParts > 0 ? [`${failedParts} ${partNames} could not be read`] : [];
	if (read.mayHaveMore || read.listFailures > 0) gaps.push('the list may be incomplete');
	return gaps.length > 0 ? ` (${gaps.join(', ')})` : '';
}

/** Turns the rows of a task into totals, and returns the number of counted records. */
export async function formatTotals(
	run: OperationRun<TotalsOperation>,
	task: Task,
	output: TotalsOutput,
	read: ReadAllResult,
): Promise<{ items: IDataObject[]; records: number }> {
	const format = { ...getFormat(run, task), output };
	const entity = format.entity as Entity;
	const { entity: recordEntity, list } = run.operation;
	const advice = `To see the whole record, use ${list.name} with 'Raw' in 'Output'.`;
	addUnknownRecordHint(run, read.rows, recordEntity, advice);
	const lookupTables = await run.names.get(read.rows, format);
	const totalsFormat = { ...format, entity, lookupTables, gaps: describeGaps(read, output.totals) };
	const { items, hints, records } = computeTotals(read.rows, totalsFormat);
	for (const hint of hints) run.hints.add(hint, hint);
	const isEmptyItem = items.length === 0 && task.values.options.ifNothingFound === 'emptyItem';
	const shownItems = isEmptyItem ? [createEmptyTotals(totalsFormat)] : items;
	// Each item is cloned apart from the others, because all have the fields of the input item.
	return { items: shownItems.flatMap((item) => cloneNestedValues([item])), records };
}
