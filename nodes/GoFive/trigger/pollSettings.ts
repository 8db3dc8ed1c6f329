import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SINGLE_PART } from '../operation/reading/readParts';
import { readOperationValues, SILENT_CONTEXT } from '../operation/fields/nodeOptions';
import type { OperationValues } from '../operation/field';
import type { Parts } from '../operation/operation';
import { clock } from '../time/clock';
import { createDaysRange } from '../time/range';
import type { TriggerRule } from './kinds/triggerKind';
import type { TriggerSource } from './triggerSource';
import { findTriggerEvent, triggerOn } from './triggerForm';
import type { Fingerprints } from './triggerState';
import { computeDigest } from './digest';

/** Settings of one poll. */
export interface PollSettings {
	source: TriggerSource;
	values: OperationValues;
	/** Values with which the operation is read. A part adds its own. */
	readValues: OperationValues;
	/** Parts to read. Those of a list are found by each poll. */
	parts: Parts;
	/** What is compared and reported. */
	rule: TriggerRule;
	fingerprints: Fingerprints;
	/** Milliseconds since 1970. */
	now: number;
}

/** Options that decide which records are read. */
const SCOPE_OPTIONS = ['lookBack', 'lookAhead', 'timeZone'] as const;

/**
 * Computes the fingerprint of the settings that decide which records are watched. Expressions count as they are written,
 * because a filter for today would otherwise start the trigger again every day.
 */
function computeScope({ value, getScope }: TriggerSource, { options }: OperationValues, stored: IDataObject): string {
	const storedOptions = (stored.options ?? {}) as IDataObject;
	const optionValues = SCOPE_OPTIONS.map((option) => storedOptions[option] ?? options[option]);
	return computeDigest([value, optionValues, ...getScope(stored)]);
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
	const { source, kind } = findTriggerEvent(triggerOn.read(getParameter, 'triggerOn', readContext));
	const values = readOperationValues({ ...kind.getFields(source), ...source.fields }, getParameter, readContext);
	const { lookBack, lookAhead, timeZone } = values.options;
	const days = createDaysRange(lookBack, lookAhead, now, timeZone);
	const readValues: OperationValues = { ...values, ...source.getReadValues?.(days, values) };
	const rule = kind.createRule(source, values, now);
	const parts = source.parts?.(values) ?? [SINGLE_PART];
	return {
		// The user cannot correct a part of a list.
		source: Array.isArray(parts) ? source : { ...source, unknownPartAdvice: undefined },
		values,
		readValues,
		parts,
		rule,
		fingerprints: {
			scope: computeScope(source, values, context.getNode().parameters as IDataObject),
			watched: rule.watchedColumns.length > 0 ? computeDigest(rule.watchedColumns) : '',
		},
		now,
	};
}
