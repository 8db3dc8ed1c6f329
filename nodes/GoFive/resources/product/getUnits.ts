import { defineOperation } from '../../operation';

/** Retrieves the units of products: `GET /v1/products/units`. Only the title of the page was seen. */
export const getUnits = defineOperation({
	name: 'Get Units',
	value: 'getUnits',
	action: 'Get product units',
	description: 'Retrieve the units of products as GoFive sends them, since its page shows no columns',
	effect: 'read',
	fields: {},
	notFoundDescription: 'Units are set up in the settings of Venio.',
	request: () => ({ method: 'GET', path: '/v1/products/units' }),
});
