import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const EVENT_TYPES = { Meeting: 1, Visit: 2, visit: 3 };
const listEventTypes = (types: object = EVENT_TYPES) =>
	Object.entries(types).map(([eventTypeName, eventTypeId]) => ({ eventTypeId, eventTypeName }));

/** Creates an event for each value in the event type. Raw output reads no names. */
const createEvents = async (eventTypes: Array<string | number>, parameters: IDataObject = {}) =>
	await fixture.runExample(
		'customerEvent.create',
		{ customerCode: 'C000055', eventType: '={{ $json.eventType }}', output: 'raw', ...parameters },
		{ items: eventTypes.map((eventType) => ({ eventType })), onError: 'continueRegularOutput' },
	);

const getSentTypes = () => fixture.getSentBodies('createCustomerEvent').map(({ eventType }) => eventType);
const getErrors = (items: IDataObject[]) => items.map(({ error }) => error);

test('a write sends the IDs of the names, and the items share one request for the list', async () => {
	fixture.respondWithData('getCustomerEventTypes', listEventTypes());
	const { items } = await createEvents(['Meeting', ' meeting ', 3, '1']);
	expect(getErrors(items)).toEqual([undefined, undefined, undefined, undefined]);
	expect(getSentTypes()).toEqual([1, 1, 3, 1]);
	expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(1);
});

test('IDs take no request for the list', async () => {
	await createEvents([1, '2']);
	expect(getSentTypes()).toEqual([1, 2]);
	expect(fixture.findRequests('getCustomerEventTypes')).toEqual([]);
});

test('a name in the form itself is accepted', async () => {
	fixture.respondWithData('getCustomerEventTypes', listEventTypes());
	await createEvents(['not used'], { eventType: 'Meeting' });
	expect(getSentTypes()).toEqual([1]);
});

test.each<[string, object, string, string]>([
	[
		'an unknown name',
		{ Meeting: 1, Call: 2 },
		'Visit',
		'Use the name or the ID of one of the event types: Meeting (1), Call (2).',
	],
	['a name of two types', EVENT_TYPES, 'VISIT', 'Several event types have this name. Use an ID: Visit (2), visit (3).'],
])('%s fails only its item, which is not sent', async (_, types, name, advice) => {
	fixture.respondWithData('getCustomerEventTypes', listEventTypes(types));
	const { items } = await createEvents([name, 'Meeting']);
	expect(items[0]?.error).toContain(`'Event Type Name or ID' cannot be "${name}"`);
	expect(items[0]?.error).toContain(`${advice} Nothing was sent`);
	expect(getSentTypes()).toEqual([1]);
});

test.each<[string, () => void, string]>([
	['fails', () => fixture.addFault('getCustomerEventTypes', { status: 403 }), 'could not be loaded: '],
	[
		'is empty',
		() => fixture.respondWithData('getCustomerEventTypes', []),
		'could not be loaded: GoFive returned no event types',
	],
])('if the list %s, only the items with names fail', async (_, prepare, message) => {
	prepare();
	const { items } = await createEvents(['Meeting', 2, 'Meeting']);
	const nameError = expect.stringContaining(`The names of the event types ${message}`);
	expect(getErrors(items)).toEqual([nameError, undefined, nameError]);
	expect(getSentTypes()).toEqual([2]);
	expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(1);
});

test('without On Error, an unknown name sends no item', async () => {
	fixture.respondWithData('getCustomerEventTypes', listEventTypes());
	const { error } = await fixture.runExample(
		'customerEvent.create',
		{ eventType: '={{ $json.eventType }}' },
		{ items: [{ eventType: 1 }, { eventType: 'Unknown' }] },
	);
	expect(error?.message).toContain('cannot be "Unknown"');
	expect(getSentTypes()).toEqual([]);
});
