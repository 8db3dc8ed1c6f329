import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const DEAL_FIELDS = {
	dealName: 'ระบบขายหน้าร้าน',
	dealValue: 250000,
	probability: 60,
	expectedCloseDate: '2026-07-31T17:00:00',
	assignTo: 'staff01',
};
const SENT_FIELDS = { ...DEAL_FIELDS, expectedCloseDate: '2026-07-31T17:00:00+0700' };
const OPERATION_CASES = [
	['update', { resource: 'deal', dealId: '4711', ...DEAL_FIELDS }, 'updateFields', SENT_FIELDS, 'updateDeal'],
	[
		'create',
		{ resource: 'deal', customerCodes: 'C000055, C000154', boardId: '1', ...DEAL_FIELDS },
		'additionalFields',
		{ ...SENT_FIELDS, customerCodes: ['C000055', 'C000154'], boardId: 1 },
		'createDeal',
	],
] as const;

describe.each(OPERATION_CASES)('%s', (operation, parameters, collectionName, sentFields, operationId) => {
	test.each([
		['no field was added', {}, {}],
		[
			'fields were added and left empty',
			{ note: '', dealQuantity: '', dealDate: '', dealLabels: '', dealStageId: ' ' },
			{ note: null, dealQuantity: null, dealDate: null, dealLabels: null, dealStageId: null },
		],
		[
			'values are zero and false',
			{ dealQuantity: 0, markAllTaskAsDone: false },
			{ dealQuantity: 0, markAllTaskAsDone: false },
		],
		["GoFive's spelling differs", { cancelAllOrder: true }, { cancleAllOrder: true }],
		[
			'lists are text',
			{ dealLabels: '1002,1003', participantCodes: 'staff02\nstaff03' },
			{ dealLabels: [1002, 1003], participantCodes: ['staff02', 'staff03'] },
		],
		['a day was selected', { dateFollowUp: '2026-07-01T00:00:00' }, { dateFollowUp: '2026-07-01T00:00:00+0700' }],
	])('request if %s', async (_, addedFields, expected) => {
		const { error } = await fixture.runOperation(operation, { ...parameters, [collectionName]: addedFields });
		expect(error).toBeUndefined();
		// A new record has nothing to clear, so null is omitted.
		const expectedFields =
			operation === 'update'
				? expected
				: Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== null));
		expect(fixture.getSentBodies(operationId)[0]).toStrictEqual({
			...sentFields,
			...expectedFields,
		});
	});

	test('completes the response with the sent values, dates in ISO 8601', async () => {
		const { items } = await fixture.runOperation(operation, parameters);
		expect(items).toEqual([
			expect.objectContaining({
				dealId: 4711,
				dealNo: 'D241200044',
				statusName: null,
				expectedCloseDate: '2026-07-31T17:00:00+07:00',
			}),
		]);
	});

	test.each([
		['a confirmation', true, operation === 'update' ? 4711 : null],
		['an ID', 4712, operation === 'update' ? 4711 : 4712],
	])('a response that is only %s returns the sent values', async (_, data, dealId) => {
		fixture.respondWithData(operationId, data);
		const { items, error } = await fixture.runOperation(operation, parameters);
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ dealId, dealName: DEAL_FIELDS.dealName, dealNo: null })]);
	});
});

test('rejects a probability above 100 before any request', async () => {
	const { error } = await fixture.runOperation('update', { ...OPERATION_CASES[0][1], probability: 101 });
	expect(error).toMatchObject({
		message: "'Probability' cannot be 101",
		description: expect.stringContaining('from 0 to 100') as string,
	});
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('requests pages with pageLength and skip, and keeps the filters', async () => {
	const { items } = await fixture.runOperation('getAll', {
		resource: 'deal',
		limit: 110,
		filters: { keyword: 'ระบบ', dealStageIds: '11' },
	});
	expect(items).toHaveLength(110);
	expect(new Set(items.map(({ dealStageName }) => dealStageName))).toEqual(new Set(['เสนอราคา']));
	expect(items[0]).toMatchObject({
		dealId: 4711,
		dealName: 'ระบบขายหน้าร้าน 3 สาขา',
		dealStageName: 'เสนอราคา',
		dealValue: 250000,
	});
	expect(fixture.getSentBodies('findDeals')).toEqual([
		{ keyword: 'ระบบ', dealStageIds: [11], pageLength: 100, skip: 0 },
		{ keyword: 'ระบบ', dealStageIds: [11], pageLength: 11, skip: 100 },
	]);
});
