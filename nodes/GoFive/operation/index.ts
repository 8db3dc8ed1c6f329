/**
 * Everything that an operation is written with: `defineOperation`, the form fields and the types.
 * Imported by `resources/`. The trigger and the node files import the modules of this folder directly.
 * Start with `defineOperation.ts` and `types.ts`. `execute/` runs an operation, `describe/` shows it in n8n.
 */
export { isBlank } from '../shared/text';
export { codeColumns, selectedOnly } from './defineColumns';
export { defineOperation } from './defineOperation';
export { boolean, optionalBoolean } from './fields/boolean';
export { collection } from './fields/collection';
export { date } from './fields/date';
export { dateRange } from './fields/dateRange';
export { id, idList, untypedId } from './fields/id';
export { buildRowsProperty, ROW_KEY, withJsonMode } from './fields/inputModes';
export { getJsonParameterName, getRows, isJsonMode } from './fields/inputModes';
export { json, readJson } from './fields/json';
export { limit } from './fields/limit';
export { loadedMultiOptions, loadedOptions } from './fields/loadedOptions';
export { notice } from './fields/notice';
export { number } from './fields/number';
export { findOption, options, toOptions } from './fields/options';
export { otherFieldsJson } from './fields/otherFieldsJson';
export { output } from './fields/output';
export { emptyExpressionError, readBoolean, readId, readText, toId } from './fields/readValue';
export { resourceLocator } from './fields/resourceLocator';
export { rows } from './fields/rows';
export { singleValueField } from './fields/singleValueField';
export { commaSeparated, lineSeparated, multilineText, text } from './fields/text';
export { formatValue, invalidValueError, truncateValue } from './invalidValue';
export { assertPathPart } from './pathParts';
export { formatKeys, toRecordList, toRecords, unwrapValue } from './records';
export type {
	Entity,
	Field,
	Fields,
	GetParameter,
	ListSource,
	NodeOptions,
	Operation,
	Output,
	Pages,
	ReadContext,
	Resource,
} from './types';
