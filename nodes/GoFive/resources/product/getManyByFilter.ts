import { choice } from '../../operation/fields/choice';
import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { ids } from '../../operation/fields/several';
import { number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { filters } from '../fields';
import { product, STATUSES, statusesOf } from './product';

const PURPOSES = [
	{ name: 'Inventory', value: 2 },
	{ name: 'Sale', value: 1 },
] as const;

/**
 * POST /v1/products/getProduct (page api-3607153). The page's text has 1301 and 1302 for the type of a product, its example
 * and the older portal 1031 and 1032. A row of the answer is taken to be like that of Get, or as the older portal shows it.
 */
export const getManyByFilter = operation({
	name: 'Get Many by Filter',
	value: 'getAllByFilter',
	action: 'Get many products by filter',
	description: 'Retrieve a list of products by type, group, purpose or a search text',
	effect: 'read',
	fields: {
		productType: number('Product Type', {
			required: true,
			whole: true,
			placeholder: 'e.g. 1301',
			description:
				"GoFive's number for a type of products. Its page names 1301 and 1302, and 1031 in an example, and does not say what they stand for.",
		}),
		limit: limit(),
		filters: filters({
			orderBy: text('Order By', { description: 'By what GoFive sorts; its page names no values' }),
			productFor: text('Product For', {
				description: 'For whom or what the products are; the page of GoFive names no values',
			}),
			productGroupIds: ids(
				'Product Group IDs',
				{
					placeholder: 'e.g. 12,15',
					description: 'IDs of product groups, with commas between them; they stand in the product groups of Venio',
				},
				'Give IDs of product groups, whole numbers with commas between them.',
			),
			typeFor: choice('Purpose', PURPOSES, { description: 'What the products are for' }),
			smartSearch: text('Search', { description: 'Products that GoFive finds by this text' }),
			status: choice('Status', STATUSES, { description: 'Whether the products are in use; left out it means both' }),
		}),
		output: output(product),
	},
	entity: product,
	pages: { take: 'take', skip: 'skip' },
	request: ({ filters }, body) => ({
		method: 'POST',
		path: '/v1/products/getProduct',
		body: { ...body, status: statusesOf(filters.status) },
	}),
});
