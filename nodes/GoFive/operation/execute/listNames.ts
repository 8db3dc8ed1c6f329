import type { IExecuteFunctions } from 'n8n-workflow';
import { Client } from '../../api/client';
import { GoFiveError } from '../../api/errors';
import { joinNames, toText } from '../../shared/text';
import { readNodeOptions } from '../fields/nodeOptions';
import { toId } from '../fields/readValue';
import { invalidValueError } from '../invalidValue';
import { MAX_LIST_RECORDS } from '../listSource';
import type { ListSource } from '../types';
import { completeValues } from './buildRequest';
import { readAll } from './readAll';

/** Values by name in lower case, with the name as GoFive writes it. Several entries may have the same name. */
type ListEntries = Array<{ name: string; value: unknown }>;

/**
 * Lists whose entries a user or an AI agent names in place of their values. The input items are read first to find out
 * which lists they name, and again with the loaded lists.
 */
export class ListNames {
	private readonly lists = new Map<ListSource, ListEntries | GoFiveError | undefined>();

	/** Whether an input contains a name of a list that is not loaded. */
	get isNeeded(): boolean {
		return [...this.lists.values()].includes(undefined);
	}

	/** See `ReadContext.findListValue`. */
	readonly find = (source: object, input: unknown, displayName: string): unknown => {
		const list = source as ListSource;
		const name = toText(input);
		if (!list.acceptsNames || name === '' || toId(input) !== undefined) return undefined;
		const entries = this.lists.get(list);
		if (entries === undefined) this.lists.set(list, undefined);
		if (entries instanceof GoFiveError) throw entries;
		return entries && findValue(entries, name, list, displayName);
	};

	/** Loads the lists that inputs name. */
	async load(context: IExecuteFunctions): Promise<void> {
		const client = new Client(context, readNodeOptions({}));
		for (const source of this.lists.keys()) {
			const entries = await readEntries(source, client).catch((error) => {
				const listError = client.toError(error);
				return listError.with({
					message: `The names of the ${source.pluralName} could not be loaded: ${listError.message}`,
				});
			});
			this.lists.set(source, entries);
		}
	}
}

async function readEntries({ operation, toEntry }: ListSource, client: Client): Promise<ListEntries> {
	const { records } = await readAll(operation, completeValues(operation, {}), client, { limit: MAX_LIST_RECORDS });
	return records.map(toEntry).map(({ name, value }) => ({ name: toText(name), value }));
}

/** @throws GoFiveError if no entry, or more than one, has the name */
function findValue(entries: ListEntries, name: string, { pluralName }: ListSource, displayName: string): unknown {
	const matches = entries.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
	const [match, ...others] = matches;
	if (match && others.length === 0) return match.value;
	const candidates = (match ? matches : entries).map((entry) => `${entry.name} (${toText(entry.value)})`);
	const advice = match
		? `Several ${pluralName} have this name. Use an ID`
		: `Use the name or the ID of one of the ${pluralName}`;
	throw invalidValueError(name, displayName, `${advice}: ${joinNames(candidates, 30)}.`);
}
