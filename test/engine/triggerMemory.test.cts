import { openTriggerWorld, told } from './triggerWorld.cts';

const world = openTriggerWorld();

const changes = { triggerOn: 'newOrChangedEvent' };
const narrow = { lookBack: 1, lookAhead: 1 };

describe('what was seen is not new again', () => {
	test('after a spell in which GoFive answered with empty lists', async () => {
		const workflow = await world.active();
		const id = world.create('A', 20);
		expect(told(await workflow.poll())).toEqual([id]);
		for (let hours = 0; hours <= 60; hours += 10) {
			world.answer('A', []);
			expect(told(await workflow.poll())).toEqual([]);
			world.wait(10);
		}
		expect(told(await workflow.poll())).toEqual([]);
		world.create('A');
		world.sandbox.store.deleteEvent(id);
		await workflow.poll();
		world.wait(50);
		await workflow.poll();
		expect(JSON.stringify(workflow.memory)).not.toContain(`${id}.`);
	});

	test('after it moved to a customer who could not be read for long', async () => {
		const workflow = await world.active({ customerCodes: 'A,B' });
		world.create('A', 10);
		const id = world.create('A', 20);
		await workflow.poll();
		world.update(id, { customerCode: 'B' });
		world.fail('B', 7);
		for (let hours = 0; hours <= 60; hours += 10) {
			expect(told(await workflow.poll())).toEqual([]);
			world.wait(10);
		}
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('when the clock steps back over midnight after the baseline', async () => {
		// Twenty minutes past midnight in Thailand.
		world.now = Date.parse('2025-06-15T17:20:00Z');
		world.create('A', -31);
		const far = world.create('A', -33);
		const workflow = await world.active();
		world.wait(-1);
		expect(told(await workflow.poll())).toEqual([]);
		world.wait(1);
		world.update(far, { days: 0 });
		expect(told(await workflow.poll())).toEqual([far]);
	});

	test('when it comes in an answer of 5,200 events, one of which has no number for an ID', async () => {
		const events = Array.from({ length: 5200 }, (_, index) => ({ eventId: index + 1, eventName: 'N', eventDate: '2025-06-15T10:00:00+0700', eventType: 1, description: '' }));
		const all = [{ ...events[0], eventId: 'x-1' }, ...events];
		world.answer('A', all, 2);
		const workflow = await world.active();
		const remembered = () => JSON.stringify(workflow.memory).split(' ').length;
		expect(remembered()).toBeLessThan(5005);
		expect(told(await workflow.poll())).toEqual([]);
		world.answer('A', [...all, { ...events[0], eventId: 6000 }]);
		expect(told(await workflow.poll())).toEqual([6000]);
		expect(remembered()).toBeLessThan(5005);
	});
});

test('an event in the answers of two customers is told, when one of them is new and stands first', async () => {
	const workflow = await world.active();
	world.create('B');
	const id = world.create('A');
	world.answer('B', ['B', 'A'].flatMap((code) => world.sandbox.store.findEvents(code)));
	expect(told(await workflow.publish({ customerCodes: 'B,A' }))).toEqual([id]);
	world.update(id, { customerCode: 'B' });
	expect(told(await workflow.poll())).toEqual([]);
});

describe('an event that moves out of the window and is still known', () => {
	test.each([['after it', 3, 48], ['before it', -3, -24]])('%s: not told when it comes back as it was', async (_, days) => {
		const id = world.create('A');
		const workflow = await world.active({ ...changes, options: narrow });
		const date = world.date(0);
		world.update(id, { days });
		expect((await workflow.poll()).data).toBeNull();
		world.sandbox.store.updateEvent(id, { eventDate: date });
		expect((await workflow.poll()).data).toBeNull();
	});

	test('told once as changed when time brings it in', async () => {
		const id = world.create('A');
		const workflow = await world.active({ ...changes, options: narrow });
		world.update(id, { days: 3 });
		for (const hours of [0, 20]) {
			world.wait(hours);
			expect(told(await workflow.poll())).toEqual([]);
		}
		world.wait(28);
		expect(told(await workflow.poll())).toEqual([id]);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('told once with all its changes when it comes back changed', async () => {
		const id = world.create('A');
		const workflow = await world.active({ ...changes, options: narrow });
		world.update(id, { days: -3, eventName: 'Other' });
		expect(told(await workflow.poll())).toEqual([]);
		world.update(id, { days: 0 });
		expect(told(await workflow.poll())).toEqual([id]);
		expect(told(await workflow.poll())).toEqual([]);
	});
});

test.each([
	['types', { eventTypes: [1] }, { eventTypes: [] }],
	['changes', { triggerOn: 'newEvent' }, changes],
	['days', { options: narrow }, { options: { lookBack: 1, lookAhead: 9 } }],
])('a change that only the new settings cover is not told: %s', async (_, before, after) => {
	const id = world.create('A', 0, 2);
	const workflow = await world.active({ ...changes, ...before });
	world.update(id, { eventName: 'Other', days: 'options' in before ? 3 : 0 });
	expect(told(await workflow.publish(after))).toEqual([]);
	world.update(id, { eventName: 'Another' });
	expect(told(await workflow.poll())).toEqual([id]);
});
