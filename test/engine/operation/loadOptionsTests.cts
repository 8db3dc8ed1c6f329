import { messages } from '../../../nodes/GoFive/api/messages';
import { runListSearch, runLoadOptions } from '../harness.cts';
import { sumOf, setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

test.each(['GoFive', 'GoFiveTrigger'] as const)('%s: lists only entries that can be used', async (node) => {
	const ids = [1, '2', null, undefined, '', 0, -3, 1.5, 'x', {}, 1e300, '0x10'];
	const data = ids.map((eventTypeId, index) => ({ eventTypeId, eventTypeName: `Type ${index}` }));
	const body = { status: { code: '1000' }, data: [...data, { eventTypeId: 9 }] };
	fixture.addFault('getCustomerEventTypes', { status: 200, body });
	expect(await runLoadOptions('getEventTypes', { node, credential: fixture.credential })).toEqual([
		{ name: 'Type 0', value: 1 },
		{ name: 'Type 1', value: 2 },
		{ name: '9', value: 9 },
	]);
});

test('does not wait minutes for a rate limit', async () => {
	fixture.addFault('getCustomerEventTypes', { kind: 'rateLimited', seconds: 8 }, { times: 'always' });
	await expect(runLoadOptions('getEventTypes', { credential: fixture.credential })).rejects.toThrow(
		messages.rateLimit().message,
	);
	expect(sumOf(fixture.getSleepsMs())).toBe(16_000);
	expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(3);
});

test('a list that n8n requests before it selects the credential says what to do, and sends nothing', async () => {
	const { message, description } = messages.credentialNotSelected;
	await expect(runLoadOptions('getEventTypes', { isWithoutCredential: true })).rejects.toMatchObject({
		message: `${message}. ${description}`,
	});
	const search = runListSearch('getProductUnits', { isWithoutCredential: true }, '');
	await expect(search).rejects.toMatchObject({ message, description });
	expect(fixture.sandbox.requestLog).toEqual([]);
});
