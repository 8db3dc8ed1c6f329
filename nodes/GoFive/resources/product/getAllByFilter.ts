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
	description: 'Retrieve a list of products by type, group, purpose or a search text',
	effect: 'read',
	fields: {
		productType: number(
			'Product Type',
			"GoFive's number for a type of products. Its page names 1301 and 1302, and 1031 in an example, and does not say what they stand for.",
			{ required: true, isInteger: true, example: '1301' },
		),
		limit: limit(),
		filters: filters({
			orderBy: text('Order By', 'By what GoFive sorts; its page names no values'),
			productFor: text('Product For', 'For whom or what the products are; the page of GoFive names no values'),
			productGroupIds: idList(
				'Product Group IDs',
				'IDs of product groups, with commas between them; they stand in the product groups of Venio',
				{ example: '12,15' },
			),
			typeFor: options('Purpose', 'What the products are for', PURPOSES),
			smartSearch: text('Search', 'Products that GoFive finds by this text'),
			status: options('Status', 'Whether the products are in use; left out it means both', PRODUCT_STATUSES),
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
