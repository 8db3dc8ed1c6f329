import type { IDataObject } from 'n8n-workflow';
import { withNames } from '../records/defineColumns';
import type { Entity } from '../entity';
import type { Row, RowFormat } from '../records/columns';
import { formatRows, getOutput, toSelectedEntity } from '../records/formatRows';
import { describeUnknownRecord } from '../records/records';
import type { OperationRun } from './step';
import type { Task } from './tasks';

/** Returns how the rows of a task become items. The node may still have the option Add Names of another operation. */
export function getFormat({ operation, now }: OperationRun, { values, inputFields }: Task): RowFormat {
	const output = getOutput(values);
	const { timeZone, addNames } = values.options;
	const entity = operation.entity ?? toSelectedEntity(output);
	const showsNames = addNames && operation.options.includes('addNames');
	const shownEntity = entity && showsNames ? withNames(entity) : entity;
	return { entity: shownEntity, output, timeZone, now, idField: operation.idField, inputFields };
}

/**
 * Adds a hint if a record has none of the known columns.
 * @param advice - How to see the whole record.
 */
export function addUnknownRecordHint({ hints }: OperationRun, rows: Row[], entity: Entity, advice: string): void {
	const text = describeUnknownRecord(
		rows.map(({ record }) => record),
		entity,
	);
	if (text) hints.add('unknownRecord', `${text} ${advice}`);
}

/** Turns the rows of a task into output data. */
export async function formatItems(run: OperationRun, task: Task, rows: Row[]): Promise<IDataObject[]> {
	const format = getFormat(run, task);
	const { entity, output } = format;
	if (entity && output.mode !== 'raw')
		addUnknownRecordHint(run, rows, entity, "To return the whole record, select 'Raw' in 'Output'.");
	return await formatRows(rows, format, run.names);
}
