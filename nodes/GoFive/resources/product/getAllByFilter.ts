import { defineOperation, idList, limit, options, output, text, toOptions, type Entity } from '../../operation';
import { filters } from '../sharedFields';
import { PRODUCT_STATUSES, productEntity, toStatusList } from './entity';

/** GoFive's product types. The page has two numbers in its text and others in its example. */
const PRODUCT_TYPES = [
	{ name: '1301', value: 1301, description: "Meaning not known. Listed in the text of GoFive's documentation." },
	{ name: '1302', value: 1302, description: "Meaning not known. Listed in the text of GoFive's documentation." },
	{ name: '1031', value: 1031, description: "Meaning not known. Used in an example in GoFive's documentation." },
	{ name: '1032', value: 1032, description: 'Meaning not known. Listed in the 2021 partner portal.' },
] as const;

/** A product of this list. The older form of its rows has no code. */
const listedProductEntity: Entity = { ...productEntity, idColumns: ['productCode', 'partId'] };

const PURPOSES = toOptions({ Inventory: 2, Sale: 1 });

/**
 * Retrieves products by type: `POST /v1/products/getProduct`. The meaning of the keys `orderBy` and `productFor` is not
 * known. Any Endpoint can send them.
 * The page's text has the product types 1301 and 1302, its example and the 2021 partner portal 1031 and 1032.
 * Its schema has numbers for the status, its example and the partner portal true and false.
 * A row of the response was not seen. It is taken to be like the response of Get or the one of the partner portal.
 * @see https://developer.gofive.co.th/api-3607153
 */
export const getAllByFilter = defineOperation({
	name: 'Get Many by Type',
	value: 'getAllByFilter',
	action: 'Get many products by type',
	description: 'Retrieve a list of products by type, group, purpose or text',
	effect: 'read',
	fields: {
		productType: options(
			'Product Type',
			"Number of the product type in GoFive. GoFive's documentation does not explain the numbers, so ask GoFive support what they mean. To retrieve products of all types, use Product > Get Many.",
			PRODUCT_TYPES,
			{ required: true },
		),
		limit: limit(),
		filters: filters({
			productGroupIds: idList('Product Group IDs', 'Comma-separated IDs of product groups in Venio', {
				example: '12, 15',
			}),
			typeFor: options('Purpose', 'Purpose of the products', PURPOSES),
			smartSearch: text('Search Text', 'Only products that match this text'),
			status: options('Status', 'Status of the products. Defaults to active and inactive.', PRODUCT_STATUSES),
		}),
		output: output(listedProductEntity),
	},
	pages: { takeKey: 'take', skipKey: 'skip' },
	request: ({ filters }, body) => ({
		method: 'POST',
		path: '/v1/products/getProduct',
		body: { ...body, status: toStatusList(filters.status) },
	}),
});
