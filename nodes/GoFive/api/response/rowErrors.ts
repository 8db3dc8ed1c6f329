import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { findMessageText, hasFailureSign, SUCCESS_CODE, getIgnoringCase } from './envelope';
import { truncateQuote, quoteComplaints } from './serverMessage';
import { isObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** The failure of one row of an answer that is otherwise one of success; undefined where the row was carried out. */
export function rowToError(row: IDataObject, labels?: Record<string, string>): GoFiveError | undefined {
	const code = isObject(row.error) ? toText(getIgnoringCase(row.error, 'statuscode')) : '';
	// A row that was carried out may have an `error` all the same, with a code of success in it.
	const isProcessed = row.isSuccess === true || (code === SUCCESS_CODE && row.isSuccess !== false);
	if (isProcessed || !hasFailureSign(row)) return undefined;
	const text = JSON.stringify(row);
	return new GoFiveError(
		messages.businessError(code, truncateQuote(findMessageText(row)), quoteComplaints(text, labels)),
		{
			httpCode: '200',
			isBusinessError: true,
		},
	);
}

/** The same of the first of several rows that was not carried out. */
export function findFirstRowError(rows: IDataObject[], labels?: Record<string, string>): GoFiveError | undefined {
	return rows.map((row) => rowToError(row, labels)).find((failure) => failure !== undefined);
}
