import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { loadOptionsOf } from './operation/describe/lists';
import { propertiesInside } from './operation/fields/group';
import { optionsProperty } from './operation/fields/options';
import { output } from './operation/fields/output';
import { event } from './resources/customerEvent/event';
import { eventTypes, hasTypeOf } from './resources/customerEvent/fields';
import { getByCustomerCode } from './resources/customerEvent/getByCustomerCode';
import { customerCodes, triggerOn } from './trigger/fields';

const fields = {
	triggerOn: triggerOn(),
	customerCodes: customerCodes(),
	eventTypes: eventTypes(),
	output: output(event),
};

/** Starts a workflow when customers get new events. What is new is decided by the events' IDs: see trigger/compare.ts. */
export class GoFiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive Trigger',
		name: 'goFiveTrigger',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"] === "newEvent" ? "New Event" : "New or Changed Event" }}',
		description: 'Starts the workflow when customers get new events in the GoFive CRM (Venio)',
		defaults: { name: 'GoFive Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		properties: [
			...propertiesInside(fields),
			optionsProperty(['lookBack', 'lookAhead', 'emitExisting', 'timeZone', 'maxParallelRequests', 'timeout']),
		],
	};

	methods = { loadOptions: loadOptionsOf([fields]) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// As in the action node.
		const { runPoll } = await import('./trigger/run');
		return await runPoll(this, {
			fields,
			source: getByCustomerCode,
			entity: event,
			isWanted: ({ eventType }, types) => hasTypeOf(eventType, types),
		});
	}
}
