import { multiOptions, withHint, type Field } from '../../operation';
import { onePerRequest } from '../sharedFields';
import { CUSTOMER_TYPES } from './entity';

/**
 * Creates the list of customer states. An empty list means all.
 * @param subject - Records that the states limit, for example "customers".
 * @param hint - Text below the list.
 */
export const customerStates = (subject: string, hint?: string): Field<number[]> => {
	const description = `Only ${subject} in these states. Leave empty to include all states.`;
	const states = multiOptions('Customer States', description, CUSTOMER_TYPES, 'all customer states were included');
	const field = onePerRequest(states, 'customerType');
	return hint === undefined ? field : withHint(field, hint);
};
