import { loadTrigger } from '../harness.cts';
import { setupTriggerFixture, MAX_TIMEOUT_SECONDS, getEventIds } from '../triggerFixture.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupTriggerFixture();
beforeEach(() => fixture.pauseTime());

describe('concurrent polls', () => {
	// The durable poller stores the state after every poll.
	test.each([false, true])('skips polls that start during another one (durable poller: %p)', async (isDurable) => {
		const workflow = fixture.createWorkflow({ customerCodes: 'A,B' }, isDurable);
		expect(await workflow.activate()).toMatchObject({ data: null });
		const ids = [fixture.createEvent('A'), fixture.createEvent('B')];
		const hold = fixture.sandbox.hold('getCustomerEvents');
		const first = workflow.poll();
		await hold.waitForRequests(1, first);
		for (let poll = 0; poll < 2; poll++) {
			const { data, error } = await workflow.poll();
			expect([data, error]).toEqual([null, undefined]);
		}
		hold.end();
		expect(getEventIds(await first)).toEqual(ids);
		expect(fixture.requestedCustomerCodes).toEqual(['A', 'B', 'A', 'B']);
		expect((await workflow.poll()).data).toBeNull();
	});
});

test('polls of two nodes with the same ID run at the same time', async () => {
	const parameters = { customerCodes: 'A', output: 'raw' };
	const triggers = ['New events', 'Copy of New events'].map((nodeName) =>
		loadTrigger({ credential: fixture.credential, parameters, nodeName }),
	);
	for (const trigger of triggers) expect(getEventIds(await trigger.poll())).toEqual([]);
	const id = fixture.createEvent('A');
	const hold = fixture.sandbox.hold('getCustomerEvents');
	const polls = triggers.map(async (trigger) => await trigger.poll());
	await hold.waitForRequests(2, Promise.all(polls));
	hold.end();
	expect((await Promise.all(polls)).map(getEventIds)).toEqual([[id], [id]]);
});

describe('new activation during a poll', () => {
	// n8n 1.x would start the workflow with the result of the old poll, n8n 2.x drops it.
	// Therefore the old poll has to return nothing.
	test.each([
		['reads the customers', 'getCustomerEvents'],
		['reads the names of the types', 'getCustomerEventTypes'],
	])('while it %s: takes over and reports the event once', async (_, operationId) => {
		const workflow = await fixture.activateWorkflow({
			output: 'simplified',
			customerCodes: 'A,B',
			options: { timeoutSeconds: MAX_TIMEOUT_SECONDS },
		});
		const id = fixture.createEvent('A');
		const oldTrigger = workflow.load();
		await oldTrigger.poll({ activation: 'init' });
		const next = workflow.load();
		const secondId = fixture.createEvent('B');
		fixture.addFault(operationId, { kind: 'hang' });

		// Budget and timeout are longer than jest's timeout.
		const pollPromise = oldTrigger.poll({ pollBudgetMs: 10_000_000 });
		await waitForCondition(() => fixture.sandbox.requestLog.at(-1)?.fault === 'hang');
		const before = oldTrigger.staticData();
		// The new poll cancels the old one, which would otherwise wait for its response.
		expect(getEventIds(await next.poll({ activation: 'update' }))).toEqual([id, secondId]);
		const { data, error, emittedErrors } = await pollPromise;
		expect([data, error, emittedErrors]).toEqual([null, undefined, []]);
		expect(oldTrigger.staticData()).toEqual(before);
		expect((await next.poll()).data).toBeNull();
	});

	test('twice: the last one continues', async () => {
		const workflow = await fixture.activateWorkflow();
		const id = fixture.createEvent('A');
		const polls = [workflow.load(), workflow.load(), workflow.load()].map(async (trigger) => await trigger.poll());
		expect((await Promise.all(polls)).map(getEventIds)).toEqual([[], [], [id]]);
	});
});
