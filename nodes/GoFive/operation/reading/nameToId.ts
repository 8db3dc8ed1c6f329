import type { IExecuteFunctions } from 'n8n-workflow';
import { Client } from '../../api/client';
import { GoFiveError } from '../../api/errors';
import { joinNames, toText } from '../../shared/text';
import { readNodeOptions } from '../fields/nodeOptions';
import { invalidValueError, toId } from '../fields/readValue';
import { toIdText } from '../records/records';
import { emptyListError, MAX_LIST_RECORDS } from '../fields/listSource';
import type { ListSource, ReadContext } from '../field';
import { readEntries } from './entries';

/** Maximum number of entries in a message about an unknown name. An AI agent chooses from them. */
const MAX_LISTED_ENTRIES = 30;

/** An entry of a list. Several entries may have the same name. */
interface NamedEntry {
	name: string;
	value: unknown;
}

/**
 * Lists whose entries a user or an AI agent names in place of their values. The input items are read first to find out
 * which lists they name, and again with the loaded lists.
 */
export class IdsByName {
	/** Lists that an input names. */
	private readonly namedLists = new Set<ListSource>();
	/** Entries of the loaded lists, or the error with which a list could not be loaded. */
	private readonly loadedLists = new Map<ListSource, NamedEntry[] | GoFiveError>();

	/** Whether an input names a list that is not loaded. */
	get needsLists(): boolean {
		return this.namedLists.size > this.loadedLists.size;
	}

	/** See `ReadContext.findListValue`. */
	readonly find: NonNullable<ReadContext['findListValue']> = (list, input, displayName) => {
		const name = toText(input);
		if (!list.acceptsNames || name === '' || toId(input) !== undefined) return undefined;
		this.namedLists.add(list);
		const entries = this.loadedLists.get(list);
		if (entries instanceof GoFiveError) throw entries;
		return entries && findValue(entries, name, list, displayName);
	};

	/**
	 * Loads the lists that inputs name, with the default options, because the items cannot be read completely before.
	 * If a list cannot be loaded, only the items that name its entries fail.
	 */
	async load(context: IExecuteFunctions): Promise<void> {
		const client = new Client(context, readNodeOptions({}));
		for (const source of this.namedLists) {
			if (this.loadedLists.has(source)) continue;
			const entries = await loadEntries(source, client).catch((error) => client.toError(error));
			const subject = `The names of the ${source.pluralName} could not be loaded`;
			const isFailed = entries instanceof GoFiveError;
			this.loadedLists.set(source, isFailed ? entries.with({ message: `${subject}: ${entries.message}` }) : entries);
		}
	}
}

/** @throws GoFiveError if the list cannot be read or is empty */
async function loadEntries(source: ListSource, client: Client): Promise<NamedEntry[]> {
	const allEntries = await readEntries(source, client, MAX_LIST_RECORDS);
	const entries = allEntries.filter(({ value }) => toIdText(value) !== '');
	if (entries.length === 0) throw emptyListError(source);
	return entries;
}

/** @throws GoFiveError if no entry, or more than one, has the name */
function findValue(entries: NamedEntry[], name: string, { pluralName }: ListSource, displayName: string): unknown {
	const matches = entries.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
	const [match] = matches;
	if (match && matches.length === 1) return match.value;
	const listedEntries = match ? matches : entries;
	const advice = match
		? `Several ${pluralName} have this name. Use an ID`
		: `Use the name or the ID of one of the ${pluralName}`;
	const entryTexts = listedEntries.map((entry) => `${entry.name} (${toText(entry.value)})`);
	throw invalidValueError(name, displayName, `${advice}: ${joinNames(entryTexts, MAX_LISTED_ENTRIES)}.`);
}
