/**
 * Everything that an operation is written with: `defineOperation`, the form fields and the types.
 * Imported by `resources/`. The trigger and the node files import the modules of this folder directly.
 * Start with `defineOperation.ts` and `types.ts`. `run/` runs an operation, `reading/` reads records, `describe/` shows it in n8n.
 */
export { compareByName, isBlank } from '../shared/text';
export { codeColumns, selectedOnly } from './records/defineColumns';
export { defineOperation } from './defineOperation';
export { boolean, optionalBoolean } from './fields/boolean';
export { collection } from './fields/collection';
export { date } from './fields/date';
export { dateRange } from './fields/dateRange';
export { id, untypedId } from './fields/id';
export { commaSeparated, idList, lineSeparated, loadedMultiOptions, multiOptions } from './fields/list';
export { json, readJson } from './fields/json';
export { limit } from './fields/limit';
export { assertColumn, filterByDate } from './records/filterByDate';
export { notice, withHint } from './fields/notice';
export { number } from './fields/number';
export { findOption, knownOptions, loadedOptions, options, toOptions } from './fields/options';
export { otherFieldsJson } from './fields/otherFieldsJson';
export { output } from './fields/output';
export { emptyExpressionError, readBoolean, readId, readText, toId } from './fields/readValue';
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
export { multilineText, text } from './fields/text';
export { formatValue, invalidValueError, truncateValue } from './fields/invalidValue';
export { buildListNotice, describeUnconfirmedList } from './pathEvidence';
export { assertPathPart } from './fields/pathParts';
export { formatKeys, readColumn, toRecords } from './records/records';
export type { Resource } from './resource';
export type {
	AccessCheck,
	CurrentValues,
	Entity,
	Field,
	Fields,
	GetParameter,
	ListedParts,
	ListSource,
	NameSource,
	Operation,
	OptionList,
	Output,
	Pages,
	Part,
	ReadContext,
} from './types';
