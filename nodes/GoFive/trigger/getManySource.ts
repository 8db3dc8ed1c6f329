import { getWatchableColumns } from '../operation/defineColumns';
import { multiOptions } from '../operation/fields/multiOptions';
import { output } from '../operation/fields/output';
import type { Entity, Operation } from '../operation/types';
import { filters } from '../resources/sharedFields';
import { compareByName } from '../shared/text';
import type { Source } from './source';

/** Declaration of a source whose records an operation Get Many lists. */
export type GetManySourceDefinition = Pick<Source, 'name' | 'idKeys'> & {
	operation: Operation;
	/** Filters of the operation that the trigger does not offer. */
	omittedFilters?: string[];
};

/** Adds the column that says why a record starts the workflow. */
const withChangeColumn = ({ lines, ...entity }: Entity): Entity => ({
	...entity,
	columns: { ...entity.columns, change: { displayName: 'Change' } },
	lines: lines && { ...lines, parentColumns: [...lines.parentColumns, 'change'] },
});

/** Creates a source from an operation that lists records. Its filters are those of the operation. */
export function createGetManySource({ name, operation, idKeys, omittedFilters = [] }: GetManySourceDefinition): Source {
	const listedEntity = operation.entity as Entity;
	const entity = withChangeColumn(listedEntity);
	const watchableColumns = getWatchableColumns(listedEntity);
	const watchableOptions = Object.entries(watchableColumns)
		.map(([value, { displayName }]) => ({ name: displayName, value }))
		.sort(compareByName);
	const offeredFilters = Object.entries(operation.fields.filters?.nestedFields ?? {}).filter(
		([key]) => !omittedFilters.includes(key),
	);
	const filterNames = offeredFilters.map(([, { displayName }]) => `'${displayName}'`).join(', ');
	return {
		name,
		operation,
		entity,
		idKeys,
		fields: {
			filters: filters(Object.fromEntries(offeredFilters)),
			columnsToWatch: multiOptions(
				'Columns to Watch',
				'Columns whose changes start the workflow. Leave empty to watch the columns of the output Simplified.',
				watchableOptions,
			),
			output: output(entity),
		},
		scopeFields: ['filters'],
		options: ['emitExisting', 'timeZone', 'timeout'],
		watchableColumns,
		defaultWatchedColumns: Object.keys(watchableColumns).filter((key) => !watchableColumns[key]?.selectedOnly),
		newDescription: `A ${name.toLowerCase()} matches the filters for the first time`,
		changedDescription: `Includes ${entity.pluralName} whose watched columns changed since the last poll`,
		narrowingAdvice: `Watch fewer ${entity.pluralName}. The filters are ${filterNames}.`,
	};
}
