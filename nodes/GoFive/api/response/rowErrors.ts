import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { findMessageText, hasFailureSign, SUCCESS_CODE, getIgnoringCase } from './envelope';
import { truncateQuote, quoteValidationErrors } from './serverMessage';
import { isObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** Returns the error of one row of a batch response, or undefined if GoFive has processed the row. */
export function rowToError(row: IDataObject, labels?: Record<string, string>): GoFiveError | undefined {
	const code = isObject(row.error) ? toText(getIgnoringCase(row.error, 'statuscode')) : '';
	// The `error` of a processed row may contain the code of success.
	const isProcessed = row.isSuccess === true || (code === SUCCESS_CODE && row.isSuccess !== false);
	if (isProcessed || !hasFailureSign(row)) return undefined;
	const text = JSON.stringify(row);
	return new GoFiveError(
		messages.businessError(code, truncateQuote(findMessageText(row)), quoteValidationErrors(text, labels)),
		{ httpCode: '200', isBusinessError: true },
	);
}

/** Returns the error of the first row that GoFive has not processed. */
export function findFirstRowError(rows: IDataObject[], labels?: Record<string, string>): GoFiveError | undefined {
	return rows.map((row) => rowToError(row, labels)).find((error) => error !== undefined);
}
