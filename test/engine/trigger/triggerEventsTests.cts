import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const NEW_OR_CHANGED = { triggerOn: 'newOrChangedEvent' };

describe('new events', () => {
	test('are reported once, with past, future or equal dates, and old events are not', async () => {
		fixture.createEvent('A', -3);
		fixture.createEvent('A', 3);
		const workflow = await fixture.activateWorkflow();
		const ids = [-20, 300, 0, 0, 0].map((days) => fixture.createEvent('A', days));
		expect(getEventIds(await workflow.poll())).toEqual(ids);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('are reported once across restarts, deactivation and a poll that n8n could not store', async () => {
		const workflow = await fixture.activateWorkflow();
		const first = fixture.createEvent('A');
		expect(getEventIds(await workflow.pollWithoutStoring())).toEqual([first]);
		expect(getEventIds(await workflow.restart())).toEqual([first]);
		expect(getEventIds(await workflow.restart())).toEqual([]);
		workflow.deactivate();
		const second = fixture.createEvent('A', 5);
		fixture.advanceHours(24 * 20);
		expect(getEventIds(await workflow.activate())).toEqual([second]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test.each([
		['back', -1],
		['forward', 1],
	])('are reported once if the clock moves an hour %s', async (_, stepHours) => {
		const workflow = await fixture.activateWorkflow({ options: { lookBack: 0, lookAhead: 0 } });
		const ids: number[] = [];
		const emittedIds: number[] = [];
		for (let hour = 0; hour < 30; hour++) {
			fixture.advanceHours(1);
			if (hour % 5 === 0) ids.push(fixture.createEvent('A'));
			emittedIds.push(...getEventIds(await workflow.poll()));
			fixture.advanceHours(stepHours);
			emittedIds.push(...getEventIds(await workflow.poll()));
			fixture.advanceHours(-stepHours);
			emittedIds.push(...getEventIds(await workflow.poll()));
		}
		expect(emittedIds).toEqual(ids);
	});

	test('a deleted event is not reported and has no effect', async () => {
		const deletedId = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow();
		fixture.sandbox.store.deleteEvent(deletedId);
		fixture.sandbox.store.deleteEvent(fixture.createEvent('A'));
		expect((await workflow.poll()).data).toBeNull();
		const id = fixture.createEvent('A');
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});
});

describe('changed events', () => {
	test.each([
		['the name', { eventName: 'อื่น' }],
		['the date', { days: 1 }],
		['the type', { eventType: 2 }],
		['the description', { description: 'x' }],
	])('%s: reported once', async (_, change) => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow(NEW_OR_CHANGED);
		fixture.updateEvent(id, change);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
		expect(getEventIds(await workflow.restart())).toEqual([]);
	});

	test('an event that moves to another customer and back is reported only for its change', async () => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow({ ...NEW_OR_CHANGED, customerCodes: 'A,B' });
		fixture.updateEvent(id, { customerCode: 'B' });
		expect(getEventIds(await workflow.poll())).toEqual([]);
		fixture.updateEvent(id, { eventName: 'Changed at B' });
		expect(getEventIds(await workflow.poll())).toEqual([id]);
		fixture.updateEvent(id, { customerCode: 'A' });
		fixture.failRequests('B');
		expect(getEventIds(await workflow.poll())).toEqual([]);
	});
});

describe('list of customers', () => {
	test('an added code reports no existing events, and a removed code starts again', async () => {
		const workflow = await fixture.activateWorkflow();
		fixture.createEvent('B');
		expect(getEventIds(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
		const [a, b] = [fixture.createEvent('A'), fixture.createEvent('B')];
		expect(getEventIds(await workflow.poll())).toEqual([a, b]);
		expect(getEventIds(await workflow.publish({ customerCodes: 'B' }))).toEqual([]);
		expect(JSON.stringify(workflow.storedStaticData)).not.toContain('"A"');
		fixture.createEvent('A');
		expect(getEventIds(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
	});

	test('an event that moves to another customer is reported once', async () => {
		const workflow = await fixture.activateWorkflow({ customerCodes: 'A,B' });
		const id = fixture.createEvent('A');
		expect(getEventIds(await workflow.poll())).toEqual([id]);
		fixture.updateEvent(id, { customerCode: 'B' });
		expect(getEventIds(await workflow.restart())).toEqual([]);
		fixture.updateEvent(id, { customerCode: 'C' });
		expect(getEventIds(await workflow.publish({ customerCodes: 'A,C' }))).toEqual([]);
		const newEventId = fixture.createEvent('C');
		fixture.updateEvent(newEventId, { customerCode: 'A' });
		expect(getEventIds(await workflow.poll())).toEqual([newEventId]);
	});

	test('an event that moves from a removed customer to a watched customer is new', async () => {
		const id = fixture.createEvent('B');
		const workflow = await fixture.activateWorkflow({ customerCodes: 'A,B' });
		expect(getEventIds(await workflow.publish({ customerCodes: 'A' }))).toEqual([]);
		fixture.updateEvent(id, { customerCode: 'A' });
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});
});
