import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

// More about events: triggerSources (the suite over all sources) and triggerModelBased (random scenarios).
test('new events are reported once, with past, future or equal dates, and old events are not', async () => {
	fixture.createEvent('A', -3);
	fixture.createEvent('A', 3);
	const workflow = await fixture.activateWorkflow();
	const ids = [-20, 300, 0, 0, 0].map((days) => fixture.createEvent('A', days));
	expect(getEventIds(await workflow.poll())).toEqual(ids);
	expect((await workflow.poll()).data).toBeNull();
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

	test('an event that moves from a removed customer to a watched customer is new', async () => {
		const id = fixture.createEvent('B');
		const workflow = await fixture.activateWorkflow({ customerCodes: 'A,B' });
		expect(getEventIds(await workflow.publish({ customerCodes: 'A' }))).toEqual([]);
		fixture.updateEvent(id, { customerCode: 'A' });
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});

	test('an event of a watched customer is new, even if the response of an added customer contains it first', async () => {
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
});
