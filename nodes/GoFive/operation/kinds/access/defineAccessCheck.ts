// Check Access: an operation that tries all others with the account.
// Imported by `operation/index.ts`.
// Start with checkAccess.ts for the requests. accessResults.ts says what the responses mean.
import type { Fields } from '../../field';
import type { AccessCheck, AccessOperation } from '..';
import { completeDefinition, type Definition } from '../../completeDefinition';

/** Defines the operation that tries others. Its requests are theirs, so its own one is never sent. */
export const defineAccessCheck = <F extends Fields>(
	definition: Omit<Definition<F>, 'request' | 'value' | 'description'> & {
		value: string;
		description: string;
		checks: AccessCheck[];
	},
): AccessOperation => ({
	...completeDefinition({ ...definition, request: () => ({ method: 'GET', path: '/' }) }, 'read'),
	kind: 'access',
	checks: definition.checks,
	options: ['includeInputFields'],
});
