import type { IDataObject } from 'n8n-workflow';
import type { RequestSender } from '../../api/client';
import type { GoFiveError } from '../../api/errors';
import { toText } from '../../shared/text';
import { readColumn } from '../records/records';
import type { ListedParts, Operation, Part } from '../types';
import { completeValues } from './buildRequest';
import { readPart, type ReadOptions, type ReadResult } from './readPart';

/** The only part of a read without parts. The trigger stores its key. */
export const SINGLE_PART: Part = { key: '', name: '', values: {} };

/** What the read of a part returned. */
export type ReadPartResult = ReadResult & { part: Part };

/** What became of a part: its records, or the error that it could not be read with. */
export type PartResult = ReadPartResult | { part: Part; error: GoFiveError };

/** Returns the part that a record of a list identifies. Undefined if the record has no key. */
export function toListedPart(record: IDataObject, { operation: { entity }, toPart }: ListedParts): Part | undefined {
	const [keyColumn = ''] = entity?.keyColumns ?? [];
	const read = (column: string) => readColumn(record, column, entity);
	const key = toText(read(keyColumn));
	return key === '' ? undefined : toPart(key, read);
}

interface ReadPartsOptions extends ReadOptions {
	/** Called when a part has ended, for callers that end the reading. */
	onResult?(result: PartResult): void;
}

/** Reads a part, and turns its records into those of its output. */
async function readPartOutput(
	operation: Operation,
	values: Record<string, unknown>,
	part: Part,
	client: RequestSender,
	options: ReadPartsOptions,
): Promise<PartResult> {
	try {
		const result = await readPart(operation, completeValues(operation, { ...values, ...part.values }), client, options);
		if (!part.toOutput) return { ...result, part };
		const records = part.toOutput(result.records);
		return { ...result, part, records, total: result.total === undefined ? undefined : records.length };
	} catch (error) {
		return { part, error: client.toError(error) };
	}
}

/**
 * Reads parts of an operation. It decides nothing about errors: a run, a poll, a list and a table of names treat them
 * differently. The client limits how many are read at the same time.
 *
 * @param values - Values of the form, without those of the parts. Missing ones are those of an untouched form.
 * @returns One result per part, in their order.
 */
export async function readParts(
	operation: Operation,
	values: Record<string, unknown>,
	parts: Part[],
	client: RequestSender,
	options: ReadPartsOptions = {},
): Promise<PartResult[]> {
	const read = async (part: Part): Promise<PartResult> => {
		const result = await readPartOutput(operation, values, part, client, options);
		options.onResult?.(result);
		return result;
	};
	return await Promise.all(parts.map(read));
}
