import type { Entity } from '../../operation';

/** Whether an operation works with the account. It contains no value of GoFive, so that it can be sent to others. */
export const accessEntity: Entity = {
	pluralName: 'operations',
	columns: {
		resource: { displayName: 'Resource' },
		operation: { displayName: 'Operation' },
		result: { displayName: 'Result' },
		reason: { displayName: 'Reason' },
		endpoint: { displayName: 'Endpoint' },
		documented: { displayName: 'Documented', type: 'boolean' },
		missingColumns: { displayName: 'Missing Fields' },
		otherKeys: { displayName: 'Unknown Fields' },
	},
};
