import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

describe('date window', () => {
	const options = { lookBack: 1, lookAhead: 1 };

	test('an event enters by a change of its date or as time passes', async () => {
		const ids = [fixture.createEvent('A', -3), fixture.createEvent('A', 3), fixture.createEvent('A', 9)];
		const workflow = await fixture.activateWorkflow({ options });
		fixture.updateEvent(ids[0] ?? 0, { days: -1 });
		expect(getEventIds(await workflow.poll())).toEqual([ids[0]]);
		fixture.advanceHours(48);
		expect(getEventIds(await workflow.poll())).toEqual([ids[1]]);
	});

	test.each([
		['the margin', 3],
		['far away', 90],
	])('an event that leaves to %s and returns within two days is not new', async (_, daysAway) => {
		const id = fixture.createEvent('A');
		const workflow = await fixture.activateWorkflow({ options });
		fixture.updateEvent(id, { days: daysAway });
		expect(getEventIds(await workflow.poll())).toEqual([]);
		fixture.advanceHours(47.9);
		expect(getEventIds(await workflow.poll())).toEqual([]);
		fixture.updateEvent(id, { days: 0 });
		expect(getEventIds(await workflow.poll())).toEqual([]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('an event that returns after weeks is new, since the state no longer has it', async () => {
		const id = fixture.createEvent('A');
		// The response is never empty.
		for (const days of [0, 8]) fixture.createEvent('A', days);
		const workflow = await fixture.activateWorkflow({ options });
		fixture.updateEvent(id, { days: 90 });
		await workflow.poll();
		fixture.advanceHours(24 * 7);
		await workflow.poll();
		expect(JSON.stringify(workflow.memoryStaticData)).not.toContain(`${id}.`);
		fixture.updateEvent(id, { days: 0 });
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});

	test.each([
		['Look Back', { lookBack: 9, lookAhead: 1 }, -5],
		['Look Ahead', { lookBack: 1, lookAhead: 9 }, 5],
		// In this zone it is already tomorrow.
		['Time Zone', { ...options, timeZone: 'Pacific/Kiritimati' }, 1.5],
	])('a wider window reports no existing events: %s', async (_, widerOptions, days) => {
		fixture.advanceHours(7);
		const workflow = await fixture.activateWorkflow({ options });
		fixture.createEvent('A', days);
		expect(getEventIds(await workflow.poll())).toEqual([]);
		expect(getEventIds(await workflow.publish({ options: widerOptions }))).toEqual([]);
		const id = fixture.createEvent('A', days);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});

	test('applies if GoFive ignores the requested range', async () => {
		fixture.sandbox.setBehaviour({ dropGetBody: true });
		const workflow = await fixture.activateWorkflow({ options });
		fixture.createEvent('A', 90);
		const id = fixture.createEvent('A', 1);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});
});

describe('event types', () => {
	test.each(['newEvent', 'newOrChangedEvent'])(
		'%s: reports only selected types. An event that gets a selected type is new.',
		async (triggerOn) => {
			const workflow = await fixture.activateWorkflow({ triggerOn, eventTypes: [1, 3] });
			const otherId = fixture.createEvent('A', 0, 2);
			const id = fixture.createEvent('A', 0, 3);
			expect(getEventIds(await workflow.poll())).toEqual([id]);
			fixture.updateEvent(otherId, { eventType: 1 });
			expect(getEventIds(await workflow.poll())).toEqual([otherId]);
			expect((await workflow.poll()).data).toBeNull();
		},
	);

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

	test.each([
		['all types', []],
		['another type', [2]],
		['more types', [1, 2]],
	])('selecting %s starts again: existing events start nothing, new ones do', async (_, eventTypes) => {
		const workflow = await fixture.activateWorkflow({ eventTypes: [1] });
		fixture.createEvent('A', 0, 2);
		expect(getEventIds(await workflow.poll())).toEqual([]);
		// What arrived since the last poll is not reported.
		for (const type of [1, 2]) fixture.createEvent('A', 0, type);
		expect(getEventIds(await workflow.publish({ eventTypes }))).toEqual([]);
		const id = fixture.createEvent('A', 0, 2);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
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
	const options = { emitExisting: true, lookBack: 5 };

	test('reports existing events at the first activation only', async () => {
		const ids = [fixture.createEvent('A', -2), fixture.createEvent('A', 100)];
		fixture.createEvent('A', -6);
		const workflow = fixture.createWorkflow({ options });
		expect(getEventIds(await workflow.activate())).toEqual(ids);
		expect(getEventIds(await workflow.poll())).toEqual([]);
		expect(getEventIds(await workflow.restart())).toEqual([]);
		fixture.createEvent('B');
		expect(getEventIds(await workflow.publish({ customerCodes: 'A,B' }))).toEqual([]);
		fixture.createEvent('C');
		expect(getEventIds(await workflow.publish({ customerCodes: 'C' }))).toEqual([]);
	});

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
