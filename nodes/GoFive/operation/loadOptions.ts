import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { Client } from '../api/send/client';
import { failureOf, toNodeError } from '../api/words/failure';
import { asId } from './fields';
import { readOptions } from './options';
import type { Lookup } from './types';

/** For how many milliseconds a person looks at an empty list while GoFive's rate limit refuses it. */
const PATIENCE = 20_000;

/**
 * The list from which a user picks, made from a look-up; the values are its ids. What has no id that can be sent is left out.
 * @returns n8n's loadOptions method; it throws NodeApiError with the reason, which n8n shows at the list
 */
export function optionsFrom(lookup: Lookup): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function () {
		try {
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
