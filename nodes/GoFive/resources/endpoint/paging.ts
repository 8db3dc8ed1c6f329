import { choice } from '../../operation/fields/choice';
import type { Field, Pages } from '../../operation/types';

/** The ways in which GoFive's pages are known to hand out long lists. */
const WAYS: Record<string, Pages> = {
	takeSkip: { take: 'take', skip: 'skip' },
	pageLengthSkip: { take: 'pageLength', skip: 'skip' },
	take: { take: 'take' },
};

const CHOICES = [
	{ name: 'None', value: 'none', description: 'One request for each item' },
	{ name: 'Take and Skip', value: 'takeSkip', description: 'The endpoint knows take and skip' },
	{ name: 'PageLength and Skip', value: 'pageLengthSkip', description: 'The endpoint knows pageLength and skip' },
	{ name: 'Take Only', value: 'take', description: 'The endpoint knows take, but cannot pass over records' },
] as const;

/** When Return All and Limit are shown. */
export const PAGED: [string, string[]] = ['paging', Object.keys(WAYS)];

/** How to ask for a long list, part by part. */
export function paging(): Field<Pages | undefined> {
	const chosen = choice('Paging', CHOICES, {
		default: 'none',
		description:
			'How the endpoint hands out long lists, as its page at GoFive says. The keys are added to the body, or to the query where there is no body.',
	});
	return {
		wire: null,
		properties: chosen.properties,
		read: (get, name, context) => WAYS[chosen.read(get, name, context)],
	};
}
