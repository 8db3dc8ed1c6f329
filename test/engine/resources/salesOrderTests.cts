import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

test('does not send blank fields', async () => {
	const additionalFields = { discountValue: '', contactId: '', salesOrderStatus: 2 };
	await fixture.expectBodyChanges('salesOrder.upsert', { additionalFields }, { salesOrderStatus: 2 });
});

test.each<[unknown, string | null]>([
	[{ SaleOrderNo: 'SO1', quotationNo: null }, 'SO1'],
	[{ id: 3 }, null],
])('number of %j that Convert to Sales Order returns', async (data, salesOrderNo) => {
	const quotationNo = 'Q01/23';
	fixture.respondWithData('convertQuotation', data);
	const { items, error, hints } = await fixture.runExample('quotation.convertToSalesOrder', { quotationNo });
	expect([error, items]).toEqual([undefined, [{ salesOrderNo, quotationNo }]]);
	const missingNumberHints = hints.filter(({ message }) => message.includes('did not return the number'));
	expect(missingNumberHints).toHaveLength(salesOrderNo ? 0 : 1);
	expect(fixture.findRequests('convertQuotation')).toMatchObject([
		{ path: '/v1/quotation/Q01%2F23/convert-to-salesorder', body: '{"QuotationNo":"Q01/23"}' },
	]);
});
