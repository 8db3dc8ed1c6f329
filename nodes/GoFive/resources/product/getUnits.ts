import { defineList, readText, type Entity, type ListSource } from '../../operation';

/** Retrieves the units of products: `GET /v1/products/units`. Only the title of the page was seen. */
export const getUnits = defineList({
	name: 'Get Units',
	value: 'getUnits',
	action: 'Get product units',
	description:
		"Retrieve the product units as GoFive returns them. The response was not found in the public copy of GoFive's documentation.",
	fields: {},
	notFoundDescription:
		"Ask your Venio administrator or GoFive support to add units, or select another value in the option 'If Nothing Found'.",
	request: () => ({ method: 'GET', path: '/v1/products/units' }),
});

/** A unit. The response was not seen, so several keys of the name are accepted, and the name alone. */
const unitEntity: Entity = {
	pluralName: 'product units',
	columns: {
		productUnitName: { displayName: 'Unit', paths: ['productUnitName', 'unitName', 'name', 'value'] },
	},
};

/** List of the units. */
export const productUnitList: ListSource<string> = {
	method: 'getProductUnits',
	pluralName: 'product units',
	operation: getUnits,
	entity: unitEntity,
	valueColumn: 'productUnitName',
	read: readText,
};
