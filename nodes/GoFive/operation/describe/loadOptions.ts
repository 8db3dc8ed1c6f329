import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { toGoFiveError, toNodeError } from '../../api/errors/goFiveError';
import { readNodeOptions } from '../fields/nodeOptions';
import { toId } from '../fields/readValue';
import type { Field, Lookup } from '../types';

/** For how many milliseconds a person looks at an empty list while GoFive's rate limit refuses it. */
const LIST_RATE_LIMIT_WAIT_MS = 20_000;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The list from which a user picks, made from a look-up; the values are its ids. What has no id that can be sent is left out. */
function createLoadOptions(lookup: Lookup): LoadOptions {
	return async function () {
		try {
			const { Client } = await import('../../api/transport/client');
			const names = lookup.receive(
				await new Client(this, { ...readNodeOptions({}), maxRateLimitWaitMs: LIST_RATE_LIMIT_WAIT_MS }).send(
					lookup.request,
				),
			);
			return [...names].flatMap(([text, name]) => {
				const value = toId(text);
				return value === undefined ? [] : [{ name: name || text, value }];
			});
		} catch (error) {
			throw toNodeError(this.getNode(), toGoFiveError(error));
		}
	};
}

function collectLookups(field: Field): Array<[string, Lookup]> {
	return [
		...Object.entries(field.loadOptions ?? {}),
		...Object.values(field.nestedFields ?? {}).flatMap(collectLookups),
	];
}

/** n8n's loadOptions methods for all lists that fields take from GoFive; they throw NodeApiError, which n8n shows at the list. */
export function buildLoadOptions(fieldSets: Array<Record<string, Field>>): Record<string, LoadOptions> {
	const lists = fieldSets.flatMap((fields) => Object.values(fields)).flatMap(collectLookups);
	return Object.fromEntries(lists.map(([method, lookup]) => [method, createLoadOptions(lookup)]));
}
