import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const NEW_OR_CHANGED = { triggerOn: 'newOrChangedEvent' };
const NARROW_WINDOW = { lookBack: 1, lookAhead: 1 };

test('reports an event in the responses of two customers if one is new and first', async () => {
	const workflow = await fixture.activateWorkflow();
	fixture.createEvent('B');
	const id = fixture.createEvent('A');
	fixture.respondWith(
		'B',
		['B', 'A'].flatMap((code) => fixture.sandbox.store.findEvents(code)),
	);
	expect(getEventIds(await workflow.publish({ customerCodes: 'B,A' }))).toEqual([id]);
	fixture.updateEvent(id, { customerCode: 'B' });
	expect(getEventIds(await workflow.poll())).toEqual([]);
});

describe('event that leaves the window and is remembered', () => {
	test.each([
		['after it', 3, 48],
		['before it', -3, -24],
	])('%s: is not reported when it returns unchanged', async (_, days) => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow({ ...NEW_OR_CHANGED, options: NARROW_WINDOW });
		const date = fixture.formatWallTime(0);
		fixture.updateEvent(id, { days });
		expect((await workflow.poll()).data).toBeNull();
		fixture.sandbox.store.updateEvent(id, { eventDate: date });
		expect((await workflow.poll()).data).toBeNull();
	});

	test('is reported once as changed when it enters as time passes', async () => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow({ ...NEW_OR_CHANGED, options: NARROW_WINDOW });
		fixture.updateEvent(id, { days: 3 });
		for (const hours of [0, 20]) {
			fixture.advanceHours(hours);
			expect(getEventIds(await workflow.poll())).toEqual([]);
		}
		fixture.advanceHours(28);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
		expect(getEventIds(await workflow.poll())).toEqual([]);
	});

	test('is reported once with all changes when it returns changed', async () => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow({ ...NEW_OR_CHANGED, options: NARROW_WINDOW });
		fixture.updateEvent(id, { days: -3, eventName: 'Other' });
		expect(getEventIds(await workflow.poll())).toEqual([]);
		fixture.updateEvent(id, { days: 0 });
		expect(getEventIds(await workflow.poll())).toEqual([id]);
		expect(getEventIds(await workflow.poll())).toEqual([]);
	});
});

test.each([
	['types', { eventTypes: [1] }, { eventTypes: [] }],
	['changes', { triggerOn: 'newEvent' }, NEW_OR_CHANGED],
	['days', { options: NARROW_WINDOW }, { options: { lookBack: 1, lookAhead: 9 } }],
])('does not report a change before the new settings: %s', async (_, before, after) => {
	const id = fixture.createEvent('A', 0, 2);
	const workflow = await fixture.activateWorkflow({ ...NEW_OR_CHANGED, ...before });
	fixture.updateEvent(id, { eventName: 'Other', days: 'options' in before ? 3 : 0 });
	expect(getEventIds(await workflow.publish(after))).toEqual([]);
	fixture.updateEvent(id, { eventName: 'Another' });
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});
