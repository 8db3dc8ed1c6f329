import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { Field, ListSource } from '../field';

const createLoadOptions = (source: ListSource) =>
	async function (this: ILoadOptionsFunctions) {
		const { loadList } = await import('../reading/loadList');
		return (await loadList(this, source)).results;
	};

const createListSearch = (source: ListSource) =>
	async function (this: ILoadOptionsFunctions, filter = '', token?: string) {
		const { loadList } = await import('../reading/loadList');
		return await loadList(this, source, filter.trim(), token);
	};

const collectLists = ({ list, nestedFields = {} }: Field): ListSource[] => [
	...(list ? [list] : []),
	...Object.values(nestedFields).flatMap(collectLists),
];

/** Builds the methods of a node that load the lists of its fields. */
export function buildListMethods(fieldRecords: Array<Record<string, Field>>) {
	const lists = fieldRecords.flatMap((fields) => Object.values(fields)).flatMap(collectLists);
	const buildMethods = <M>(createMethod: (source: ListSource) => M): Record<string, M> =>
		Object.fromEntries(lists.map((source) => [source.method, createMethod(source)]));
	return { loadOptions: buildMethods(createLoadOptions), listSearch: buildMethods(createListSearch) };
}
