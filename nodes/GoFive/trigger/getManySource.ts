import { getWatchableColumns, hasNames, toColumnOptions } from '../operation/records/defineColumns';
import { multiOptions } from '../operation/fields/list';
import { withHint } from '../operation/fields/notice';
import { output } from '../operation/fields/output';
import { buildStartFilter } from '../operation/records/filterByDate';
import type { Columns, Entity, Fields, NodeOptionName, Operation, OptionList } from '../operation/types';
import { filters } from '../resources/sharedFields';
import { joinNames } from '../shared/text';
import { createSilenceSource, type SilenceDefinition } from './silenceFields';
import type { TriggerSource } from './source';

/** Declaration of a source whose records an operation Get Many lists. */
export interface GetManySourceDefinition extends Pick<TriggerSource, 'name' | 'operation'> {
	/** Filters of the operation that the trigger does not offer. */
	omittedFilters?: string[];
	/** Field of the operation that selects types of records. Each type is a part. */
	typesField?: string;
	/** Types of `typesField`. */
	types?: OptionList<number>;
	/** What Unchanged watches. Undefined if the trigger does not offer it. */
	silence?: SilenceDefinition;
}

/** Adds the column that says why a record starts the workflow. */
const withChangeColumn = ({ lines, ...entity }: Entity): Entity => ({
	...entity,
	columns: { ...entity.columns, change: { displayName: 'Change' } },
	lines: lines && { ...lines, parentColumns: [...lines.parentColumns, 'change'] },
});

const createColumnsToWatch = (watchableColumns: Columns) =>
	multiOptions(
		'Fields to Watch',
		"Fields whose changes start the workflow. Leave empty to watch the fields that 'Simplified' in 'Output' returns.",
		toColumnOptions(watchableColumns),
	);

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

/** Describes the days that the trigger watches by default, for the end of a description. */
const describePeriod = (pluralName: string): string =>
	`. To watch ${pluralName} dated more than 30 days ago, add 'Look Back' in 'Options'.`;

/** Lists the options of a source that lists records. */
const listOptions = ({ entity, startFilter }: Operation, hasSilence: boolean): NodeOptionName[] => [
	...(hasNames(entity) ? (['addNames'] as const) : []),
	'emitExisting',
	'includePreviousValues',
	...(startFilter ? (['lookBack'] as const) : []),
	...(hasSilence ? (['repeat'] as const) : []),
	'timeZone',
	'timeout',
];

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource(definition: GetManySourceDefinition): TriggerSource {
	const { name, operation, omittedFilters = [], typesField = '', types = [], silence } = definition;
	const entity = withChangeColumn(operation.entity as Entity);
	const { pluralName } = entity;
	const watchableColumns = getWatchableColumns(operation.entity as Entity);
	const typesInput = operation.fields[typesField];
	const allFilters = operation.fields.filters?.nestedFields ?? {};
	const offeredFilters = omitFilters(allFilters, omittedFilters);
	const periodAdvice = operation.startFilter ? describePeriod(pluralName) : '';
	const lookBackAdvice = operation.startFilter ? "decrease 'Look Back', " : '';
	const typesAdvice = typesInput ? `select only some values in '${typesInput.displayName}', or ` : '';
	return {
		name,
		value: name,
		operation,
		entity,
		fields: {
			columnsToWatch: withHint(
				createColumnsToWatch(watchableColumns),
				"To show values before a change, add 'Include Previous Values' in 'Options'.",
			),
			...(typesInput && { [typesField]: typesInput }),
			filters: filters(offeredFilters),
			output: output(entity),
		},
		options: listOptions(operation, silence !== undefined),
		watchableColumns,
		defaultWatchedColumns: Object.keys(watchableColumns).filter((key) => !watchableColumns[key]?.selectedOnly),
		parts: operation.parts?.bind(operation),
		getReadValues({ from }, values) {
			const start = buildStartFilter(operation, from, values.options.timeZone);
			return { filters: { ...(values.filters as object), ...start } };
		},
		describeParts: (keys) => `GoFive's list of ${pluralName}${describeTypes(types, keys)}`,
		newDescription: `When there are new ${pluralName}, or ${pluralName} match the filters for the first time${periodAdvice}`,
		changedDescription: `When there are new ${pluralName}, or a watched field changed since the last poll${periodAdvice}`,
		silence: silence && createSilenceSource(pluralName, watchableColumns, silence, periodAdvice),
		narrowingAdvice: `To watch fewer ${pluralName}, ${lookBackAdvice}${typesAdvice}${describeFilters(offeredFilters)}.`,
	};
}
