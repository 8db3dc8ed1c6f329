import type { IDataObject } from 'n8n-workflow';
import { getIgnoringCase, isObject } from '../shared/json';
import { toText } from '../shared/text';
import { hasFailureSign, SUCCESS_CODE } from './envelope';
import { GoFiveError } from './errors';
import { messages } from './messages';
import type { Redact } from './redactor';
import { findServerMessage, findValidationErrors, quoteText, toQuotation } from './serverMessage';

/** Whether GoFive has processed a row. */
type RowStatus = 'processed' | 'rejected' | 'unknown';

const getRowCode = ({ error }: IDataObject): string =>
	isObject(error) ? toText(getIgnoringCase(error, 'statuscode')) : '';

/** Code that reports no failure in the `error` of a processed row: none, zero, HTTP 200, or the code of success. */
const NO_FAILURE_CODE = new RegExp(`^(?:0*|200|${SUCCESS_CODE})$`);

/** Returns the status of a row, `unknown` if the row contradicts itself, and undefined if it does not say. */
function getRowStatus(row: IDataObject): RowStatus | undefined {
	const code = getRowCode(row);
	const isSuccess = getIgnoringCase(row, 'issuccess');
	const isProcessed = isSuccess === true || code === SUCCESS_CODE;
	const isRejected = isSuccess === false || (isProcessed ? !NO_FAILURE_CODE.test(code) : hasFailureSign(row));
	if (isProcessed && isRejected) return 'unknown';
	if (isRejected) return 'rejected';
	return isProcessed ? 'processed' : undefined;
}

/**
 * Returns the error of an item from its rows in a batch response, or undefined if GoFive has processed the item.
 * Without a row, or if the rows are unclear or contradict each other, the item may have been processed.
 *
 * @param labels - Display names of the form by GoFive's key in lower case.
 */
export function rowsToError(
	rows: IDataObject[],
	labels: Record<string, string> | undefined,
	redact: Redact,
): GoFiveError | undefined {
	const [row] = rows;
	const statuses = new Set(rows.map(getRowStatus));
	const [status] = statuses;
	if (row && statuses.size === 1 && status === 'processed') return undefined;
	if (!row || statuses.size > 1 || status !== 'rejected')
		return new GoFiveError({ ...messages.rowUnknown, processed: 'maybe' });
	const validationErrors = toQuotation(findValidationErrors(row, labels), redact);
	const message = quoteText(findServerMessage(row), redact);
	const text = messages.businessError(quoteText(getRowCode(row), redact), message, validationErrors, 'write');
	return new GoFiveError(text);
}

/**
 * Returns the error of a write from the rows of its response, if one of them reports one. A row that does not say is a
 * record. If GoFive has processed another row, the write may have been processed.
 */
export function findRowError(
	rows: IDataObject[],
	labels: Record<string, string> | undefined,
	redact: Redact,
): GoFiveError | undefined {
	const resultRows = rows.filter((row) => getRowStatus(row) !== undefined);
	return resultRows.length > 0 ? rowsToError(resultRows, labels, redact) : undefined;
}
