import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Client } from '../../api/client';
import { GoFiveError } from '../../api/errors';
import { getItemName, toReferenceData } from './recordReference';
import { findError, type ItemResult, type OperationRun } from './step';
import type { InputItem } from './tasks';

/** Adds hints about pauses, retries and failed items. */
export function addFailureHints(
	{ operation, client, hints }: OperationRun,
	inputItems: InputItem[],
	results: ItemResult[],
): void {
	const failedItems = [...results.keys()].filter((item) => findError(results[item]));
	const isRateLimited = results.some((result) => findError(result)?.kind === 'rateLimit');
	const failedNames = failedItems.map((item) => getItemName(item, inputItems[item]?.reference));
	hints.addRateLimitWait(client.limiter.pausedMs, operation.effect === 'read' && !isRateLimited);
	hints.addRetries(client.retries);
	hints.addFailedItems(failedNames, inputItems.length);
}

/** Converts results to n8n's items, in input order and paired. */
export const toNodeItems = (
	context: IExecuteFunctions,
	client: Client,
	inputItems: InputItem[],
	results: ItemResult[],
): INodeExecutionData[] =>
	results.flatMap((result, item) =>
		result.map((entry) => ({
			json: entry instanceof GoFiveError ? toErrorItem(context, client, inputItems, entry, item) : entry,
			pairedItem: { item },
		})),
	);

/** Returns the data of a failed item: the input item with the message. */
function toErrorItem(
	context: IExecuteFunctions,
	client: Client,
	inputItems: InputItem[],
	unmasked: GoFiveError,
	item: number,
): IDataObject {
	// A row or a record of a response may repeat a secret, so the errors about them are masked as well.
	const { text, before } = client.redactor.redact(unmasked);
	const error = inputItems.length > 1 ? `${text} [Item ${item}]` : text;
	// On the error output n8n adds the input data, but only to an item that holds nothing but the error.
	if (context.getNode().onError === 'continueErrorOutput')
		return { error: before ? { message: error, before } : error };
	const input = context.getInputData()[item]?.json;
	return { ...toReferenceData(inputItems[item]?.reference), ...input, error, ...(before && { before }) };
}
