import { defineOperation, idList, limit, options, output, text, toOptions } from '../../operation';
import { filters } from '../sharedFields';
import { PRODUCT_STATUSES, productEntity, toStatusList } from './entity';

/** GoFive's product types. The page has two numbers in its text and others in its example. */
const PRODUCT_TYPES = [
	{ name: '1301', value: 1301, description: "A number in the text of GoFive's page" },
	{ name: '1302', value: 1302, description: "Another number in the text of GoFive's page" },
	{ name: '1031', value: 1031, description: "The number in the example of GoFive's page" },
	{ name: '1032', value: 1032, description: 'A number of the 2021 partner portal' },
] as const;

const PURPOSES = toOptions({ Inventory: 2, Sale: 1 });

/**
 * Retrieves products by filters: `POST /v1/products/getProduct`.
 * The page's text has the product types 1301 and 1302, its example and the 2021 partner portal 1031 and 1032.
 * Its schema has numbers for the status, its example and the partner portal true and false.
 * A row of the response was not seen. It is taken to be like the response of Get or the one of the partner portal.
 * @see https://developer.gofive.co.th/api-3607153
 */
export const getAllByFilter = defineOperation({
	name: 'Get Many by Filter',
	value: 'getAllByFilter',
	action: 'Get many products by filter',
	description: 'Retrieve a list of products by type, group, purpose or text',
	effect: 'read',
	fields: {
		productType: options(
			'Product Type',
			"GoFive's number of the product type. The documentation does not explain the numbers. Try which of them returns your products.",
			PRODUCT_TYPES,
			{ required: true },
		),
		limit: limit(),
		filters: filters({
			orderBy: text('Order By', "Sort order of the products. GoFive's documentation does not list the values."),
			productFor: text('Product For', "Audience or purpose. GoFive's documentation does not list the values."),
			productGroupIds: idList('Product Group IDs', 'Comma-separated IDs from the product groups in Venio', {
				example: '12,15',
			}),
			typeFor: options('Purpose', 'Purpose of the products', PURPOSES),
			smartSearch: text('Search', 'Only products that match this text'),
			status: options(
				'Status',
				"Status of the products. Defaults to active and inactive. Sent as 1 and 0, although the example on GoFive's page has true.",
				PRODUCT_STATUSES,
			),
		}),
		output: output(productEntity),
	},
	pages: { takeKey: 'take', skipKey: 'skip' },
	request: ({ filters }, body) => ({
		method: 'POST',
		path: '/v1/products/getProduct',
		body: { ...body, status: toStatusList(filters.status) },
	}),
});
