import { findOption, options, type Field, type GetParameter, type Pages } from '../../operation';

/** Pagination keys that appear on GoFive's pages. */
const PAGE_KEYS: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	pageLengthSkip: { takeKey: 'pageLength', skipKey: 'skip' },
	take: { takeKey: 'take' },
};

const PAGINATION_OPTIONS = [
	{ name: 'None', value: 'none', description: 'One request per item' },
	{ name: 'Take and Skip', value: 'takeSkip', description: 'The endpoint supports take and skip' },
	{ name: 'Page Length and Skip', value: 'pageLengthSkip', description: 'The endpoint supports pageLength and skip' },
	{ name: 'Take Only', value: 'take', description: 'The endpoint supports take but cannot skip records' },
] as const;

const paginationInput = options('Pagination', 'How the endpoint splits a long list into pages', PAGINATION_OPTIONS, {
	default: 'none',
});

/** Condition for Return All and Limit: they are shown if pagination is selected. */
export const PAGINATION_VISIBILITY = {
	displayOptions: { show: { pagination: Object.keys(PAGE_KEYS) } },
	isVisible: (getParameter: GetParameter) =>
		(findOption(PAGINATION_OPTIONS, getParameter('pagination'))?.value ?? '') in PAGE_KEYS,
};

/** Creates Pagination: how the endpoint paginates its list. The value is undefined without pagination. */
export function pagination(): Field<Pages | undefined> {
	return {
		displayName: paginationInput.displayName,
		bodyKey: null,
		properties: paginationInput.properties,
		read: (getParameter, name, context) => PAGE_KEYS[paginationInput.read(getParameter, name, context)],
	};
}
