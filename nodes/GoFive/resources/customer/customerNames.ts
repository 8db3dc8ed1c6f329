import type { NameSource } from '../../operation';
import { get } from './get';

/** Names of the customers by customer code. GoFive is requested once per code. */
export const customerNames: NameSource = {
	pluralName: 'customers',
	operation: get,
	idField: 'customerCode',
	valueColumn: 'customerCode',
	nameColumn: 'customerName',
};
