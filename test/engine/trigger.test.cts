import { openTriggerWorld, told } from './triggerWorld.cts';

const world = openTriggerWorld();

const changes = { triggerOn: 'newOrChangedEvent' };

describe('new events', () => {
	test('are told once, be their dates past, future or of one second; old ones are not', async () => {
		world.create('A', -3);
		world.create('A', 3);
		const workflow = await world.active();
		const ids = [-20, 300, 0, 0, 0].map((days) => world.create('A', days));
		expect(told(await workflow.poll())).toEqual(ids);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('are told once across restarts, deactivation and a poll that n8n could not store', async () => {
		const workflow = await world.active();
		const first = world.create('A');
		expect(told(await workflow.pollUnstored())).toEqual([first]);
		expect(told(await workflow.restart())).toEqual([first]);
		expect(told(await workflow.restart())).toEqual([]);
		workflow.deactivate();
		const second = world.create('A', 5);
		world.wait(24 * 20);
		expect(told(await workflow.activate())).toEqual([second]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('the first activation stores its baseline, so that a restart loses nothing', async () => {
		world.create('A');
		const workflow = await world.active();
		const id = world.create('A');
		expect(told(await workflow.restart())).toEqual([id]);
	});

	test.each([['back', -1], ['forward', 1]])('are told once when the clock steps an hour %s', async (_, step) => {
		const workflow = await world.active({ options: { lookBack: 0, lookAhead: 0 } });
		const ids: number[] = [];
		const seen: number[] = [];
		for (let hour = 0; hour < 30; hour++) {
			world.wait(1);
			if (hour % 5 === 0) ids.push(world.create('A'));
			seen.push(...told(await workflow.poll()));
			world.wait(step);
			seen.push(...told(await workflow.poll()));
			world.wait(-step);
			seen.push(...told(await workflow.poll()));
		}
		expect(seen).toEqual(ids);
	});

	test('are not told for a change unless that is asked for', async () => {
		const workflow = await world.active();
		const id = world.create('A');
		expect(told(await workflow.poll())).toEqual([id]);
		world.update(id, { eventName: 'Other', days: 2 });
		expect((await workflow.poll()).data).toBeNull();
	});

	test('a deleted event is not told, and its going does no harm', async () => {
		const gone = world.create('A');
		const workflow = await world.active();
		world.sandbox.store.deleteEvent(gone);
		world.sandbox.store.deleteEvent(world.create('A'));
		expect((await workflow.poll()).data).toBeNull();
		const id = world.create('A');
		expect(told(await workflow.poll())).toEqual([id]);
	});
});

describe('changed events', () => {
	test.each([
		['the name', { eventName: 'อื่น' }],
		['the date', { days: 1 }],
		['the type', { eventType: 2 }],
		['the description', { description: 'x' }],
	])('%s: told once', async (_, change) => {
		const id = world.create('A');
		const workflow = await world.active(changes);
		world.update(id, change);
		expect(told(await workflow.poll())).toEqual([id]);
		expect(told(await workflow.restart())).toEqual([]);
	});

	test('switching to New or Changed starts silently, also for changes that were never stored', async () => {
		const id = world.create('A');
		const workflow = await world.active();
		world.update(id, { eventName: 'Before' });
		expect(told(await workflow.poll())).toEqual([]);
		expect(told(await workflow.publish(changes))).toEqual([]);
		world.update(id, { eventName: 'After' });
		expect(told(await workflow.poll())).toEqual([id]);
	});

	test('an event that goes to another customer and back is told for its change alone', async () => {
		const id = world.create('A');
		const workflow = await world.active({ ...changes, customerCodes: 'A,B' });
		world.update(id, { customerCode: 'B' });
		expect(told(await workflow.poll())).toEqual([]);
		world.update(id, { eventName: 'Changed at B' });
		expect(told(await workflow.poll())).toEqual([id]);
		world.update(id, { customerCode: 'A' });
		world.fail('B');
		expect(told(await workflow.poll())).toEqual([]);
	});
});

describe('the list of customers', () => {
	test('a code that is added starts silently, and one that was taken out starts anew', async () => {
		const workflow = await world.active();
		world.create('B');
		expect(told(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
		const [a, b] = [world.create('A'), world.create('B')];
		expect(told(await workflow.poll())).toEqual([a, b]);
		expect(told(await workflow.publish({ customerCodes: 'B' }))).toEqual([]);
		expect(JSON.stringify(workflow.stored)).not.toContain('"A"');
		world.create('A');
		expect(told(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
	});

	test('an event that moves to another customer is told once', async () => {
		const workflow = await world.active({ customerCodes: 'A,B' });
		const id = world.create('A');
		expect(told(await workflow.poll())).toEqual([id]);
		world.update(id, { customerCode: 'B' });
		expect(told(await workflow.restart())).toEqual([]);
		world.update(id, { customerCode: 'C' });
		expect(told(await workflow.publish({ customerCodes: 'A,C' }))).toEqual([]);
		const unseen = world.create('C');
		world.update(unseen, { customerCode: 'A' });
		expect(told(await workflow.poll())).toEqual([unseen]);
	});
});
