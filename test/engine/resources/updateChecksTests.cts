import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT } from '../../../nodes/GoFive/api/errors';
import { installSimulatedClock, sumOf, type SimulatedClock } from '../executionFixture.cts';
import { copyOf, CUSTOMER, PRODUCT, setupRecordServer } from '../recordServer.cts';

const server = setupRecordServer();

let simulatedClock: SimulatedClock;
beforeEach(() => void (simulatedClock = installSimulatedClock()));
afterEach(() => simulatedClock.restore());

const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('rules between fields count only filled values', () => {
	const NO_CONTACT = Object.fromEntries(
		Object.keys((CUSTOMER['contacts'] as IDataObject[])[0] ?? {}).map((key) => [key, null]),
	);

	test.each<[string, IDataObject]>([
		['of nulls', { contact: NO_CONTACT }],
		['with a flag', { contact: { ...NO_CONTACT, contactStatus: false } }],
		['with empty texts', { contact: { ...NO_CONTACT, contactName: '', contactEmail: ' ' } }],
		['of nulls of an individual', { customerType: 2, contacts: [NO_CONTACT] }],
	])('a contact %s is none', async (_, changes) => {
		server.store(copyOf(CUSTOMER, changes));
		const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields: { customerPhone: '1' } });
		expect(error).toBeUndefined();
	});

	test.each<[string, IDataObject]>([
		["'Note' is empty", { customerStatus: 1, customerNote: ' ' }],
		["'Unqualified Reason' is empty", { customerState: 1, leadStatus: 3, unqulifiedReasonName: ' ' }],
		["'Contact (Individual)' is not allowed for a business", { contact: { ...NO_CONTACT, contactName: 'A' } }],
	])('%s: %j', async (message, changes) => {
		server.store(copyOf(CUSTOMER, changes));
		const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields: { customerPhone: '1' } });
		expect(error?.message).toBe(message);
		expect(server.bodies).toEqual([]);
	});
});
