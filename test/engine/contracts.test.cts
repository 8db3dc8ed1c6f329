import { openWorld } from './world.cts';

const world = openWorld();

const SENT = { customerCode: 'C000055', contractName: 'บำรุงรักษา', contractType: 'MA', dateStart: '2025-06-18 00:00:00', dateEnd: '2026-06-17 09:30:00', owner: 'staff01' };
const FORM = { resource: 'contract', ...SENT, dateStart: '2025-06-18', dateEnd: '2026-06-17T09:30:00' };
const SERVICE = { frequency: 260002, numberOfTimes: 4, subject: 'ตรวจเช็กระบบ' };

test.each([
	['no service', {}, {}],
	['a whole service', SERVICE, { contractService: SERVICE }],
	['a service with a blank note', { ...SERVICE, agreementNote: '' }, { contractService: { ...SERVICE, agreementNote: null } }],
])('a contract with %s', async (_, contractService, expected) => {
	const { error } = await world.run('upsert', { ...FORM, contractService });
	expect(error).toBeUndefined();
	expect(JSON.parse(world.sent('upsertContract')[0]?.body ?? '')).toStrictEqual({ ...SENT, ...expected });
});

test.each([
	[{ subject: 'ตรวจเช็กระบบ' }, "'Service' lacks 'Frequency' and 'Number of Times'"],
	[{ ...SERVICE, subject: ' ' }, "'Service' lacks 'Subject'"],
	[{ agreementNote: 'x' }, "'Service' lacks 'Frequency', 'Number of Times', and 'Subject'"],
])('a service in part is refused before any call: %#', async (contractService, message) => {
	const { error } = await world.run('upsert', { ...FORM, contractService });
	expect(error?.message).toBe(message);
	expect(world.sandbox.requests).toHaveLength(0);
});

test('a number that GoFive did not keep is told', async () => {
	const { hints } = await world.run('upsert', { ...FORM, contractNo: 'CONT250600001' });
	expect(JSON.stringify(hints)).toContain('GoFive answered with the contract CONT250600006 instead of CONT250600001.');
});

test('a service agreement: what was sent completes the answer', async () => {
	const { items } = await world.run('upsertServiceAgreement', { resource: 'contract', contractNo: 'CONT250600006', contractServiceId: '7', ...SERVICE });
	expect(JSON.parse(world.sent('upsertServiceAgreement')[0]?.body ?? '')).toStrictEqual({ contractNo: 'CONT250600006', contractServiceId: 7, ...SERVICE });
	expect(items).toEqual([{ contractNo: 'CONT250600006', ...SERVICE, agreementNote: 'นัดล่วงหน้า 7 วัน', contractServiceId: 7 }]);
});
