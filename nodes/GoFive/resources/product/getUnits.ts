import { defineOperation } from '../../operation';

/** GET /v1/products/units (only its title was seen). */
export const getUnits = defineOperation({
	name: 'Get Units',
	value: 'getUnits',
	action: 'Get product units',
	description: 'Retrieve the units of products as GoFive sends them, since its page shows no columns',
	fields: {},
	notFoundHint: 'Units are set up in the settings of Venio.',
	request: () => ({ method: 'GET', path: '/v1/products/units' }),
});
