import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Running } from '../start/bringUp.mts';
import { runCommand } from '../start/home.mts';
import type { Session } from '../start/session.mts';
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

/**
 * Puts the workflow into n8n's database and publishes it; n8n must not run yet.
 * @param witness address that is told of each event. @throws PlainStop when n8n refuses
 */
export async function publishWorkflow(session: Session, { n8n, env }: Running, witness: string): Promise<void> {
	const file = path.join(env['N8N_USER_FOLDER'] ?? '', 'reliability.json');
	await writeFile(file, JSON.stringify([watched(witness)]));
	await runCommand(session, n8n, env, { args: ['import:workflow', `--input=${file}`], success: /Successfully imported 1 workflow/u });
	await runCommand(session, n8n, env, { args: ['publish:workflow', `--id=${WORKFLOW}`], success: /publish/iu });
}
