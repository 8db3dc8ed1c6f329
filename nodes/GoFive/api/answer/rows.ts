import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../words/failure';
import { messages } from '../words/messages';
import { isObject, looseText, plain, signsOfNo, SUCCESS, valueAt } from './envelope';
import { bounded, complained } from './said';

/** The failure of one row of an answer that is otherwise one of success; undefined where the row was carried out. */
export function explainRow(row: IDataObject, labels?: Record<string, string>): Failure | undefined {
	const code = isObject(row.error) ? plain(valueAt(row.error, 'statuscode')) : '';
	// A row that was carried out may have an `error` all the same, with a code of success in it.
	const isDone = row.isSuccess === true || (code === SUCCESS && row.isSuccess !== false);
	if (isDone || !signsOfNo(row)) return undefined;
	const text = JSON.stringify(row);
	return new Failure(messages.business(code, bounded(looseText(row)), complained(text, labels)), {
		httpCode: '200',
		refused: true,
	});
}

/** The same of the first of several rows that was not carried out. */
export function explainRows(rows: IDataObject[], labels?: Record<string, string>): Failure | undefined {
	return rows.map((row) => explainRow(row, labels)).find((failure) => failure !== undefined);
}
