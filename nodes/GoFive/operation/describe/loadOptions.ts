import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { toGoFiveError, toNodeError } from '../../api/errors/goFiveError';
import { readNodeOptions } from '../fields/nodeOptions';
import { toId } from '../fields/readValue';
import type { Field, Lookup } from '../types';

/** Longest wait in ms for GoFive's rate limit while a list loads. The user waits in front of an empty list. */
const LIST_RATE_LIMIT_WAIT_MS = 20_000;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Creates a loadOptions method from a lookup. Its IDs are the options' values. Invalid IDs are omitted. */
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

/** Builds the loadOptions methods of all fields. They throw NodeApiError, which n8n shows at the list. */
export function buildLoadOptions(fieldRecords: Array<Record<string, Field>>): Record<string, LoadOptions> {
	const lookups = fieldRecords.flatMap((fields) => Object.values(fields)).flatMap(collectLookups);
	return Object.fromEntries(lookups.map(([method, lookup]) => [method, createLoadOptions(lookup)]));
}
