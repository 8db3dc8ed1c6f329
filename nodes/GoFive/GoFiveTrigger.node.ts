import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { buildLoadOptions } from './operation/describe/loadOptions';
import { toProperties } from './operation/fields/fieldRecord';
import { buildOptionsProperty } from './operation/fields/nodeOptions';
import { output } from './operation/fields/output';
import { eventEntity } from './resources/customerEvent/entity';
import { eventTypes, matchesEventTypes } from './resources/customerEvent/fields';
import { getByCustomerCode } from './resources/customerEvent/getByCustomerCode';
import { customerCodes, triggerOn } from './trigger/triggerFields';

const fields = {
	triggerOn: triggerOn(),
	customerCodes: customerCodes(),
	eventTypes: eventTypes(),
	output: output(eventEntity),
};

/** Trigger node: starts the workflow for new events of customers. `trigger/compareEvents.ts` decides which events are new. */
export class GoFiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive Trigger',
		name: 'goFiveTrigger',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"] === "newEvent" ? "New Event" : "New or Changed Event" }}',
		description: 'Starts the workflow when customers have new events in the GoFive CRM (Venio)',
		defaults: { name: 'GoFive Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		properties: [
			...toProperties(fields),
			buildOptionsProperty(['lookBack', 'lookAhead', 'emitExisting', 'timeZone', 'maxParallelRequests', 'timeout']),
		],
	};

	methods = { loadOptions: buildLoadOptions([fields]) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// Loaded on first use, as in the action node.
		const { runPoll } = await import('./trigger/poll');
		return await runPoll(this, {
			fields,
			source: getByCustomerCode,
			entity: eventEntity,
			matchesTypes: ({ eventType }, types) => matchesEventTypes(eventType, types),
		});
	}
}
