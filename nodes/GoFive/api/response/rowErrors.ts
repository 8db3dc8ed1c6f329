import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { findMessageText, hasFailureSign, SUCCESS_CODE, getIgnoringCase } from './envelope';
import { truncateQuote, quoteValidationErrors } from './serverMessage';
import type { WriteStatus } from './writeStatus';
import { isNestedTooDeeply, isObject } from '../../shared/json';
import { toText } from '../../shared/text';

const getRowCode = ({ error }: IDataObject): string =>
	isObject(error) ? truncateQuote(toText(getIgnoringCase(error, 'statuscode'))) : '';

/**
 * Returns whether GoFive has processed a row, `unknown` if the row contradicts itself, and undefined if it does not say.
 * The `error` of a processed row may contain the code of success.
 */
function getRowStatus(row: IDataObject): WriteStatus | undefined {
	const code = getRowCode(row);
	const isProcessed = row.isSuccess === true || code === SUCCESS_CODE;
	const isRejected =
		row.isSuccess === false || (isProcessed ? !['', SUCCESS_CODE].includes(code) : hasFailureSign(row));
	if (isProcessed && isRejected) return 'unknown';
	if (isRejected) return 'notDone';
	return isProcessed ? 'done' : undefined;
}

/**
 * Returns the error of an item from its rows in a batch response, or undefined if GoFive has processed the item.
 * Without a row, or if the rows are unclear or contradict each other, the item may have been processed.
 */
export function rowsToError(rows: IDataObject[], labels?: Record<string, string>): GoFiveError | undefined {
	const [row] = rows;
	const [status, ...otherStatuses] = new Set(rows.map(getRowStatus));
	const isClear = otherStatuses.length === 0;
	if (isClear && status === 'done') return undefined;
	if (!row || !isClear || status !== 'notDone')
		return new GoFiveError(messages.rowUnknown, { httpCode: '200', mayBeProcessed: true });
	const validationErrors = isNestedTooDeeply(row) ? '' : quoteValidationErrors(JSON.stringify(row), labels);
	const text = messages.businessError(getRowCode(row), truncateQuote(findMessageText(row)), validationErrors);
	return new GoFiveError(text, { httpCode: '200', isBusinessError: true });
}

/** Returns the error of the first row that reports one. A row that does not say is a record. */
export function findFirstRowError(rows: IDataObject[], labels?: Record<string, string>): GoFiveError | undefined {
	const failedRow = rows.find((row) => !['done', undefined].includes(getRowStatus(row)));
	return failedRow && rowsToError([failedRow], labels);
}
