import assert from 'node:assert/strict';
import { readProcessorMs } from '../../scripts/instance/n8nProcess.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { buildGoFiveTriggerNode, buildLinearWorkflow } from '../../scripts/instance/workflowBuilder.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Time in ms within which all customers have to be read. */
const FIRST_POLL_TIMEOUT_MS = 90_000;

/** Duration of a poll, and processor time of the main process, in seconds. */
export interface PollCost {
	seconds: number;
	cpuSeconds: number;
}

export const formatPollCost = ({ seconds, cpuSeconds }: PollCost): string =>
	`${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time`;

/** Publishes a trigger that watches 500 customers and measures its first poll. */
export async function measurePollCost(script: ScriptContext, main: N8nTestServer): Promise<PollCost> {
	const codes = main.sandbox.store.seedCustomers(500, 0, 'MANY');
	const id = await main.rest.save(
		buildLinearWorkflow('Many', [buildGoFiveTriggerNode({ customerCodes: codes.join('\n') })]),
	);
	const count = main.requestCount;
	const getReadRequests = () =>
		main.getApiRequests(count).filter(({ operationId }) => operationId === 'getCustomerEvents');
	const getAnswerTimes = () => getReadRequests().flatMap(({ answeredAt }) => answeredAt ?? []);
	try {
		await main.rest.publish(id);
		await script.waitFor(() => getReadRequests().length > 0, FIRST_POLL_TIMEOUT_MS, 5);
		const processorMsBefore = readProcessorMs(main.serverProcess);
		await script.waitFor(() => getAnswerTimes().length >= codes.length, FIRST_POLL_TIMEOUT_MS, 20);
		const cpuSeconds = (readProcessorMs(main.serverProcess) - processorMsBefore) / 1_000;
		const answerTimes = getAnswerTimes();
		assert.ok(
			answerTimes.length >= codes.length,
			`${answerTimes.length} of ${codes.length} customers were read within ${FIRST_POLL_TIMEOUT_MS / 1_000} seconds`,
		);
		const seconds = (Math.max(...answerTimes) - (getReadRequests()[0]?.at ?? 0)) / 1_000;
		assert.equal(
			new Set(getReadRequests().map(({ path, query }) => `${path}?${query}`)).size,
			codes.length,
			'so many customers were read',
		);
		assert.equal(getReadRequests().length, codes.length, 'so many reads were sent');
		return { seconds, cpuSeconds };
	} finally {
		await main.rest.unpublish(id);
	}
}
