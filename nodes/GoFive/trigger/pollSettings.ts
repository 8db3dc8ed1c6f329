import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { readOperationValues, SILENT_CONTEXT } from '../operation/fields/nodeOptions';
import type { OperationValues } from '../operation/types';
import { clock } from '../time/clock';
import { createDaysRange } from '../time/range';
import type { Source } from './source';
import { findTriggerEvent, triggerOn } from './triggerForm';
import type { Fingerprints } from './triggerState';
import { computeDigest } from './compareRecords';

/** Settings of one poll. */
export interface PollSettings {
	source: Source;
	values: OperationValues;
	/** Values with which the operation reads a part, by key of the part, in the order of the form. */
	parts: Map<string, OperationValues>;
	/** Event types by which events are selected after reading. An empty list means all. */
	eventTypes: number[];
	/** Keys of the watched columns. Empty if changes are not watched. */
	watchedColumns: string[];
	fingerprints: Fingerprints;
	/** Milliseconds since 1970. */
	now: number;
}

/** Options that decide which records are read. */
const SCOPE_OPTIONS = ['lookBack', 'lookAhead', 'timeZone'] as const;

/**
 * Computes the fingerprint of the settings that decide which records are read. Expressions count as they are written,
 * because a filter for today would otherwise start the trigger again every day.
 */
function computeScope({ name, fields }: Source, { options }: OperationValues, stored: IDataObject): string {
	const storedOptions = (stored.options ?? {}) as IDataObject;
	const scopeOptions = SCOPE_OPTIONS.map((option) => storedOptions[option] ?? options[option]);
	return computeDigest([name, fields.filters ? [stored.filters ?? {}] : [], scopeOptions]);
}

/**
 * Reads the parameters of the trigger.
 * @throws GoFiveError for the first value that is not valid
 */
export function readPollSettings(context: IPollFunctions): PollSettings {
	const now = clock.now();
	// n8n shows hints only after a run of the action node.
	const readContext = { ...SILENT_CONTEXT, now };
	const getParameter = (name: string) => context.getNodeParameter(name, null);
	const { source, includeChanged } = findTriggerEvent(triggerOn.read(getParameter, 'triggerOn', readContext));
	const values = readOperationValues(source.fields, getParameter, readContext);
	const { lookBack, lookAhead, timeZone } = values.options;
	const days = createDaysRange(lookBack, lookAhead, now, timeZone);
	const toPartValues = (key: string) => ({ ...values, ...source.toPartValues(key, days, values) });
	const { columnsToWatch = [], eventTypes = [] } = values as { columnsToWatch?: string[]; eventTypes?: number[] };
	const selectedColumns = columnsToWatch.length > 0 ? columnsToWatch.sort() : source.defaultWatchedColumns;
	const watchedColumns = includeChanged ? selectedColumns : [];
	return {
		source,
		values,
		parts: new Map(source.getPartKeys(values).map((key) => [key, toPartValues(key)])),
		eventTypes,
		watchedColumns,
		fingerprints: {
			scope: computeScope(source, values, context.getNode().parameters as IDataObject),
			watched: includeChanged ? computeDigest(watchedColumns) : '',
		},
		now,
	};
}
