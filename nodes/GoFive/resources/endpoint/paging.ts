import { choice, memberOf, type Field, type Get, type Pages } from '../../operation';

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

const WAY = choice(
	'Paging',
	'How the endpoint hands out long lists, as its page at GoFive says. The keys are added to the body, or to the query where there is no body.',
	CHOICES,
	{ default: 'none' },
);

/** When there are parts to ask for, so that Return All and Limit are shown. */
export const PAGED = {
	displayOptions: { show: { paging: Object.keys(WAYS) } },
	holds: (get: Get) => (memberOf(CHOICES, get('paging'))?.value ?? '') in WAYS,
};

/** How to ask for a long list, part by part. */
export function paging(): Field<Pages | undefined> {
	return {
		wire: null,
		properties: WAY.properties,
		read: (get, name, context) => WAYS[WAY.read(get, name, context)],
	};
}
