import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { SANDBOX_CREDENTIAL_REF, type WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';

const folder = path.join(REPOSITORY_ROOT, 'test', 'saved');

/** Loads a saved workflow and selects the sandbox's credential in it. */
function loadSavedWorkflow(file: string): WorkflowDefinition {
	const [savedWorkflow] = [
		JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowDefinition | [WorkflowDefinition],
	].flat() as [WorkflowDefinition];
	const nodes = savedWorkflow.nodes.map((node) =>
		node.credentials ? { ...node, credentials: { goFiveApi: SANDBOX_CREDENTIAL_REF } } : node,
	);
	return { ...savedWorkflow, active: false, nodes };
}

/** Defines the tests of workflows that users have saved with 0.1.0. */
export function defineSavedWorkflowTests(getN8nServer: () => N8nTestServer): void {
	describe('saved workflows', () => {
		const files = readdirSync(folder).sort();
		const triggers = files.filter((file) =>
			loadSavedWorkflow(file).nodes.some(({ type }) => type.endsWith('.goFiveTrigger')),
		);
		for (const file of files.filter((candidate) => !triggers.includes(candidate))) {
			test(file, async () => {
				const workflow = loadSavedWorkflow(file);
				const [trigger] = workflow.nodes.filter(({ type }) => type.endsWith('.manualTrigger'));
				const goFiveNodes = workflow.nodes.filter(({ type }) => type.endsWith('.goFive'));
				assert.ok(trigger && goFiveNodes.length > 0, 'This is no workflow from a trigger by hand');
				const n8nServer = getN8nServer();
				const { rest } = n8nServer;
				n8nServer.sandbox.store.ensureCustomer('ลูกค้า 1');
				const countBefore = n8nServer.requestCount;
				const { items } = assertSucceeded(await rest.executeAndWait(await rest.save(workflow), trigger.name));
				for (const { name } of goFiveNodes) assert.ok(items(name).length > 0, `${name} gave no items`);
				// An expired token is renewed after a 401.
				const failedRequests = n8nServer.getApiRequests(countBefore).filter(({ status = 0 }) => status > 401);
				assert.deepEqual(failedRequests, []);
			});
		}

		test(`${triggers.join(', ')}: a new event starts each trigger once`, async () => {
			const n8nServer = getN8nServer();
			const { rest, sandbox } = n8nServer;
			sandbox.store.ensureCustomer('ลูกค้า 1');
			const countBefore = n8nServer.requestCount;
			const ids: string[] = [];
			// One at a time, because n8n 1.123 with SQLite rejects two workflows that are saved at the same time.
			for (const file of triggers) {
				const id = await rest.save(loadSavedWorkflow(file));
				await rest.publish(id);
				ids.push(id);
			}
			// n8n 2 publishes before the first poll, which records the existing events of two customers each.
			await n8nServer.waitFor(
				'both triggers have read their customers',
				() => n8nServer.countAnsweredReads(countBefore) >= 4,
			);
			const eventDate = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 19);
			const { eventId } = sandbox.store.createEvent({
				customerCode: 'C000055',
				eventName: 'Saved / บันทึก',
				eventType: 1,
				eventDate,
			});
			for (const id of ids) {
				const countNewEventItems = async (count: number): Promise<number> => {
					const { items } = assertSucceeded(await rest.waitForNewestExecution(id, count));
					const itemCount = items('GoFive Trigger').filter((item) => item['eventId'] === eventId).length;
					// One of the triggers emits existing events first.
					return itemCount > 0 ? itemCount : await countNewEventItems(count + 1);
				};
				assert.equal(await countNewEventItems(1), 1);
			}
		});
	});
}
