import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

// What the scenarios of triggerModelBased leave open. Rules of all sources are in triggerSources.
describe('list of customers', () => {
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
