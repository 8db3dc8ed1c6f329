import { withUpdateFields } from '../../support/operationParameters.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

test('update sends the customer under both names of the page', async () => {
	await fixture.expectBodyChanges(
		'case.update',
		withUpdateFields('case.update', { customerCode: 'C000154', dealNos: 'D241200044' }),
		{ customerCode: 'C000154', customerNo: 'C000154', dealNos: ['D241200044'] },
	);
	await fixture.expectBodyChanges(
		'case.update',
		{ ...withUpdateFields('case.update', { note: ' ' }), fieldsToClear: ['customerCode'] },
		{ customerCode: null, customerNo: null },
	);
});

test.each([
	['2025-02-07', 'Asia/Bangkok', '2025-02-07T23:59:59.000+0700'],
	['2025-02-07T00:00:00', 'America/New_York', '2025-02-07T23:59:59.000-0500'],
	['2025-02-07T09:30:00', 'Asia/Bangkok', '2025-02-07T09:30:00.000+0700'],
])('a due date %s in %s is due at %s', async (dateDue, timeZone, expected) => {
	await fixture.runExample('case.create', { dateDue, options: { timeZone } });
	expect(fixture.getSentBodies('createCase')).toMatchObject([{ dateDue: expected }]);
});
