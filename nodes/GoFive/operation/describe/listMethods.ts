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

/** Adds the lists of fields, and of the fields in them. */
function addLists(fields: Record<string, Field>, lists: ListSource[]): void {
	for (const { list, nestedFields } of Object.values(fields)) {
		if (list) lists.push(list);
		if (nestedFields) addLists(nestedFields, lists);
	}
}

/** Builds the methods of a node that load the lists of its fields. */
export function buildListMethods(fieldRecords: Array<Record<string, Field>>) {
	const lists: ListSource[] = [];
	for (const fields of fieldRecords) addLists(fields, lists);
	const buildMethods = <M>(createMethod: (source: ListSource) => M): Record<string, M> =>
		Object.fromEntries(lists.map((source) => [source.method, createMethod(source)]));
	return { loadOptions: buildMethods(createLoadOptions), listSearch: buildMethods(createListSearch) };
}
