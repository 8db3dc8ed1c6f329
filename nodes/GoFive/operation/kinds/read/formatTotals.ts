import type { IDataObject } from 'n8n-workflow';
import type { ReadAllResult } from '../../reading/readAll';
import type { Row } from '../../records/columns';
import { cloneNestedValues } from '../../records/formatRows';
import { computeTotals, createEmptyTotals } from '../../records/totals';
import { addUnknownRecordHint, getFormat } from '../../run/formatItems';
import type { OperationRun } from '../../run/step';
import { toReferenceData } from '../../run/recordReference';
import { getSentValues, type Task } from '../../run/tasks';
import type { TotalsOutput } from '../../totals';

/** Describes what could not be read, for the end of a title. Empty if the list is complete. */
function describeGaps(read: ReadAllResult, { partName = 'part' }: TotalsOutput['totals']): string {
	const failedParts = read.failures.length - read.listFailures;
	const partNames = failedParts === 1 ? partName : `${partName}s`;
	const gaps = failedParts > 0 ? [`${failedParts} ${partNames} could not be read`] : [];
	if (read.mayHaveMore || read.listFailures > 0) gaps.push('the list may be incomplete');
	return gaps.length > 0 ? ` (${gaps.join(', ')})` : '';
}

/** Returns the rows to count. A customer whose code the form contains counts as 0 without records. */
function getRows(
	{ operation }: OperationRun,
	{ values, reference }: Task,
	rows: Row[],
	{ group }: TotalsOutput,
): Row[] {
	const isZeroRow = rows.length === 0 && reference && group?.hasZeroRows;
	return isZeroRow ? [{ record: {}, sent: getSentValues(operation, values) }] : rows;
}

/** Turns the rows of a task into totals, and returns the number of counted records. */
export async function formatTotals(
	run: OperationRun,
	task: Task,
	output: TotalsOutput,
	read: ReadAllResult,
): Promise<{ items: IDataObject[]; records: number }> {
	const format = getFormat(run, task);
	const { entity } = format;
	if (!entity) throw new Error('Totals require columns');
	addUnknownRecordHint(run, read.rows, format);
	const rows = getRows(run, task, read.rows, output);
	const totalsFormat = {
		...format,
		entity,
		output,
		lookupTables: await run.names.get(rows, format),
		referenceData: toReferenceData(task.reference),
		gaps: describeGaps(read, output.totals),
	};
	const { items, hints, records } = computeTotals(rows, totalsFormat);
	for (const hint of hints) run.hints.add(hint, hint);
	const isEmptyItem = items.length === 0 && task.values.options.ifNothingFound === 'emptyItem';
	const shownItems = isEmptyItem ? [createEmptyTotals(totalsFormat)] : items;
	// Each item is cloned apart from the others, because all have the fields of the input item.
	return { items: shownItems.flatMap((item) => cloneNestedValues([item])), records };
}
