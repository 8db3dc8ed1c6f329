import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { Client } from '../api/client';
import { failureOf, toNodeError } from '../api/failure';
import { readOptions } from './options';
import type { Lookup } from './types';

/**
 * The list from which a user picks, made from a look-up; the values are its ids.
 * @returns n8n's loadOptions method; it throws NodeApiError with the reason, which n8n shows at the list
 */
export function optionsFrom(lookup: Lookup): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function () {
		try {
			const names = lookup.receive(await new Client(this, readOptions({})).send(lookup.request));
			return [...names].map(([id, name]) => ({ name: name || id, value: Number(id) }));
		} catch (thrown) {
			throw toNodeError(this.getNode(), failureOf(thrown));
		}
	};
}
