import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

test('the range of dates applies if GoFive ignores the requested one', async () => {
	fixture.sandbox.setBehaviour({ dropGetBody: true });
	const workflow = await fixture.activateWorkflow({ options: { lookBack: 1, lookAhead: 1 } });
	fixture.createEvent('A', 90);
	const id = fixture.createEvent('A', 1);
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});

describe('event types', () => {
	test.each([
		[47, false],
		[50, true],
	])('an event whose selected type returns after %i hours is new: %p', async (hours, isNew) => {
		const id = fixture.createEvent('A');
		// Only GoFive's complete response has to contain an event, not the events of the selected types.
		fixture.createEvent('A', 0, 2);
		const workflow = await fixture.activateWorkflow({ eventTypes: [1] });
		fixture.updateEvent(id, { eventType: 2 });
		expect((await workflow.poll()).data).toBeNull();
		fixture.advanceHours(hours);
		expect((await workflow.poll()).data).toBeNull();
		fixture.updateEvent(id, { eventType: 1 });
		expect(getEventIds(await workflow.poll())).toEqual(isNew ? [id] : []);
	});

	test('the same types in another order are the same selection', async () => {
		const workflow = await fixture.activateWorkflow({ eventTypes: [1, 11, 2] });
		const id = fixture.createEvent('A', 0, 2);
		expect(getEventIds(await workflow.publish({ eventTypes: [2, 1, 11] }))).toEqual([id]);
	});

	test('an expression that returns other types is the same selection', async () => {
		const workflow = await fixture.activateWorkflow({ eventTypes: '={{ $now.toMillis() % 2 ? [1, 2] : [1] }}' });
		for (let poll = 0; poll < 3; poll += 1) {
			const id = fixture.createEvent('A');
			expect(getEventIds(await workflow.poll())).toEqual([id]);
		}
	});
});

describe('Include Existing Records', () => {
	const options = { emitExisting: true };

	test('reports existing events when n8n retries a failed activation', async () => {
		const id = fixture.createEvent('A');
		const workflow = fixture.createWorkflow({ customerCodes: 'A,B', options });
		fixture.failRequests('B');
		expect((await workflow.activate()).error).toBeDefined();
		expect(getEventIds(await workflow.activate())).toEqual([id]);
	});

	test('has no effect if switched on later', async () => {
		fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow();
		expect(getEventIds(await workflow.publish({ options }))).toEqual([]);
	});
});
