import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

// Each event adds the same number of characters, so 500 customers with 200 events each take less than 2 MB.
test('100 customers with 20 events each: less than 20 characters of state per event, including IDs of nine digits, read within 1.2 seconds', async () => {
	const codes = addCustomers(fixture.sandbox.records, buildCodes(100), 20);
	fixture.now = Date.parse('2025-01-10T05:00:00Z');
	const workflow = await fixture.activateWorkflow({ customerCodes: codes.join('\n'), triggerOn: 'newOrChangedEvent' });
	const eventCount = 100 * 20;
	const idDigits = String(fixture.sandbox.records.customerEvents.records.at(-1)?.['eventId']).length;
	const stateSize = JSON.stringify(workflow.storedStaticData).length;
	expect(stateSize).toBeGreaterThan(10 * eventCount);
	expect(stateSize + eventCount * (9 - idDigits)).toBeLessThan(20 * eventCount);

	const id = fixture.createEvent(codes[99] ?? '');
	const startedMs = performance.now();
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(performance.now() - startedMs).toBeLessThan(1_200);
	expect(getEventIds(await workflow.restart())).toEqual([]);
});
