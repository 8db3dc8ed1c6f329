import { defineOperation, idList, limit, number, options, output, text, toOptions } from '../../operation';
import { filters } from '../sharedFields';
import { PRODUCT_STATUSES, productEntity, toStatusList } from './entity';

const PURPOSES = toOptions({ Inventory: 2, Sale: 1 });

/**
 * Retrieves products by filters: `POST /v1/products/getProduct`.
 * The page's text has the product types 1301 and 1302, its example and the 2021 partner portal 1031 and 1032.
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
		productType: number(
			'Product Type',
			"GoFive's number of the product type. The documentation shows 1301 and 1302 (1031 in an example) and does not explain them.",
			{ required: true, isInteger: true, example: '1301' },
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
			status: options('Status', 'Status of the products. Defaults to active and inactive.', PRODUCT_STATUSES),
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
