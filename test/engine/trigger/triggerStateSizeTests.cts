import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

test('500 customers with 200 events each: less than 2 MB of state, including IDs of nine digits, read within a minute', async () => {
	const codes = fixture.sandbox.store.seedCustomers(500, 200);
	fixture.now = Date.parse('2025-01-10T05:00:00Z');
	const workflow = await fixture.activateWorkflow({ customerCodes: codes.join('\n'), triggerOn: 'newOrChangedEvent' });
	const idDigits = String(fixture.sandbox.store.events.at(-1)?.eventId).length;
	const stateSize = JSON.stringify(workflow.storedStaticData).length;
	expect(stateSize).toBeGreaterThan(1_000_000);
	expect(stateSize + 500 * 200 * (9 - idDigits)).toBeLessThan(2_000_000);

	const id = fixture.createEvent(codes[499] ?? '');
	const startedMs = performance.now();
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(performance.now() - startedMs).toBeLessThan(60_000);
	expect(getEventIds(await workflow.restart())).toEqual([]);
});

test('more than 5,000 events of one customer: remembers the highest IDs individually', async () => {
	fixture.sandbox.store.seedCustomer('MANY', 5200);
	fixture.now = Date.parse('2025-01-20T05:00:00Z');
	const workflow = await fixture.activateWorkflow({ customerCodes: 'MANY', triggerOn: 'newOrChangedEvent' });
	const countRememberedIds = () =>
		(/"seen":"([^"]*)"/.exec(JSON.stringify(workflow.memoryStaticData))?.[1] ?? '').split(' ').length;
	expect(countRememberedIds()).toBe(5000);
	expect((await workflow.poll()).data).toBeNull();

	const ids = [fixture.createEvent('MANY'), fixture.createEvent('MANY', 30)];
	expect(getEventIds(await workflow.poll())).toEqual(ids);
	expect(getEventIds(await workflow.restart())).toEqual([]);
	expect(countRememberedIds()).toBe(5000);

	const [first] = fixture.sandbox.store.findEvents('MANY');
	fixture.updateEvent(first?.eventId ?? 0, { eventName: 'Changed, but not remembered one by one' });
	fixture.updateEvent(ids[0] ?? 0, { eventName: 'Changed' });
	expect(getEventIds(await workflow.poll())).toEqual([ids[0]]);
	expect((await workflow.poll()).data).toBeNull();
});
