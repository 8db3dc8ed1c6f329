import { readText, type ListSource } from '../../operation';
import { getUnits } from './getUnits';

/** List of the units. The response was not seen, so several keys of the name are accepted. */
export const productUnitList: ListSource<string> = {
	method: 'getProductUnits',
	pluralName: 'product units',
	operation: getUnits,
	toEntry: ({ productUnitName, unitName, name, value }) => ({ value: productUnitName ?? unitName ?? name ?? value }),
	read: readText,
};
