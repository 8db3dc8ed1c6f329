import { multiOptions } from '../../operation';
import { onePerRequest } from '../sharedFields';
import { CUSTOMER_TYPES } from './entity';

/**
 * Creates the list of customer states. An empty list means all.
 * @param subject - Records that the states limit, for example "customers".
 */
export const customerStates = (subject: string) => {
	const description = `Only ${subject} in these states. Leave empty to include all of them.`;
	const states = multiOptions('Customer States', description, CUSTOMER_TYPES, 'all customer states were included');
	return onePerRequest(states, 'customerType');
};
