import { GoFiveError } from '../../api/errors';
import type { ListSource, ReadContext } from '../field';

/** Maximum number of records from which a list is built that is not loaded page by page. */
export const MAX_LIST_RECORDS = 1000;

/**
 * Describes the records from which a list is loaded as a whole. Undefined if that is all of them. The number is that of
 * MAX_LIST_RECORDS. It is not formatted with toLocaleString(), which takes 15 ms when n8n loads the node.
 * @param place - Where to enter a value that the list does not contain.
 */
export function describeListExtent(
	{ operation, pluralName, valueName = 'ID' }: ListSource,
	place: string,
): string | undefined {
	if (!operation.pages) return undefined;
	const records = `the first 1,000 ${operation.entity?.pluralName}`;
	const entries = operation.entity?.pluralName === pluralName ? records : `the ${pluralName} of ${records}`;
	return `The list shows only ${entries}, so enter the ${valueName}s of other ${pluralName} ${place}.`;
}

/** Builds the error about a list without entries. */
export function emptyListError({ operation, pluralName }: ListSource): GoFiveError {
	const description = `Check whether Venio contains any ${operation.entity?.pluralName ?? pluralName}.`;
	return new GoFiveError({ message: `GoFive returned no ${pluralName}`, description });
}

/** Reads a value of a list, or the name of an entry. */
export const readListValue = <T>(
	source: ListSource<T>,
	input: unknown,
	displayName: string,
	{ findListValue }: ReadContext,
): T => source.read(findListValue?.(source, input, displayName) ?? input, displayName);
