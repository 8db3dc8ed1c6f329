// Check Access: an operation that tries all others with the account.
// Imported by `operation/index.ts`.
// Start with checkAccess.ts for the requests. accessResults.ts says what the responses mean.
import { completeBaseDefinition, type BaseDefinition } from '../../completeDefinition';
import type { Fields } from '../../field';
import type { AccessCheck, AccessOperation } from '../index';

/** Defines the operation that tries others. Its requests are theirs. */
export const defineAccessCheck = <F extends Fields>(
	definition: BaseDefinition<F> & { checks: AccessCheck[] },
): AccessOperation => ({
	...completeBaseDefinition(definition, 'read'),
	kind: 'access',
	checks: definition.checks,
	options: ['includeInputFields'],
});
