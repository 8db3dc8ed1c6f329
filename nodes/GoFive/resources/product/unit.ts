import { readText, type Entity, type ListSource } from '../../operation';
import { getUnits } from './getUnits';

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
