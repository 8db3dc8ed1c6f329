import type { DataResource, Resource } from '../../operation';
import { createCheckAccess } from './checkAccess';

/**
 * Creates the resource of the GoFive account itself.
 * @param resources - Resources whose operations the account may have access to.
 */
export function createAccountResource(resources: DataResource[]): Resource {
	const checkAccess = createCheckAccess(resources);
	return {
		name: 'Account',
		value: 'account',
		description: 'Your GoFive account. Check which operations work with it.',
		defaultOperation: checkAccess.value,
		operations: [checkAccess],
	};
}
