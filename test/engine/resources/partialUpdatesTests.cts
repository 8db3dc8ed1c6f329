import type { IDataObject } from 'n8n-workflow';
import { withUpdateFields } from '../../support/operationParameters.cts';
import { copyOf, setupRecordServer } from '../recordServer.cts';

const server = setupRecordServer();

/** A deal in the form of Deal > Get, with the assignee named as in the request. */
const DEAL: IDataObject = {
	dealsId: 4711,
	dealNo: 'D1',
	dealsName: 'เครื่องชงกาแฟ',
	dealsValue: 250_000,
	probability: 40,
	expectedCloseDate: '2026-12-24T17:00:00+0700',
	assignTo: 'staff01',
	dealStage: { dealStageId: 11 },
};

const REQUIRED_VALUES = {
	dealName: 'เครื่องชงกาแฟ',
	dealValue: 250_000,
	probability: 40,
	expectedCloseDate: '2026-12-24T17:00:00+0700',
	assignTo: 'staff01',
};

const CASE: IDataObject = {
	caseNo: 'T1',
	subject: 'Broken grinder',
	categoryId: 7,
	dateCase: '2026-01-31T10:00:00.000+0700',
	dateDue: '2026-02-28T23:59:59.000+0700',
	assignedToUserId: 'u1',
};

const EVENTS: IDataObject[] = [
	{ eventId: 4, eventName: 'Visit', eventType: 2, eventDate: '2026-01-31T09:00:00+0700', description: 'Bring samples' },
	{ eventId: 5, eventName: 'Call', eventType: 1, eventDate: '2026-02-01T09:00:00+0700', description: null },
];

const moveStage = async (parameters: IDataObject = {}) =>
	await server.run('deal.update', { dealId: '4711', updateFields: { dealStageId: '12' }, ...parameters });

describe('a deal', () => {
	test('whose stage alone is named is read once, and all required values are sent', async () => {
		server.read = () => copyOf(DEAL);
		const { items } = await moveStage();
		expect(server.bodies).toEqual([{ ...REQUIRED_VALUES, dealStageId: 12 }]);
		expect(server.readCount).toBe(1);
		expect(items).toMatchObject([{ updated: true, changes: [{ field: 'Deal Stage', before: 11, after: 12 }] }]);
	});

	test('whose required fields are all entered is not read', async () => {
		const { items, error } = await server.run('deal.update', {
			dealId: '4711',
			...withUpdateFields('deal.update', {}),
		});
		expect(error).toBeUndefined();
		expect([server.readCount, server.bodies.length]).toEqual([0, 1]);
		expect(items[0]?.['changes']).toContainEqual({ field: 'Probability', after: 1 });
	});

	test('without a close date is refused by name', async () => {
		server.read = () => copyOf(DEAL, { expectedCloseDate: undefined, probability: null });
		const { error } = await moveStage();
		expect(error?.message).toBe('The record was not updated, because not all of its values are known');
		expect(error?.description).toContain('cannot send back: Probability, Expected Close Date. Add them under');
		expect(error?.description).not.toContain('Values That May Be Lost');
		expect(server.bodies).toEqual([]);
	});

	test('is previewed with old and new values, also if all required fields are entered', async () => {
		server.read = () => copyOf(DEAL);
		const { items } = await moveStage({ ...withUpdateFields('deal.update', { note: 'New' }), preview: true });
		expect([server.readCount, server.bodies.length]).toEqual([1, 0]);
		expect(items[0]).toMatchObject({ updated: false, dealId: 4711 });
		expect(items[0]?.['changes']).toContainEqual({ field: 'Probability', before: 40, after: 1 });
		expect(items[0]?.['changes']).toContainEqual({ field: 'Note', before: null, after: 'New' });
	});

	test('that cannot be read recommends to enter the required fields without a preview', async () => {
		server.read = () => null;
		const { error } = await moveStage({ preview: true });
		expect(error?.description).toContain(
			"add 'Deal Name', 'Deal Value', 'Probability', 'Expected Close Date', 'Assigned To' under 'Update Fields', and turn off 'Preview'",
		);
	});

	test('of two rows sends the values of the first row again with the second one', async () => {
		server.read = () => copyOf(DEAL);
		const updateFields = { probability: '={{ $json.probability }}', note: '={{ $json.note }}' };
		const parameters = { dealId: '4711', updateFields };
		const items = [{ probability: 90 }, { note: 'New' }];
		expect((await server.run('deal.update', parameters, { items })).error).toBeUndefined();
		expect(server.bodies).toEqual([
			{ ...REQUIRED_VALUES, probability: 90 },
			{ ...REQUIRED_VALUES, probability: 90, note: 'New' },
		]);
		expect(server.readCount).toBe(1);
	});

	test('that already has the values is not sent', async () => {
		server.read = () => copyOf(DEAL);
		const { items } = await moveStage({ updateFields: { probability: 40 } });
		expect(items).toMatchObject([{ updated: false, changes: [] }]);
		expect(server.bodies).toEqual([]);
	});
});

test('a case whose due date alone is named is sent with the other required values', async () => {
	server.read = () => copyOf(CASE);
	const { items } = await server.run('case.update', { caseNo: 'T1', updateFields: { dateDue: '2026-03-31' } });
	const { caseNo, ...values } = CASE;
	expect(server.bodies).toEqual([{ ...values, dateDue: '2026-03-31T23:59:59.000+0700' }]);
	expect(items).toMatchObject([{ caseNo, updated: true }]);
});

describe('a customer event', () => {
	const move = async (items: IDataObject[], updateFields: IDataObject = { eventDate: '2026-03-31T10:00:00' }) => {
		const parameters = { eventId: '={{ $json.id }}', customerCode: 'C1', updateFields };
		return await server.run('customerEvent.update', parameters, { items });
	};

	test('is read with its description, and the events of a customer are read once', async () => {
		server.read = () => structuredClone(EVENTS);
		const { items } = await move([{ id: 4 }, { id: 5 }]);
		const moved = { customerCode: 'C1', eventDate: '2026-03-31T10:00:00' };
		expect(server.bodies).toEqual([
			{ ...moved, eventName: 'Visit', eventType: 2, description: 'Bring samples' },
			{ ...moved, eventName: 'Call', eventType: 1 },
		]);
		expect(server.readCount).toBe(1);
		expect(items).toMatchObject([{ updated: true }, { updated: true }]);
	});

	test('without its description is refused by name', async () => {
		server.read = () => [copyOf(EVENTS[0] as IDataObject, { description: undefined })];
		expect((await move([{ id: 4 }])).error?.description).toContain('cannot send back: Description. Add');
	});

	test('of another customer is not found', async () => {
		server.read = () => structuredClone(EVENTS);
		const { error } = await move([{ id: 9 }]);
		expect(error?.message).toContain("No matching customer events found for event ID '9'");
		expect(server.bodies).toEqual([]);
	});
});
