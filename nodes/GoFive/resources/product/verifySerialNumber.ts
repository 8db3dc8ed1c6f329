import { failUnsent } from '../../api/words/failure';
import { date, longText, number, operation, text } from '../../operation';
import { additionalOfNew } from '../fields';

/**
 * POST /v3/products/serials/verification (page api-4028746). The answer was not seen. It takes a customer, a note and a
 * place, as if GoFive kept them, so it counts as a write and is never sent twice.
 */
export const verifySerialNumber = operation({
	name: 'Verify Serial Number',
	value: 'verifySerialNumber',
	action: 'Verify product serial number',
	description: 'Check the serial number of a product that a customer bought. The answer comes as GoFive sends it.',
	fields: {
		serialNumber: text('Serial Number', 'Serial number on the product', {
			required: true,
			wire: 'SerialNumber',
			example: 'SN0001234',
		}),
		purchaseDate: date('Purchase Date', { as: 'day', required: true, wire: 'PurchaseDate' }),
		customerCode: text('Customer Code', 'Code of the customer who bought the product; without it give Customer Name', {
			wire: 'CustomerCode',
			example: 'C000055',
		}),
		customerName: text('Customer Name', 'Name of the customer who bought the product; without it give Customer Code', {
			wire: 'CustomerName',
		}),
		additionalFields: additionalOfNew({
			customerType: number(
				'Customer Type',
				"GoFive's number for a kind of customer; its page does not explain it here",
				{ whole: true, wire: 'CustomerType' },
			),
			latitude: number('Latitude', 'Where the product is, in degrees north', { wire: 'Latitude' }),
			longitude: number('Longitude', 'Where the product is, in degrees east', { wire: 'Longtitude' }),
			note: longText('Note', 'Text to go with it', { wire: 'Note' }),
			saleOrderNo: text('Sales Order No', 'Number of the sales order with which the product was sold', {
				wire: 'SaleOrderNo',
				example: 'SO24090001',
			}),
		}),
	},
	record: 'serialNumber',
	request({ customerCode, customerName }, body) {
		if (customerCode === undefined && customerName === undefined)
			failUnsent(
				"'Customer Code' and 'Customer Name' are both empty",
				'GoFive needs one of them. Fill in the code or the name of the customer.',
			);
		return { method: 'POST', path: '/v3/products/serials/verification', body };
	},
});
