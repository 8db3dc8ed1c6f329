import { options, findOption, type Field, type GetParameter, type Pages } from '../../operation';

/** The ways in which GoFive's pages are known to hand out long lists. */
const PAGE_KEYS: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	pageLengthSkip: { takeKey: 'pageLength', skipKey: 'skip' },
	take: { takeKey: 'take' },
};

const PAGING_OPTIONS = [
	{ name: 'None', value: 'none', description: 'One request for each item' },
	{ name: 'Take and Skip', value: 'takeSkip', description: 'The endpoint knows take and skip' },
	{ name: 'PageLength and Skip', value: 'pageLengthSkip', description: 'The endpoint knows pageLength and skip' },
	{ name: 'Take Only', value: 'take', description: 'The endpoint knows take, but cannot pass over records' },
] as const;

const PAGING_FIELD = options(
	'Paging',
	'How the endpoint hands out long lists, as its page at GoFive says. The keys are added to the body, or to the query where there is no body.',
	PAGING_OPTIONS,
	{ default: 'none' },
);

/** When there are parts to ask for, so that Return All and Limit are shown. */
export const PAGING_VISIBILITY = {
	displayOptions: { show: { paging: Object.keys(PAGE_KEYS) } },
	isVisible: (get: GetParameter) => (findOption(PAGING_OPTIONS, get('paging'))?.value ?? '') in PAGE_KEYS,
};

/** How to ask for a long list, part by part. */
export function paging(): Field<Pages | undefined> {
	return {
		bodyKey: null,
		properties: PAGING_FIELD.properties,
		read: (get, name, context) => PAGE_KEYS[PAGING_FIELD.read(get, name, context)],
	};
}
