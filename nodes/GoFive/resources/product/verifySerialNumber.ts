import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { date } from '../../operation/fields/dates';
import { number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
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
	effect: 'write',
	fields: {
		serialNumber: text('Serial Number', {
			required: true,
			wire: 'SerialNumber',
			placeholder: 'e.g. SN0001234',
			description: 'Serial number on the product',
		}),
		purchaseDate: date('Purchase Date', { as: 'day', required: true, wire: 'PurchaseDate' }),
		customerCode: text('Customer Code', {
			wire: 'CustomerCode',
			placeholder: 'e.g. C000055',
			description: 'Code of the customer who bought the product; without it give Customer Name',
		}),
		customerName: text('Customer Name', {
			wire: 'CustomerName',
			description: 'Name of the customer who bought the product; without it give Customer Code',
		}),
		additionalFields: additionalOfNew({
			customerType: number('Customer Type', {
				whole: true,
				wire: 'CustomerType',
				description: "GoFive's number for a kind of customer; its page does not explain it here",
			}),
			latitude: number('Latitude', { wire: 'Latitude', description: 'Where the product is, in degrees north' }),
			longitude: number('Longitude', { wire: 'Longtitude', description: 'Where the product is, in degrees east' }),
			note: text('Note', { wire: 'Note', typeOptions: { rows: 3 }, description: 'Text to go with it' }),
			saleOrderNo: text('Sales Order No', {
				wire: 'SaleOrderNo',
				placeholder: 'e.g. SO24090001',
				description: 'Number of the sales order with which the product was sold',
			}),
		}),
	},
	record: 'serialNumber',
	request({ customerCode, customerName }, body) {
		if (customerCode === undefined && customerName === undefined) {
			throw new Failure({
				message: "'Customer Code' and 'Customer Name' are both empty",
				description: `GoFive needs one of them. Fill in the code or the name of the customer. ${NOTHING_SENT}`,
			});
		}
		return { method: 'POST', path: '/v3/products/serials/verification', body };
	},
});
