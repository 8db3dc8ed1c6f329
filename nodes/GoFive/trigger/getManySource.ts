import { getWatchableColumns } from '../operation/defineColumns';
import { multiOptions } from '../operation/fields/multiOptions';
import { output } from '../operation/fields/output';
import type { Entity, Fields, OptionList } from '../operation/types';
import { filters } from '../resources/sharedFields';
import { compareByName, joinNames } from '../shared/text';
import { parseGoFiveDate } from '../time/goFiveDate';
import type { Source } from './source';

/** Declaration of a source whose records an operation Get Many lists. */
export interface GetManySourceDefinition extends Pick<Source, 'name' | 'operation' | 'idKeys'> {
	/** Filters of the operation that the trigger does not offer. */
	omittedFilters?: string[];
	/** Omitted filter that takes the start of Look Back, in UTC. */
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

/** Converts a wall time to UTC, for example 2025-01-31T03:00:00.000Z. */
const formatUtc = (wallTime: string | undefined, timeZone: string): string =>
	new Date(parseGoFiveDate(wallTime, timeZone) ?? NaN).toISOString();

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource(definition: GetManySourceDefinition): Source {
	const { name, operation, idKeys, omittedFilters = [], startFilter = '', typeField = '', types = [] } = definition;
	const entity = withChangeColumn(operation.entity as Entity);
	const { pluralName } = entity;
	const watchableColumns = getWatchableColumns(operation.entity as Entity);
	const watchableOptions = Object.entries(watchableColumns).map(([value, column]) => ({
		name: column.displayName,
		value,
	}));
	const offeredFilters = Object.fromEntries(
		Object.entries(operation.fields.filters?.nestedFields ?? {}).filter(([key]) => !omittedFilters.includes(key)),
	);
	const typesFieldName = `${typeField}s`;
	const typesField = multiOptions(
		`${operation.fields[typeField]?.displayName}s`,
		`Limits the ${pluralName} to watch. Leave empty to watch all of them.`,
		types,
	);
	const typesFields: Fields = typeField ? { [typesFieldName]: typesField } : {};
	const narrowingFields = Object.values({ ...typesFields, ...offeredFilters });
	return {
		name,
		operation,
		entity,
		idKeys,
		fields: {
			...typesFields,
			filters: filters(offeredFilters),
			columnsToWatch: multiOptions(
				'Columns to Watch',
				'Columns whose changes start the workflow. Leave empty to watch the columns of Simplified output.',
				watchableOptions.sort(compareByName),
			),
			output: output(entity),
		},
		options: ['emitExisting', ...(startFilter ? (['lookBack'] as const) : []), 'timeZone', 'timeout'],
		watchableColumns,
		defaultWatchedColumns: Object.keys(watchableColumns).filter((key) => !watchableColumns[key]?.selectedOnly),
		getPartKeys(values) {
			// The only part has no name.
			if (!typeField) return [''];
			const selectedTypes = values[typesFieldName] as number[];
			return (selectedTypes.length > 0 ? selectedTypes : types.map(({ value }) => value)).map(String);
		},
		toPartValues: (type, { from }, values) => ({
			...(typeField && { [typeField]: Number(type) }),
			...(startFilter && {
				filters: { ...(values.filters as object), [startFilter]: formatUtc(from, values.options.timeZone) },
			}),
		}),
		describeParts(keys) {
			const typeNames = types.filter(({ value }) => keys.includes(String(value))).map((type) => type.name);
			return `GoFive's list of ${pluralName}${typeField && ` (${joinNames(typeNames)})`}`;
		},
		newDescription: `When ${pluralName} are new, or match the filters for the first time`,
		changedDescription: `When ${pluralName} are new, or a watched column changed since the last poll`,
		narrowingAdvice: `To watch fewer ${pluralName}, use ${joinNames(narrowingFields.map(({ displayName }) => `'${displayName}'`))}.`,
	};
}
