import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors/goFiveError';
import { messages } from '../api/errors/messages';
import type { Client } from '../api/transport/client';
import { extractRecords } from '../operation/execute/extractRecords';
import { buildRequest } from '../operation/execute/tasks';
import { describeUnknownRecord } from '../operation/recordList';
import type { Entity, Field, NodeOptions, Operation, OperationValues, Output } from '../operation/types';
import { clock } from '../time/clock';
import type { DateRange } from '../time/range';
import { getEventId } from './seenEvents';
import type { TriggerOn } from './triggerFields';

/** Fields of the trigger that a poll reads by name. */
export interface TriggerFields {
	triggerOn: Field<TriggerOn>;
	customerCodes: Field<string[]>;
	eventTypes: Field<number[]>;
	output: Field<Output>;
	[key: string]: Field;
}

/** Parts of the trigger that its node file declares. */
export interface TriggerDefinition {
	fields: TriggerFields;
	/** Operation that reads the events of one customer. */
	source: Operation;
	entity: Entity;
	/** Whether an event has one of the types. An empty list means all types. */
	matchesTypes(record: IDataObject, eventTypeIds: number[]): boolean;
}

/** Settings of one poll. */
export interface PollSettings {
	customerCodes: string[];
	/** Event types to report. An empty list means all types. The stored state holds events of all types. */
	eventTypeIds: number[];
	/** See `TriggerDefinition`. */
	matchesTypes: TriggerDefinition['matchesTypes'];
	/** Whether changed events are reported in addition to new ones. */
	includeChanged: boolean;
	options: NodeOptions;
	/** Milliseconds since 1970. */
	now: number;
	/**
	 * Reads the events of a customer.
	 * @throws GoFiveError, which is a cancellation if the poll has no time left
	 */
	readCustomer(code: string, range: DateRange): Promise<IDataObject[]>;
}

/** Builds the settings of a poll from the parameters of the trigger. */
export function createPollSettings(
	{ source, entity, matchesTypes }: TriggerDefinition,
	values: OperationValues<TriggerFields>,
	client: Client,
): PollSettings {
	const { customerCodes, eventTypes: eventTypeIds, triggerOn, options } = values;
	return {
		customerCodes,
		eventTypeIds,
		matchesTypes,
		includeChanged: triggerOn === 'newOrChangedEvent',
		options,
		now: clock.now(),
		readCustomer: async (customerCode, dateRange) => {
			const sourceValues = { ...values, customerCode, dateRange, eventTypes: [] };
			const data = await client.send(buildRequest(source, sourceValues));
			const records = extractRecords(source, data, sourceValues);
			if (records.length === 0 || records.some((record) => getEventId(record) !== undefined)) return records;
			const { message, description } = messages.unexpectedFormat;
			const content = describeUnknownRecord(records, entity) ?? '';
			throw new GoFiveError({ message, description: `${content} ${description}`.trim() }, { httpCode: '200' });
		},
	};
}
