import { getWatchableColumns, toColumnOptions } from '../operation/defineColumns';
import { multiOptions } from '../operation/fields/list';
import { SILENT_CONTEXT } from '../operation/fields/nodeOptions';
import { output } from '../operation/fields/output';
import type { Entity, OptionList } from '../operation/types';
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

/** Adds the column that says why a record starts the workflow. */
const withChangeColumn = ({ lines, ...entity }: Entity): Entity => ({
	...entity,
	columns: { ...entity.columns, change: { displayName: 'Change' } },
	lines: lines && { ...lines, parentColumns: [...lines.parentColumns, 'change'] },
});

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource(definition: GetManySourceDefinition): Source {
	const { name, operation, idKeys, omittedFilters = [], startFilter = '', typeField = '', types = [] } = definition;
	const entity = withChangeColumn(operation.entity as Entity);
	const { pluralName } = entity;
	const watchableColumns = getWatchableColumns(operation.entity as Entity);
	const allFilters = operation.fields.filters?.nestedFields ?? {};
	const startField = allFilters[startFilter];
	const offeredFilters = Object.fromEntries(
		Object.entries(allFilters).filter(([key]) => !omittedFilters.includes(key)),
	);
	const typesFieldName = `${typeField}s`;
	const typesField = multiOptions(
		`${operation.fields[typeField]?.displayName}s`,
		`Limits the ${pluralName} to watch. Leave empty to watch all of them.`,
		types,
	);
	const filterNames = Object.values(offeredFilters).map((field) => `'${field.displayName}'`);
	const filterAdvice = `add ${filterNames.length === 1 ? 'the filter' : 'one or more of these filters:'} ${joinNames(filterNames)}`;
	return {
		name,
		operation,
		entity,
		idKeys,
		fields: {
			...(typeField && { [typesFieldName]: typesField }),
			filters: filters(offeredFilters),
			columnsToWatch: multiOptions(
				'Columns to Watch',
				'Columns whose changes start the workflow. New records always start it. Leave empty to watch the columns of Simplified output.',
				toColumnOptions(watchableColumns),
			),
			output: output(entity),
		},
		options: ['emitExisting', ...(startField ? (['lookBack'] as const) : []), 'timeZone', 'timeout'],
		watchableColumns,
		defaultWatchedColumns: Object.keys(watchableColumns).filter((key) => !watchableColumns[key]?.selectedOnly),
		getPartKeys(values) {
			// The only part has no name.
			if (!typeField) return [''];
			const selectedTypes = values[typesFieldName] as number[];
			return (selectedTypes.length > 0 ? selectedTypes : types.map(({ value }) => value)).map(String);
		},
		toPartValues(type, { from }, { filters, options: { timeZone } }) {
			// The field of the operation writes the date in the operation's own format.
			const start = startField?.read(() => from, startFilter, { ...SILENT_CONTEXT, timeZone });
			return {
				...(typeField && { [typeField]: Number(type) }),
				...(startField && { filters: { ...(filters as object), [startFilter]: start } }),
			};
		},
		describeParts(keys) {
			const typeNames = types.filter(({ value }) => keys.includes(String(value))).map((type) => type.name);
			return `GoFive's list of ${pluralName}${typeField && ` (${joinNames(typeNames)})`}`;
		},
		newDescription: `When there are new ${pluralName}, or ${pluralName} match the filters for the first time`,
		changedDescription: `When there are new ${pluralName}, or a watched column changed since the last poll`,
		narrowingAdvice: `To watch fewer ${pluralName}, ${startField ? "decrease 'Look Back', " : ''}${typeField && `select only some values in '${typesField.displayName}', or `}${filterAdvice}.`,
	};
}
