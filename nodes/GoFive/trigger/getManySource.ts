import { getWatchableColumns, hasNames, toColumnOptions } from '../operation/defineColumns';
import { multiOptions } from '../operation/fields/list';
import { SILENT_CONTEXT } from '../operation/fields/nodeOptions';
import { output } from '../operation/fields/output';
import type { Columns, Entity, Fields, NodeOptionName, Operation, OptionList } from '../operation/types';
import { filters } from '../resources/sharedFields';
import { joinNames } from '../shared/text';
import type { Source } from './source';

/** Declaration of a source whose records an operation Get Many lists. */
export interface GetManySourceDefinition extends Pick<Source, 'name' | 'operation' | 'idKeys'> {
	/** Filters of the operation that the trigger does not offer. */
	omittedFilters?: string[];
	/** Omitted filter that takes the start of Look Back. */
	startFilter?: string;
	/** Field of the operation that selects one type of records. Each type is a part. */
	typeField?: string;
	/** Types of `typeField`. */
	types?: OptionList<number>;
}

/** Parts in which the records of a source are read. */
interface SourceParts extends Pick<Source, 'getPartKeys' | 'fields'> {
	/** Returns the values with which the operation reads a part. */
	toValues(key: string): Record<string, unknown>;
	/** Returns the names of parts in parentheses, for a message. */
	describe(keys: string[]): string;
	/** How to watch fewer parts, for the beginning of a sentence. */
	narrowingAdvice: string;
}

/** The only part of a source without types. It has no name. */
const SINGLE_PART: SourceParts = {
	fields: {},
	getPartKeys: () => [''],
	toValues: () => ({}),
	describe: () => '',
	narrowingAdvice: '',
};

/** Describes the list of the types to watch, for example "Customer states to watch. Leave empty to watch all states." */
function describeTypes(displayName: string): string {
	const name = displayName.charAt(0) + displayName.slice(1).toLowerCase();
	const lastWord = name.split(' ').at(-1);
	return `${name} to watch. Leave empty to watch all ${lastWord}.`;
}

/** Creates one part per type. A field of the form selects the types. */
function createTypeParts({ fields }: Operation, typeField: string, types: OptionList<number>): SourceParts {
	const typesFieldName = `${typeField}s`;
	const displayName = `${fields[typeField]?.displayName}s`;
	const typesField = multiOptions(displayName, describeTypes(displayName), types);
	return {
		fields: { [typesFieldName]: typesField },
		getPartKeys(values) {
			const selectedTypes = values[typesFieldName] as number[];
			const watchedTypes = selectedTypes.length > 0 ? selectedTypes : types.map(({ value }) => value);
			return watchedTypes.map(String);
		},
		toValues: (key) => ({ [typeField]: Number(key) }),
		describe(keys) {
			const typeNames = types.filter(({ value }) => keys.includes(String(value))).map((type) => type.name);
			return ` (${joinNames(typeNames)})`;
		},
		narrowingAdvice: `select only some values in '${typesField.displayName}', or `,
	};
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
		'Fields whose changes start the workflow. Leave empty to watch the fields of Simplified output.',
		toColumnOptions(watchableColumns),
	);

/** Describes how to use filters, for the end of a sentence. */
function describeFilters(offeredFilters: Fields): string {
	const names = Object.values(offeredFilters).map((field) => `'${field.displayName}'`);
	const subject = names.length === 1 ? 'the filter' : 'one or more of these filters:';
	return `add ${subject} ${joinNames(names)}`;
}

/** Lists the options of a source that lists records. */
const listOptions = ({ entity }: Operation, hasStart: boolean): NodeOptionName[] => [
	...(hasNames(entity) ? (['addNames'] as const) : []),
	'emitExisting',
	...(hasStart ? (['lookBack'] as const) : []),
	'timeZone',
	'timeout',
];

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource(definition: GetManySourceDefinition): Source {
	const { name, operation, idKeys, omittedFilters = [], startFilter = '', typeField, types = [] } = definition;
	const entity = withChangeColumn(operation.entity as Entity);
	const { pluralName } = entity;
	const watchableColumns = getWatchableColumns(operation.entity as Entity);
	const parts = typeField ? createTypeParts(operation, typeField, types) : SINGLE_PART;
	const allFilters = operation.fields.filters?.nestedFields ?? {};
	const startField = allFilters[startFilter];
	const filterEntries = Object.entries(allFilters).filter(([key]) => !omittedFilters.includes(key));
	const offeredFilters = Object.fromEntries(filterEntries);
	const lookBackAdvice = startField ? "decrease 'Look Back', " : '';
	return {
		name,
		value: name,
		operation,
		entity,
		idKeys,
		fields: {
			...parts.fields,
			filters: filters(offeredFilters),
			columnsToWatch: createColumnsToWatch(watchableColumns),
			output: output(entity),
		},
		options: listOptions(operation, startField !== undefined),
		watchableColumns,
		defaultWatchedColumns: Object.keys(watchableColumns).filter((key) => !watchableColumns[key]?.selectedOnly),
		getPartKeys: (values) => parts.getPartKeys(values),
		toPartValues(key, { from }, values) {
			const partValues = parts.toValues(key);
			if (!startField) return partValues;
			// The field of the operation writes the date in the operation's own format.
			const readContext = { ...SILENT_CONTEXT, timeZone: values.options.timeZone };
			const start = startField.read(() => from, startFilter, readContext);
			return { ...partValues, filters: { ...(values.filters as object), [startFilter]: start } };
		},
		describeParts: (keys) => `GoFive's list of ${pluralName}${parts.describe(keys)}`,
		newDescription: `When there are new ${pluralName}, or ${pluralName} match the filters for the first time`,
		changedDescription: `When there are new ${pluralName}, or a watched field changed since the last poll`,
		narrowingAdvice: `To watch fewer ${pluralName}, ${lookBackAdvice}${parts.narrowingAdvice}${describeFilters(offeredFilters)}.`,
	};
}
