import { setupExecutionFixture } from '../executionFixture.cts';

// IDs whose type GoFive's documentation does not show. They may be numbers or texts.
const fixture = setupExecutionFixture();

test.each(['120345', 'A-7', '007', '12345678901234567890', 120345])(
	'an activity ID %j is sent as it is',
	async (id) => {
		await fixture.runOperation('get', { resource: 'activity', activityId: id });
		expect(fixture.apiRequests.map(({ path }) => path)).toEqual([`/v1/Activities/${id}`]);
	},
);

test.each<[unknown, unknown]>([
	['7', 7],
	[7, 7],
	[' 123456789012345 ', 123456789012345],
	['1234567890123456', '1234567890123456'],
	['007', '007'],
	['CS-7', 'CS-7'],
	['0', '0'],
	['1.5', '1.5'],
])('a contract service ID %j is sent as %j', async (id, sentId) => {
	fixture.respondWithData('upsertServiceAgreement', { contractServiceId: sentId });
	const { error, items } = await fixture.runOperation('upsertServiceAgreement', {
		resource: 'contract',
		contractNo: 'CONT250600006',
		contractServiceId: id as string,
		frequency: 260002,
		numberOfTimes: 4,
		subject: 'ก',
	});
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertServiceAgreement')).toEqual([
		expect.objectContaining({ contractServiceId: sentId }),
	]);
	expect(items).toHaveLength(1);
});
