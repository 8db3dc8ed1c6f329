import { describeNonJson } from '../../nodes/GoFive/api/envelope.ts';
import { isObject, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import type { Reply } from './liveSession.mts';

/** Formats a key. A key may be a value, for example a name. The contract's keys and keys of letters are shown. */
export const formatSafeKey = (key: string, contractKeys: string[] = []): string =>
	contractKeys.includes(key) || /^[a-z]+$/i.test(key) ? key : '(other key)';

function getType(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	return typeof value === 'string' ? 'text' : typeof value;
}

/** Formats the keys of records with the types of their values, for example "eventId (number), description (text)". */
export function formatKeyTypes(records: JsonObject[], contractKeys?: string[]): string {
	const typesByKey = new Map<string, Set<string>>();
	for (const [key, value] of records.flatMap((record) => Object.entries(record))) {
		const name = formatSafeKey(key, contractKeys);
		typesByKey.set(name, (typesByKey.get(name) ?? new Set()).add(getType(value)));
	}
	return [...typesByKey].map(([name, types]) => `${name} (${[...types].join(' or ')})`).join(', ');
}

/** Describes a response by its HTTP status, the place of its records and the keys of its body. */
export function describeReply({ status, place, body, text }: Reply, contractKeys?: string[]): string {
	const otherContent = body === undefined ? describeNonJson(text) : `JSON (${getType(body)})`;
	const content = isObject(body) ? formatKeyTypes([body], contractKeys) : otherContent;
	return [`HTTP ${status}`, ...(place ? [`records in ${place}`] : []), content].join(', ');
}

/** Collects the names of all properties in a part of the contract. */
export function collectKeys(part: unknown): string[] {
	if (typeof part !== 'object' || part === null) return [];
	const { properties = {} } = part as { properties?: object };
	return [...Object.keys(properties), ...Object.values(part).flatMap(collectKeys)];
}
