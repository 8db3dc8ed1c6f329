import type { Entity } from '../entity';
import { capitalize } from '../../shared/text';
import type { TotalsGroup, TotalsOutput } from '../totals';

/** Returns the keys of the columns that show a group, with the name that Add Names adds after each code. */
export function listGroupColumns({ group }: TotalsOutput, { columns }: Entity): string[] {
	const shownKeys = group?.shownColumns ?? (group ? [group.column] : []);
	const isNameOf = (code: string) => (key: string) =>
		columns[key]?.isAddedName === true && columns[key]?.lookup?.idColumn === code;
	return shownKeys.flatMap((key) => [key, ...Object.keys(columns).filter(isNameOf(key))]);
}

/** Names of the columns of the last and the next record. */
export interface LatestNames {
	/** Names by the key of the column. */
	columns: Record<string, string>;
	days: string;
	next: string;
}

/** Returns the names of the columns of the last and the next record, for example lastEventDate. */
export function getLatestNames({ columns, recordName }: NonNullable<TotalsGroup['latest']>): LatestNames {
	const name = capitalize(recordName);
	return {
		columns: Object.fromEntries(columns.map((key) => [key, `last${capitalize(key)}`])),
		days: `daysSinceLast${name}`,
		next: `next${name}Date`,
	};
}

/** Whether the items contain the last and the next record. A range with a first day may omit the last one. */
export const showsLatest = ({ group, range }: TotalsOutput, now: number): boolean =>
	group?.latest !== undefined && range?.from === undefined && range?.contains(now) !== false;

/** Returns the keys of the columns whose names totals show. */
export const listTotalsColumns = (output: TotalsOutput, entity: Entity): string[] => [
	...listGroupColumns(output, entity),
	...(output.range?.from === undefined ? (output.group?.latest?.columns ?? []) : []),
];
