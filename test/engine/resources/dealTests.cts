import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

describe.each([
	['deal.update', 'updateFields'],
	['deal.create', 'additionalFields'],
])('%s', (operation, collectionName) => {
	test.each([
		[
			'fields were added and left empty',
			{ note: '', dealQuantity: '', dealDate: '', dealLabels: '', dealStageId: ' ' },
			{ note: null, dealQuantity: null, dealDate: null, dealLabels: null, dealStageId: null },
		],
		['a value is zero', { dealQuantity: 0 }, { dealQuantity: 0 }],
		[
			'lists are text',
			{ dealLabels: '1002,1003', participantCodes: 'staff02\nstaff03' },
			{ dealLabels: [1002, 1003], participantCodes: ['staff02', 'staff03'] },
		],
		['a day was selected', { dateFollowUp: '2026-07-01T00:00:00' }, { dateFollowUp: '2026-07-01T00:00:00+0700' }],
	])('request if %s', async (_, addedFields, changes) => {
		// A new record has nothing to clear, so null is omitted.
		const isSent = ([, value]: [string, unknown]) => operation === 'deal.update' || value !== null;
		const sentChanges = Object.fromEntries(Object.entries(changes).filter(isSent));
		await fixture.expectBodyChanges(operation, { [collectionName]: addedFields }, sentChanges);
	});
});

test('an update sends flags that are turned off', async () => {
	const updateFields = { cancelAllOrder: false, markAllTaskAsDone: false };
	await fixture.expectBodyChanges('deal.update', { updateFields }, { cancleAllOrder: false, markAllTaskAsDone: false });
});

test('requests the deals of several stages', async () => {
	await fixture.expectBodyChanges('deal.getAll', { filters: { dealStageIds: '11, 12' } }, { dealStageIds: [11, 12] });
});
