import { setupExecutionFixture } from '../executionFixture.cts';

// What all writes return is in everyOperation/sentValuesTests.cts.
const fixture = setupExecutionFixture();

const EVENT = { customerCode: 'C000154', eventType: 4, eventDate: '2025-02-01T10:00:00' };

test('the date that was sent has the offset of the time zone option', async () => {
	fixture.respondWithData('createCustomerEvent', {});
	const options = { timeZone: 'America/New_York' };
	const { items } = await fixture.runExample('customerEvent.create', { ...EVENT, options });
	expect(items).toEqual([expect.objectContaining({ eventDate: '2025-02-01T10:00:00-05:00' })]);
});

test("GoFive's values count, and the name of the type follows its type", async () => {
	const data = { eventId: 12, eventType: 1, eventDate: '2025-02-01T11:00:00+0700', description: null };
	fixture.respondWithData('createCustomerEvent', data);
	const { items } = await fixture.runExample('customerEvent.create', { ...EVENT, description: 'x' });
	const eventDate = '2025-02-01T11:00:00+07:00';
	expect(items).toEqual([expect.objectContaining({ ...data, eventDate, eventTypeName: 'Meeting' })]);
});

test('events of a read are not filled from the request, but for the customer code', async () => {
	fixture.respondWithData('getCustomerEvents', [{ eventId: 12 }]);
	const { items } = await fixture.runExample('customerEvent.getByCustomerCode', { ...EVENT, eventTypes: [4] });
	const { eventId, customerCode, ...others } = items[0] ?? {};
	expect([items.length, eventId, customerCode]).toEqual([1, 12, 'C000154']);
	expect(Object.values(others)).toEqual(Object.values(others).map(() => null));
});
