import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

test('500 customers with 200 events each: less than 2 MB of state, including IDs of nine digits, read within a minute', async () => {
	const codes = addCustomers(fixture.sandbox.records, buildCodes(500), 200);
	fixture.now = Date.parse('2025-01-10T05:00:00Z');
	const workflow = await fixture.activateWorkflow({ customerCodes: codes.join('\n'), triggerOn: 'newOrChangedEvent' });
	const idDigits = String(fixture.sandbox.records.customerEvents.records.at(-1)?.['eventId']).length;
	const stateSize = JSON.stringify(workflow.storedStaticData).length;
	expect(stateSize).toBeGreaterThan(1_000_000);
	expect(stateSize + 500 * 200 * (9 - idDigits)).toBeLessThan(2_000_000);

	const id = fixture.createEvent(codes[499] ?? '');
	const startedMs = performance.now();
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(performance.now() - startedMs).toBeLessThan(60_000);
	expect(getEventIds(await workflow.restart())).toEqual([]);
});
