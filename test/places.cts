import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ApiRequest } from '../nodes/GoFive/api/request/request';
import { Failure } from '../nodes/GoFive/api/words/failure';
import { nodeProperties } from '../nodes/GoFive/operation/describe/properties';
import { resources } from '../nodes/GoFive/resources';
import { examplesOf, givenFor, parametersOf, requestOf, type Listed } from './operations.cts';

type Given = Record<string, unknown>;

/** One input of a form, also one inside a group or a line. */
export interface Place {
	property: INodeProperties;
	/** The names of the parameters that lead to it, its own last. */
	path: string[];
	/** The same as n8n shows it. */
	shown: string[];
	/** Whether it says how the node works instead of what GoFive is asked. */
	isShape: boolean;
	/** Whether what it stands in is always there. */
	isOpen: boolean;
	/** Opens what it stands in: a line then has what every line needs. */
	opened(given: Given): Given;
	filled(given: Given, value: unknown): Given;
}

/** Changes a part of the parameters. */
type Into = (given: Given, change: (part: Given) => Given) => Given;

function placesIn(properties: INodeProperties[], outer: Pick<Place, 'path' | 'shown' | 'isShape' | 'isOpen'>, into: Into): Place[] {
	const isMode = ({ name }: INodeProperties) => /(?:Input|Json)$/.test(name) && properties.some((one) => one.name === name.replace(/(?:Input|Json)$/, ''));
	return properties.filter((property) => property.type !== 'notice' && !isMode(property)).flatMap((property) => {
		const { name, displayName, type, options = [] } = property;
		const here = { ...outer, path: [...outer.path, name], shown: [...outer.shown, displayName] };
		const within = { ...here, isOpen: outer.isOpen && property.required === true };
		if (type === 'collection') {
			return placesIn(options as INodeProperties[], within, (given, change) => into(given, (part) => ({ ...part, [name]: change((part[name] ?? {}) as Given) })));
		}
		if (type === 'fixedCollection') {
			const { values } = options[0] as INodePropertyCollection;
			const rowIn = (part: Given) => (part[name] as { line?: Given[] } | undefined)?.line?.[0] ?? givenFor(values);
			return placesIn(values, within, (given, change) => into(given, (part) => ({ ...part, [name]: { line: [change(rowIn(part))] } })));
		}
		return [{ ...here, property, opened: (given) => into(given, (part) => part), filled: (given, value) => into(given, (part) => ({ ...part, [name]: value })) }];
	});
}

/** All inputs of an operation's form, in its order, its options last. */
function placesOf({ operation, resource }: Listed): Place[] {
	const options = nodeProperties(resources, resource).filter(({ name, displayOptions: { show } = {} }) => name === 'options' && show?.resource?.includes(resource) && show.operation?.includes(operation.value));
	const whole: Into = (given, change) => change(given);
	const own = Object.entries(operation.fields).flatMap(([name, field]) =>
		placesIn(field.properties(name), { path: [], shown: [], isShape: field.isShape === true, isOpen: true }, whole),
	);
	return [...own, ...placesIn(options, { path: [], shown: [], isShape: true, isOpen: true }, whole)];
}

function isTaken({ operation }: Listed, given: Given): boolean {
	try {
		return Boolean(requestOf(operation, given));
	} catch (thrown) {
		if (thrown instanceof Failure) return false;
		throw thrown;
	}
}

/** All choices of so many out of a list. */
function* someOf<T>(list: T[], count: number): Generator<T[]> {
	if (count === 0) yield [];
	else for (const [index, first] of list.entries()) for (const rest of someOf(list.slice(index + 1), count - 1)) yield [first, ...rest];
}

const fill = (given: Given, places: Place[]): Given => places.reduce((so, place) => place.filled(so, examplesOf(place.property)[0]), given);

/** A place filled in by itself on top of what is required: the parameters without it, where that is possible, and with each of its values. */
export interface Alone extends Place {
	without: Given | undefined;
	withs: Given[];
}

/** Each input by itself; together with others of its group where a rule asks for them. @throws Error for one that is never taken */
export function eachAlone(listed: Listed): Alone[] {
	const places = placesOf(listed);
	const required = parametersOf(listed.operation);
	return places.map((place) => {
		const values = examplesOf(place.property);
		const groupOf = ({ path }: Place) => path.slice(0, -1).join('.');
		const beside = places.filter((one) => one !== place && groupOf(one) === groupOf(place));
		const isEach = (given: Given) => values.every((value) => isTaken(listed, place.filled(given, value)));
		for (const count of [0, 1, 2, 3]) {
			for (const more of someOf(beside, count)) {
				const without = place.opened(fill(required, more));
				if (isEach(without)) return { ...place, without: isTaken(listed, without) ? without : undefined, withs: values.map((value) => place.filled(without, value)) };
			}
		}
		if (place.isShape) return { ...place, without: required, withs: values.map((value) => place.filled(required, value)).filter((given) => isTaken(listed, given)) };
		throw new Error(`${listed.name}: no values were found with which '${place.shown.join(' → ')}' is taken`);
	});
}

/** Everything at once, but for as few inputs as the rules between fields ask to be left out. @throws Error when that is more than one */
export function allTogether(listed: Listed): { given: Given; leftOut: string[] } {
	const places = placesOf(listed);
	for (const leftOut of [...someOf(places, 0), ...someOf(places, 1)]) {
		const given = fill(parametersOf(listed.operation), places.filter((place) => !leftOut.includes(place)));
		if (isTaken(listed, given)) return { given, leftOut: leftOut.map(({ path }) => path.join('.')) };
	}
	throw new Error(`${listed.name}: no way was found to fill in nearly everything at once`);
}

/** What of a request travels. */
export interface Wire {
	path: string;
	query: Record<string, unknown>;
	body: unknown;
}

/** What travels of a request, its pages aside. */
export const wireOf = ({ path, query = [], body }: ApiRequest): Wire => ({ path, query: Object.fromEntries(query.filter(([, value]) => value !== undefined)), body });

function leavesOf(value: unknown, at: string): Array<[string, unknown]> {
	if (typeof value !== 'object' || value === null) return [[at, value]];
	if (Array.isArray(value)) return value.flatMap((part) => leavesOf(part, `${at}[]`));
	return Object.entries(value).flatMap(([key, part]) => leavesOf(part, at ? `${at}.${key}` : key));
}

/** GoFive's keys that are not the same in all of some requests; `path` for the path. */
export function keysThatDiffer(wires: Wire[]): string[] {
	const maps = wires.map(({ path, query, body }) => {
		const leaves = [...leavesOf(body ?? {}, ''), ...leavesOf(query, ''), ['path', path] as [string, unknown]];
		return new Map(leaves.map(([key]) => [key, JSON.stringify(leaves.filter(([other]) => other === key))]));
	});
	const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))];
	return keys.filter((key) => new Set(maps.map((map) => map.get(key))).size > 1);
}
