import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { optionsFrom } from './operation/loadOptions';
import { output } from './operation/fields';
import { optionsProperty } from './operation/options';
import { event } from './resources/customerEvent/event';
import { eventTypeNames } from './resources/customerEvent/eventType';
import { eventTypes, hasTypeOf } from './resources/customerEvent/fields';
import { getByCustomerCode } from './resources/customerEvent/getByCustomerCode';
import { customerCodes, triggerOn } from './trigger/fields';
import { runPoll } from './trigger/run';

const fields = { on: triggerOn(), codes: customerCodes(), types: eventTypes(), output: output(event) };

/** Starts a workflow when customers get new events. What is new is decided by the events' IDs: see trigger/compare.ts. */
export class GoFiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive Trigger',
		name: 'goFiveTrigger',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"] === "newEvent" ? "new event" : "new or changed event" }}',
		description: 'Starts the workflow when customers get new events in the GoFive CRM (Venio)',
		defaults: { name: 'GoFive Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		properties: [
			...Object.values(fields).flatMap(({ properties }) => properties),
			optionsProperty(['lookBack', 'lookAhead', 'emitExisting', 'timeZone', 'maxParallelRequests', 'timeout']),
		],
	};

	methods = { loadOptions: { getEventTypes: optionsFrom(eventTypeNames) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, {
			fields,
			source: getByCustomerCode,
			entity: event,
			isWanted: ({ eventType }, types) => hasTypeOf(eventType, types),
		});
	}
}
