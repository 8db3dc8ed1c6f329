import { openTriggerWorld, told } from './triggerWorld.cts';

const world = openTriggerWorld();

test('500 customers with 200 events each: under 2 MB of state, also with IDs of nine digits, and read within a minute', async () => {
	const codes = world.sandbox.store.seedCustomers(500, 200);
	world.now = Date.parse('2025-01-10T05:00:00Z');
	const workflow = await world.active({ customerCodes: codes.join('\n'), triggerOn: 'newOrChangedEvent' });
	const digits = String(world.sandbox.store.events.at(-1)?.eventId).length;
	const size = JSON.stringify(workflow.stored).length;
	expect(size).toBeGreaterThan(1_000_000);
	expect(size + 500 * 200 * (9 - digits)).toBeLessThan(2_000_000);

	const id = world.create(codes[499] ?? '');
	const started = performance.now();
	expect(told(await workflow.poll())).toEqual([id]);
	expect(performance.now() - started).toBeLessThan(60_000);
	expect(told(await workflow.restart())).toEqual([]);
});

test('more than 5,000 events of one customer: those with the highest IDs are remembered one by one', async () => {
	world.sandbox.store.seedCustomer('MANY', 5200);
	world.now = Date.parse('2025-01-20T05:00:00Z');
	const workflow = await world.active({ customerCodes: 'MANY', triggerOn: 'newOrChangedEvent' });
	const remembered = () => (/"seen":"([^"]*)"/.exec(JSON.stringify(workflow.memory))?.[1] ?? '').split(' ').length;
	expect(remembered()).toBe(5000);
	expect((await workflow.poll()).data).toBeNull();

	const ids = [world.create('MANY'), world.create('MANY', 30)];
	expect(told(await workflow.poll())).toEqual(ids);
	expect(told(await workflow.restart())).toEqual([]);
	expect(remembered()).toBe(5000);

	const [first] = world.sandbox.store.findEvents('MANY');
	world.update(first?.eventId ?? 0, { eventName: 'Changed, but not remembered one by one' });
	world.update(ids[0] ?? 0, { eventName: 'Changed' });
	expect(told(await workflow.poll())).toEqual([ids[0]]);
	expect((await workflow.poll()).data).toBeNull();
});
