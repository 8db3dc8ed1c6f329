import { findOption, options, type Field, type GetParameter, type Pages } from '../../operation';

/** Pagination keys that appear on GoFive's pages. */
const PAGE_KEYS: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	pageLengthSkip: { takeKey: 'pageLength', skipKey: 'skip' },
	take: { takeKey: 'take' },
};

const PAGING_OPTIONS = [
	{ name: 'None', value: 'none', description: 'One request per item' },
	{ name: 'Take and Skip', value: 'takeSkip', description: 'The endpoint supports take and skip' },
	{ name: 'Page Length and Skip', value: 'pageLengthSkip', description: 'The endpoint supports pageLength and skip' },
	{ name: 'Take Only', value: 'take', description: 'The endpoint supports take but cannot skip records' },
] as const;

const pagingInput = options('Pagination', 'How the endpoint splits a long list into pages', PAGING_OPTIONS, {
	default: 'none',
});

/** Condition for Return All and Limit: they are shown if pagination is selected. */
export const PAGING_VISIBILITY = {
	displayOptions: { show: { paging: Object.keys(PAGE_KEYS) } },
	isVisible: (getParameter: GetParameter) =>
		(findOption(PAGING_OPTIONS, getParameter('paging'))?.value ?? '') in PAGE_KEYS,
};

/** Creates Paging: how the endpoint paginates its list. The value is undefined without pagination. */
export function paging(): Field<Pages | undefined> {
	return {
		displayName: pagingInput.displayName,
		bodyKey: null,
		properties: pagingInput.properties,
		read: (getParameter, name, context) => PAGE_KEYS[pagingInput.read(getParameter, name, context)],
	};
}
