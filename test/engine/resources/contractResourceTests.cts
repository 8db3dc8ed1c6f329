import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const SERVICE_AGREEMENT = { frequency: 260002, numberOfTimes: 4, subject: 'ตรวจเช็กระบบ' };

test.each([
	['no service', {}, {}],
	['a complete service', SERVICE_AGREEMENT, { contractService: SERVICE_AGREEMENT }],
	['a service with a blank note', { ...SERVICE_AGREEMENT, agreementNote: '' }, { contractService: SERVICE_AGREEMENT }],
])('a contract with %s', async (_, contractService, changes) => {
	await fixture.expectBodyChanges('contract.upsert', { contractService }, changes);
});

test('dates without a time zone', async () => {
	await fixture.expectBodyChanges(
		'contract.upsert',
		{ dateStart: '2025-06-18', dateEnd: '2026-06-17T09:30:00' },
		{ dateStart: '2025-06-18 00:00:00', dateEnd: '2026-06-17 09:30:00' },
	);
});

test('reports a number that GoFive did not keep', async () => {
	fixture.respondWithData('upsertContract', { contractNo: 'CONT250600006' });
	const { hints } = await fixture.runExample('contract.upsert', { contractNo: 'CONT250600001' });
	expect(JSON.stringify(hints)).toContain('GoFive returned the contract CONT250600006 instead of CONT250600001.');
});
