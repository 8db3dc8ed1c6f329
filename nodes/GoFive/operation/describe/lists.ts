import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { failureOf, toNodeError } from '../../api/words/failure';
import { readOptions } from '../fields/options';
import { asId } from '../fields/read';
import type { Field, Lookup } from '../types';

/** For how many milliseconds a person looks at an empty list while GoFive's rate limit refuses it. */
const PATIENCE = 20_000;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The list from which a user picks, made from a look-up; the values are its ids. What has no id that can be sent is left out. */
function optionsFrom(lookup: Lookup): LoadOptions {
	return async function () {
		try {
			const { Client } = await import('../../api/send/client');
			const names = lookup.receive(
				await new Client(this, { ...readOptions({}), patience: PATIENCE }).send(lookup.request),
			);
			return [...names].flatMap(([text, name]) => {
				const value = asId(text);
				return value === undefined ? [] : [{ name: name || text, value }];
			});
		} catch (thrown) {
			throw toNodeError(this.getNode(), failureOf(thrown));
		}
	};
}

function listsOf(field: Field): Array<[string, Lookup]> {
	return [...Object.entries(field.lists ?? {}), ...Object.values(field.inside ?? {}).flatMap(listsOf)];
}

/** n8n's loadOptions methods for all lists that fields take from GoFive; they throw NodeApiError, which n8n shows at the list. */
export function loadOptionsOf(forms: Array<Record<string, Field>>): Record<string, LoadOptions> {
	const lists = forms.flatMap((fields) => Object.values(fields)).flatMap(listsOf);
	return Object.fromEntries(lists.map(([method, lookup]) => [method, optionsFrom(lookup)]));
}
