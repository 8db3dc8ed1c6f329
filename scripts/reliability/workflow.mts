import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Running } from '../start/bringUp.mts';
import { PlainStop } from '../start/plain.mts';
import type { Session } from '../start/session.mts';

export const WORKFLOW = 'reliability';
export const TRIGGER = 'GoFive Trigger';
/** Codes of customers of the sandbox that the workflow watches. */
export const CODES = ['C000055', 'C000154', 'L000308', 'ลูกค้า 1'];

/** Milliseconds from one event of an execution to the next, so that kills meet executions that run. */
const PACE = 50;

/** The trigger, a step that tells `witness` of each event, and an end. */
function workflow(witness: string): object {
	const nodes = [
		{
			id: 'b3a5c3ce-4b6a-4f0e-9a5f-6a3f5d1e7c01',
			name: TRIGGER,
			type: 'n8n-nodes-gofive.goFiveTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, customerCodes: CODES.join('\n') },
			credentials: { goFiveApi: { id: 'gofive-sandbox', name: 'GoFive sandbox' } },
		},
		{
			id: 'b3a5c3ce-4b6a-4f0e-9a5f-6a3f5d1e7c02',
			name: 'Tell the witness',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				method: 'POST',
				url: witness,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ eventId: $json.eventId, executionId: Number($execution.id) }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: PACE } } },
			},
		},
		{
			id: 'b3a5c3ce-4b6a-4f0e-9a5f-6a3f5d1e7c03',
			name: 'Done',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [440, 0],
			parameters: {},
		},
	];
	const connections = {
		[TRIGGER]: { main: [[{ node: 'Tell the witness', type: 'main', index: 0 }]] },
		'Tell the witness': { main: [[{ node: 'Done', type: 'main', index: 0 }]] },
	};
	return {
		id: WORKFLOW,
		name: 'Reliability',
		active: false,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
		pinData: {},
	};
}

/**
 * Puts the workflow into n8n's database and publishes it; n8n must not run yet.
 * @param witness address that is told of each event. @throws PlainStop when n8n refuses
 */
export async function publishWorkflow(session: Session, { n8n, env }: Running, witness: string): Promise<void> {
	const file = path.join(env['N8N_USER_FOLDER'] ?? '', 'reliability.json');
	await writeFile(file, JSON.stringify([workflow(witness)]));
	const commands: Array<[args: string[], success: RegExp]> = [
		[['import:workflow', `--input=${file}`], /Successfully imported 1 workflow/u],
		[['publish:workflow', `--id=${WORKFLOW}`], /publish/iu],
	];
	for (const [args, success] of commands) {
		const { output } = await session.run(n8n.node, [n8n.program, ...args], { env });
		if (!success.test(output))
			throw new PlainStop(`n8n did not do "${args[0]}".`, `What it printed is in ${session.log}`);
	}
}
