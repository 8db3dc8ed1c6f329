import { chain, goFive, type NodeInput, type Workflow } from '../start/workflows.mts';

export const WORKFLOW = 'reliability';
export const TRIGGER = 'GoFive Trigger';
/** Codes of customers of the sandbox that the workflow watches. */
export const CODES = ['C000055', 'C000154', 'L000308', 'ลูกค้า 1'];

/** Milliseconds from one event of an execution to the next, so that kills meet executions that run. */
const PACE = 50;

/** A trigger that asks for the events of some customers every minute. */
export const goFiveTrigger = (codes: string[]): NodeInput =>
	goFive(
		{ pollTimes: { item: [{ mode: 'everyMinute' }] }, customerCodes: codes.join('\n') },
		{ name: TRIGGER, type: 'n8n-nodes-gofive.goFiveTrigger' },
	);

/** The trigger, a step that tells `witness` of each event, and an end. */
export const watched = (witness: string): Workflow => ({
	...chain('Reliability', [
		goFiveTrigger(CODES),
		{
			name: 'Tell the witness',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: witness,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ eventId: $json.eventId, executionId: Number($execution.id) }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: PACE } } },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]),
	id: WORKFLOW,
});
