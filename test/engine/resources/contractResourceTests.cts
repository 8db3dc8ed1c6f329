import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const SENT_CONTRACT = {
	customerCode: 'C000055',
	contractName: 'บำรุงรักษา',
	contractType: 'MA',
	dateStart: '2025-06-18 00:00:00',
	dateEnd: '2026-06-17 09:30:00',
	owner: 'staff01',
};
const CONTRACT_PARAMETERS = {
	resource: 'contract',
	...SENT_CONTRACT,
	dateStart: '2025-06-18',
	dateEnd: '2026-06-17T09:30:00',
};
const SERVICE_AGREEMENT = { frequency: 260002, numberOfTimes: 4, subject: 'ตรวจเช็กระบบ' };

test.each([
	['no service', {}, {}],
	['a complete service', SERVICE_AGREEMENT, { contractService: SERVICE_AGREEMENT }],
	[
		'a service with a blank note',
		{ ...SERVICE_AGREEMENT, agreementNote: '' },
		{ contractService: { ...SERVICE_AGREEMENT, agreementNote: null } },
	],
])('a contract with %s', async (_, contractService, expected) => {
	const { error } = await fixture.runOperation('upsert', { ...CONTRACT_PARAMETERS, contractService });
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertContract')[0]).toStrictEqual({
		...SENT_CONTRACT,
		...expected,
	});
});

test.each([
	[{ subject: 'ตรวจเช็กระบบ' }, "'Service' is missing 'Frequency' and 'Number of Times'"],
	[{ ...SERVICE_AGREEMENT, subject: ' ' }, "'Service' is missing 'Subject'"],
	[{ agreementNote: 'x' }, "'Service' is missing 'Frequency', 'Number of Times', and 'Subject'"],
])('rejects an incomplete service before any request: %#', async (contractService, message) => {
	const { error } = await fixture.runOperation('upsert', { ...CONTRACT_PARAMETERS, contractService });
	expect(error?.message).toBe(message);
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('reports a number that GoFive did not keep', async () => {
	const { hints } = await fixture.runOperation('upsert', { ...CONTRACT_PARAMETERS, contractNo: 'CONT250600001' });
	expect(JSON.stringify(hints)).toContain('GoFive returned the contract CONT250600006 instead of CONT250600001.');
});

test('returns the name of the frequency in each line', async () => {
	const { items } = await fixture.runOperation('get', {
		resource: 'contract',
		contractNo: 'CONT250600006',
		output: 'lines',
	});
	expect(items).toEqual([
		expect.objectContaining({ frequencyName: 'Quarterly', frequency: 260002 }),
		expect.objectContaining({ frequencyName: 'Yearly', frequency: 260001 }),
	]);
});

test('completes the response with the sent service agreement', async () => {
	const { items } = await fixture.runOperation('upsertServiceAgreement', {
		resource: 'contract',
		contractNo: 'CONT250600006',
		contractServiceId: '7',
		...SERVICE_AGREEMENT,
	});
	expect(fixture.getSentBodies('upsertServiceAgreement')[0]).toStrictEqual({
		contractNo: 'CONT250600006',
		contractServiceId: 7,
		...SERVICE_AGREEMENT,
	});
	expect(items).toEqual([
		{
			contractNo: 'CONT250600006',
			frequencyName: 'Quarterly',
			numberOfTimes: 4,
			subject: SERVICE_AGREEMENT.subject,
			agreementNote: 'นัดล่วงหน้า 7 วัน',
			contractServiceId: 7,
		},
	]);
});
