import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { DEFAULT_TIME_ZONE } from '../operation/fields/nodeOptions';
import { readOperationValues } from '../operation/fields/operationValues';
import type { OperationValues } from '../operation/types';
import { clock } from '../time/clock';
import type { Source } from './source';
import { findTriggerEvent, triggerOn } from './triggerForm';
import type { Fingerprints } from './triggerState';
import { computeDigest } from './watchedRecord';

/** Settings of one poll. */
export interface PollSettings {
	source: Source;
	values: OperationValues;
	/** Keys of the parts in the order of the form. */
	partKeys: string[];
	/** Values by which records are selected after reading. */
	selected: unknown[];
	/** Keys of the watched columns. Empty if changes are not watched. */
	watchedColumns: string[];
	fingerprints: Fingerprints;
	/** Milliseconds since 1970. */
	now: number;
}

/** Key of the part of a source that has only one. */
const SINGLE_PART = '';

/** Options that decide which records are read. */
const SCOPE_OPTIONS = ['lookBack', 'lookAhead', 'timeZone'] as const;

/**
 * Computes the fingerprint of the settings that decide which records are read. Expressions count as they are written,
 * because a filter for today would otherwise start the trigger again every day.
 */
function computeScope({ name, scopeFields }: Source, { options }: OperationValues, stored: IDataObject): string {
	const storedOptions = (stored.options ?? {}) as IDataObject;
	const scopeOptions = SCOPE_OPTIONS.map((option) => storedOptions[option] ?? options[option]);
	return computeDigest([name, scopeFields.map((field) => stored[field] ?? {}), scopeOptions]);
}

/**
 * Reads the parameters of the trigger.
 * @throws GoFiveError for the first value that is not valid
 */
export function readPollSettings(context: IPollFunctions): PollSettings {
	// n8n shows hints only after a run of the action node.
	const readContext = { now: clock.now(), addHint: () => undefined, isExpression: () => false };
	const getParameter = (name: string) => context.getNodeParameter(name, null);
	const triggerEvent = triggerOn.read(getParameter, 'triggerOn', { ...readContext, timeZone: DEFAULT_TIME_ZONE });
	const { source, includeChanged } = findTriggerEvent(triggerEvent);
	const values = readOperationValues(source.fields, getParameter, readContext);
	const { columnsToWatch = [] } = values as { columnsToWatch?: string[] };
	const watchedColumns = columnsToWatch.length > 0 ? columnsToWatch.sort() : source.defaultWatchedColumns;
	return {
		source,
		values,
		partKeys: source.parts?.getKeys(values) ?? [SINGLE_PART],
		selected: source.selection ? (values[source.selection.field] as unknown[]) : [],
		watchedColumns: includeChanged ? watchedColumns : [],
		fingerprints: {
			scope: computeScope(source, values, context.getNode().parameters as IDataObject),
			watched: includeChanged ? computeDigest(watchedColumns) : '',
		},
		now: readContext.now,
	};
}
