import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { checkout } from '../../scripts/start/paths.mts';
import { SANDBOX_CREDENTIAL, type Workflow } from '../../scripts/start/workflows.mts';
import type { Whole } from './whole.mts';

const folder = path.join(checkout, 'test', 'saved');

/** A stored workflow, with the credential of the sandbox. */
function stored(file: string): Workflow {
	const [saved] = [JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Workflow | [Workflow]].flat() as [Workflow];
	const nodes = saved.nodes.map((node) => (node.credentials ? { ...node, credentials: { goFiveApi: SANDBOX_CREDENTIAL } } : node));
	return { ...saved, active: false, nodes };
}

/** Workflows that people have saved with 0.1.0 go on working. */
export function testSaved(whole: () => Whole): void {
	describe('workflows that people have saved', () => {
		const files = readdirSync(folder).sort();
		const triggers = files.filter((file) => stored(file).nodes.some(({ type }) => type.endsWith('.goFiveTrigger')));
		for (const file of files.filter((one) => !triggers.includes(one))) {
			test(file, async () => {
				const workflow = stored(file);
				const [first] = workflow.nodes.filter(({ type }) => type.endsWith('.manualTrigger'));
				const own = workflow.nodes.filter(({ type }) => type.endsWith('.goFive'));
				assert.ok(first && own.length > 0, 'This is no workflow from a trigger by hand');
				const before = whole().count;
				const { status, error, items } = await whole().rest.execute(await whole().rest.save(workflow), first.name);
				assert.equal(status, 'success', error?.message);
				for (const { name } of own) assert.ok(items(name).length > 0, `${name} gave no items`);
				// A token that ran out in between is renewed.
				assert.deepEqual(whole().received(before).filter((request) => (request.status ?? 0) > 401), []);
			});
		}

		test(`${triggers.join(', ')}: a new event starts each of them once`, async () => {
			const { rest, sandbox } = whole();
			const answered = () => whole().received().filter(({ operationId, status }) => operationId === 'getCustomerEvents' && status === 200).length;
			const before = answered();
			const ids = await Promise.all(triggers.map(async (file) => await rest.save(stored(file))));
			for (const id of ids) await rest.publish(id);
			// n8n 2 publishes before the first poll, which takes note of what is there: two customers each.
			await whole().until('both triggers have read their customers', () => answered() >= before + 4);
			const eventDate = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 19);
			const { eventId } = sandbox.store.createEvent({ customerCode: 'C000055', eventName: 'Saved / บันทึก', eventType: 1, eventDate });
			for (const id of ids) {
				const told = async (count: number): Promise<number> => {
					const { status, error, items } = await rest.newest(id, count);
					assert.equal(status, 'success', error?.message);
					const times = items('GoFive Trigger').filter((item) => item['eventId'] === eventId).length;
					// One of them was published with what exists already.
					return times > 0 ? times : await told(count + 1);
				};
				assert.equal(await told(1), 1);
			}
		});
	});
}
