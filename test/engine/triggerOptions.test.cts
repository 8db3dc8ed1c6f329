import { openTriggerWorld, told } from './triggerWorld.cts';

const world = openTriggerWorld();

describe('the window', () => {
	const options = { lookBack: 1, lookAhead: 1 };

	test('an event comes into it by its date, or by time', async () => {
		const ids = [world.create('A', -3), world.create('A', 3), world.create('A', 9)];
		const workflow = await world.active({ options });
		world.update(ids[0] ?? 0, { days: -1 });
		expect(told(await workflow.poll())).toEqual([ids[0]]);
		world.wait(48);
		expect(told(await workflow.poll())).toEqual([ids[1]]);
	});

	test.each([['the margin', 3], ['far away', 90]])('an event that moves out to %s and back within two days is not new', async (_, away) => {
		const id = world.create('A');
		const workflow = await world.active({ options });
		world.update(id, { days: away });
		expect(told(await workflow.poll())).toEqual([]);
		world.wait(47.9);
		expect(told(await workflow.poll())).toEqual([]);
		world.update(id, { days: 0 });
		expect(told(await workflow.poll())).toEqual([]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('an event that comes back after weeks is new again, and the state has forgotten it meanwhile', async () => {
		const id = world.create('A');
		// GoFive has something to answer at all times.
		for (const days of [0, 8]) world.create('A', days);
		const workflow = await world.active({ options });
		world.update(id, { days: 90 });
		await workflow.poll();
		world.wait(24 * 7);
		await workflow.poll();
		expect(JSON.stringify(workflow.memory)).not.toContain(`${id}.`);
		world.update(id, { days: 0 });
		expect(told(await workflow.poll())).toEqual([id]);
	});

	test.each([
		['Look Back', { lookBack: 9, lookAhead: 1 }, -5],
		['Look Ahead', { lookBack: 1, lookAhead: 9 }, 5],
		// Where it is tomorrow already.
		['Time Zone', { ...options, timeZone: 'Pacific/Kiritimati' }, 1.5],
	])('a wider one starts silently: %s', async (_, wider, days) => {
		world.wait(7);
		const workflow = await world.active({ options });
		world.create('A', days);
		expect(told(await workflow.poll())).toEqual([]);
		expect(told(await workflow.publish({ options: wider }))).toEqual([]);
		const id = world.create('A', days);
		expect(told(await workflow.poll())).toEqual([id]);
	});

	test('GoFive may ignore the range that it is asked for', async () => {
		world.sandbox.set({ dropGetBody: true });
		const workflow = await world.active({ options });
		world.create('A', 90);
		const id = world.create('A', 1);
		expect(told(await workflow.poll())).toEqual([id]);
	});
});

describe('event types', () => {
	test('only the chosen ones are told; the others count as seen', async () => {
		const workflow = await world.active({ eventTypes: [1, 3] });
		const other = world.create('A', 0, 2);
		const id = world.create('A', 0, 3);
		expect(told(await workflow.poll())).toEqual([id]);
		world.update(other, { eventType: 1 });
		expect((await workflow.poll()).data).toBeNull();
	});

	test.each([['all', []], ['another', [2]], ['more', [1, 2]]])('choosing %s starts silently, also for events that n8n never stored', async (_, eventTypes) => {
		const workflow = await world.active({ eventTypes: [1] });
		world.create('A', 0, 2);
		expect(told(await workflow.poll())).toEqual([]);
		world.create('A', 0, 2);
		expect(told(await workflow.publish({ eventTypes }))).toEqual([]);
		const id = world.create('A', 0, 2);
		expect(told(await workflow.poll())).toEqual([id]);
	});
});

describe('Emit Existing Events', () => {
	const options = { emitExisting: true, lookBack: 5 };

	test('tells of what is there at the first activation, and at no other', async () => {
		const ids = [world.create('A', -2), world.create('A', 100)];
		world.create('A', -6);
		const workflow = world.workflow({ options });
		expect(told(await workflow.activate())).toEqual(ids);
		expect(told(await workflow.poll())).toEqual([]);
		expect(told(await workflow.restart())).toEqual([]);
		world.create('B');
		expect(told(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
		world.create('C');
		expect(told(await workflow.publish({ customerCodes: 'C' }))).toEqual([]);
	});

	test('tells of them when the activation that did not work is tried again', async () => {
		const id = world.create('A');
		const workflow = world.workflow({ customerCodes: 'A,B', options });
		world.fail('B');
		expect((await workflow.activate()).error).toBeDefined();
		expect(told(await workflow.activate())).toEqual([id]);
	});

	test('switched on later, it does nothing', async () => {
		world.create('A');
		const workflow = await world.active();
		expect(told(await workflow.publish({ options }))).toEqual([]);
	});
});
