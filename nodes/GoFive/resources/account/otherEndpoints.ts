import { defineList, limit } from '../../operation';
import type { AccessCheck } from '../../operation';
import { activityEntity } from '../activity/entity';
import { customerEntity } from '../customer/entity';

/** Settings of a list that has no form, because not even its path is known for sure. */
const list = {
	value: 'getAll',
	action: '',
	description: '',
	fields: { limit: limit() },
} as const;

/**
 * Endpoints that no operation calls, although there is some evidence for them. Any Endpoint can call them.
 * - The list of activities: its name is in GoFive's menu, and its path is inferred from similar lists.
 * - A second list of customers: a public sample client calls it, with the keys of the page in the query.
 */
export const otherEndpoints: AccessCheck[] = [
	{
		resource: 'Activity',
		operation: defineList({
			...list,
			name: 'Activities Enquiry (Any Endpoint)',
			evidence: 'inferred',
			entity: activityEntity,
			pages: { takeKey: 'pageLength', skipKey: 'skip' },
			request: (_values, body) => ({ method: 'POST', path: '/v1/Activities/Enquiry', body }),
		}),
	},
	{
		resource: 'Customer',
		operation: defineList({
			...list,
			name: 'Customers Filter (Any Endpoint)',
			evidence: 'observed',
			entity: customerEntity,
			request: () => ({
				method: 'POST',
				path: '/v1/Customers/filter',
				query: [
					['skip', 0],
					['pageLength', 2],
				],
				body: { type: 11300 },
			}),
		}),
	},
];
