import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { triggerBuilderHint } from './builderHints';
import { buildListMethods } from './operation/describe/listMethods';
import { buildTriggerProperties, triggerSubtitle, triggerFields } from './trigger/triggerForm';

/** Trigger node: starts the workflow for new, changed or unchanged records. `trigger/kinds/` decides which they are. */
export class GoFiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive Venio CRM Trigger',
		name: 'goFiveTrigger',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Starts the workflow when records in Venio are new, changed, or unchanged for days. The GoFive node reads and writes records.',
		defaults: { name: 'GoFive Venio CRM Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		...triggerBuilderHint,
		properties: buildTriggerProperties(),
	};

	methods = buildListMethods(triggerFields);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// Loaded on first use, as in the action node.
		const { runPoll } = await import('./trigger/poll');
		return await runPoll(this);
	}
}
