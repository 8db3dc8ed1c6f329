import { rejectInput } from '../../api/errors';
import { date, defineWrite, multilineText, number, text } from '../../operation';
import { additionalFieldsOfNewRecord, withLookupLink } from '../sharedFields';

/**
 * Verifies a serial number: `POST /v3/products/serials/verification`. The response was not seen.
 * The request contains a customer, a note and a location, as if GoFive stored them, so it is a write and is sent once.
 * @see https://developer.gofive.co.th/api-4028746
 */
export const verifySerialNumber = defineWrite({
	name: 'Verify Serial Number',
	value: 'verifySerialNumber',
	action: 'Verify product serial number',
	description: 'Verify the serial number of a product that a customer bought. The response is returned unchanged.',
	fields: {
		serialNumber: text('Serial Number', 'Serial number of the product', {
			required: true,
			bodyKey: 'SerialNumber',
			example: 'SN0001234',
		}),
		purchaseDate: date('Purchase Date', { format: 'dateOnly', required: true, bodyKey: 'PurchaseDate' }),
		customerCode: text('Customer Code', withLookupLink("Code of the customer, required if 'Customer Name' is empty"), {
			bodyKey: 'CustomerCode',
			example: 'C000055',
		}),
		customerName: text('Customer Name', "Name of the customer, required if 'Customer Code' is empty", {
			bodyKey: 'CustomerName',
		}),
		additionalFields: additionalFieldsOfNewRecord({
			customerType: number(
				'Customer Type',
				'Customer type as a number. It is not known which numbers GoFive accepts, so ask GoFive support.',
				{ isInteger: true, bodyKey: 'CustomerType' },
			),
			latitude: number('Latitude', 'Latitude in degrees', {
				bodyKey: 'Latitude',
				example: '13.7563',
			}),
			longitude: number('Longitude', 'Longitude in degrees', {
				bodyKey: 'Longtitude',
				example: '100.5018',
			}),
			note: multilineText('Note', 'Note about the verification', { bodyKey: 'Note' }),
			salesOrderNo: text('Sales Order Number', withLookupLink('Number of the sales order that includes the product'), {
				bodyKey: 'SaleOrderNo',
				example: 'SO24090001',
			}),
		}),
	},
	idField: 'serialNumber',
	validate({ customerCode, customerName }) {
		if (customerCode === undefined && customerName === undefined)
			rejectInput(
				"'Customer Code' and 'Customer Name' are both empty",
				'GoFive requires one of them. Enter the code or the name of the customer.',
			);
	},
	request: (_values, body) => ({ method: 'POST', path: '/v3/products/serials/verification', body }),
});
