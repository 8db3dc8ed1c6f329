import { getWatchableColumns, hasNames } from '../operation/records/defineColumns';
import { output } from '../operation/fields/output';
import { sendsDateRange } from '../operation/fields/dateRange';
import type { Entity, OptionList } from '../operation/entity';
import type { Fields, NodeOptionName } from '../operation/field';
import type { ReadOperation } from '../operation/operation';
import { filters } from '../resources/sharedFields';
import { joinNames } from '../shared/text';
import type { TriggerSource } from './triggerSource';

/** Declaration of a source whose records an operation Get Many lists. */
export interface GetManySourceDefinition
	extends Pick<TriggerSource, 'name' | 'operation' | 'defaultWatchedColumns' | 'status'> {
	/** Entity of the output, without the columns that only lists and Get offer. Defaults to that of the operation. */
	entity?: Entity;
	/** Filters of the operation that the trigger does not offer. */
	omittedFilters?: string[];
	/** Field of the operation that selects types of records. Each type is a part. */
	typesField?: string;
	/** Types of `typesField`. */
	types?: OptionList<number>;
}

/** Adds the column that says why a record starts the workflow. */
const withChangeColumn = ({ lines, ...entity }: Entity): Entity => ({
	...entity,
	columns: { ...entity.columns, change: { displayName: 'Change' } },
	lines: lines && { ...lines, parentColumns: [...lines.parentColumns, 'change'] },
});

/** Returns the filters that the trigger offers. */
const omitFilters = (allFilters: Fields, omittedFilters: string[]): Fields =>
	Object.fromEntries(Object.entries(allFilters).filter(([key]) => !omittedFilters.includes(key)));

/** Describes how to use filters, for the end of a sentence. */
function describeFilters(offeredFilters: Fields): string {
	const names = Object.values(offeredFilters).map((field) => `'${field.displayName}'`);
	const subject = names.length === 1 ? 'the filter' : 'one or more of these filters:';
	return `add ${subject} ${joinNames(names)}`;
}

/** Returns the names of types in parentheses, for a message. Empty for a list without types. */
function describeTypes(types: OptionList<number>, keys: string[]): string {
	const typeNames = types.filter(({ value }) => keys.includes(String(value))).map(({ name }) => name);
	return typeNames.length > 0 ? ` (${joinNames(typeNames)})` : '';
}

/** End of a description: the days that the trigger watches by default. */
const PERIOD_NOTE = ". To watch a longer period than the last 30 days, add 'Look Back' in 'Options'.";

/** Lists the options of a source that lists records. */
const listOptions = ({ entity, fields }: ReadOperation): NodeOptionName[] => [
	...(hasNames(entity) ? (['addNames'] as const) : []),
	'includeExistingRecords',
	...(sendsDateRange(fields) ? (['lookBack'] as const) : []),
	'timeZone',
	'timeoutSeconds',
];

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource(definition: GetManySourceDefinition): TriggerSource {
	const { name, operation, omittedFilters = [], typesField = '', types = [], status } = definition;
	const { entity: recordEntity = operation.entity as Entity } = definition;
	const entity = withChangeColumn(recordEntity);
	const { pluralName } = entity;
	const watchableColumns = getWatchableColumns(recordEntity);
	const typesInput = operation.fields[typesField];
	const allFilters = operation.fields.filters?.nestedFields ?? {};
	const offeredFilters = omitFilters(allFilters, omittedFilters);
	const hasLookBack = sendsDateRange(operation.fields);
	const periodNote = hasLookBack ? PERIOD_NOTE : '';
	const lookBackAdvice = hasLookBack ? "decrease 'Look Back' in 'Options', " : '';
	const typesAdvice = typesInput ? `select only some values in '${typesInput.displayName}', or ` : '';
	return {
		name,
		value: name,
		operation,
		entity,
		fields: {
			...(typesInput && { [typesField]: typesInput }),
			filters: filters(offeredFilters),
			output: output(entity),
		},
		options: listOptions(operation),
		watchableColumns,
		defaultWatchedColumns: definition.defaultWatchedColumns,
		parts: operation.parts?.bind(operation),
		// Without an end, because a record may have a date in the future.
		getReadValues: (days) => (hasLookBack ? { dateRange: { ...days, to: undefined } } : {}),
		getScope: (stored) => [stored.filters ?? {}],
		describeParts: (keys) => `GoFive's list of ${pluralName}${describeTypes(types, keys)}`,
		periodNote,
		status,
		narrowingAdvice: `To watch fewer ${pluralName}, ${lookBackAdvice}${typesAdvice}${describeFilters(offeredFilters)}.`,
	};
}
