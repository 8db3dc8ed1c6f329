/**
 * Everything that an operation is written with: a builder for each kind, the form fields and the types.
 * Imported by `resources/`. The trigger and the node files import the modules of this folder directly.
 * Start with `kinds/read/defineRead.ts` for a definition, `field.ts` for its form, and `run/executeOperation.ts` for a run.
 */
export { compareByName, isBlank, toText } from '../shared/text';
export {
	addSelectedColumns,
	codeColumns,
	daysSince,
	monthOf,
	percentageOf,
	selectedOnly,
} from './records/defineColumns';
export { collection, type CollectionValues } from './fields/collection';
export { date } from './fields/date';
export { dateRange } from './fields/dateRange';
export { fieldsToClear } from './fields/fieldsToClear';
export { commaSeparated, idList, lineSeparated, listField, loadedMultiOptions, multiOptions } from './fields/list';
export { json, otherFieldsJson, readJson } from './fields/json';
export { assertColumn, filterByDate, filterByName, filterByText, joinFilters } from './records/filters';
export { notice, withDescription, withHint } from './fields/notice';
export { limit, number } from './fields/number';
export {
	boolean,
	findOption,
	knownOptions,
	loadedOptions,
	optionalBoolean,
	options,
	toOptions,
} from './fields/options';
export { output } from './fields/output';
export {
	emptyExpressionError,
	formatValue,
	invalidValueError,
	readBoolean,
	readId,
	readText,
	toId,
	truncateValue,
} from './fields/readValue';
export { resourceLocator } from './fields/resourceLocator';
export {
	buildRowsProperty,
	getJsonParameterName,
	getRows,
	isJsonMode,
	ROW_KEY,
	rows,
	withJsonMode,
} from './fields/rows';
export { singleValueField } from './fields/singleValueField';
export { id, multilineText, text, untypedId } from './fields/text';
export { buildOperationNotice, describeUnconfirmedOperation } from './pathEvidence';
export { assertPathPart } from './fields/pathParts';
export { formatKeys, readColumn, toRecords } from './records/records';
export { defineAccessCheck } from './kinds/access/defineAccessCheck';
export { defineEndpoint } from './kinds/endpoint/defineEndpoint';
export type { AccessCheck, DataResource, Operation, Resource } from './kinds';
export { defineList, defineRead } from './kinds/read/defineRead';
export { defineTotals } from './kinds/totals/defineTotals';
export { defineUpdate, type CurrentValues } from './kinds/update/defineUpdate';
export { defineBatch } from './kinds/batch/defineBatch';
export { defineWrite } from './kinds/write/defineWrite';
export type { Entity, NameSource, OptionList } from './entity';
export type { Field, Fields, GetParameter, ListSource, Output, ReadContext } from './field';
export type { ListedParts, Pages, Part, ReadOperation } from './operation';
export type { Totals, TotalsGroup } from './totals';
