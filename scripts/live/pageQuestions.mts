import type { IDataObject } from 'n8n-workflow';
import { addPageKeys } from '../../nodes/GoFive/operation/reading/readParts.ts';
import { toPageKeys } from '../../nodes/GoFive/operation/reading/pagination.ts';
import type { AnyOperation } from '../../test/support/operationParameters.cts';
import type { Pages } from '../../nodes/GoFive/operation/operation.ts';
import { allOperations, buildOperationRequest, getExampleParameters } from '../supportModules.mts';
import { assertDecidable, NotDecidable, type LiveClient } from './liveClient.mts';
import type { Question } from './questions.mts';

/** List in pages whose page size and start GoFive's keys select. */
interface PagedList {
	name: string;
	operation: AnyOperation;
	pages: Pages;
}

/** Finds the lists whose page size has a key. Any Endpoint has no list of its own. */
const findPagedLists = (takeKey: string): PagedList[] =>
	allOperations.flatMap(({ name, operation }) => {
		const { pages } = operation;
		const isPaged = typeof pages === 'object' && pages.takeKey === takeKey && pages.skipKey !== undefined;
		return isPaged ? [{ name, operation, pages }] : [];
	});

/** Sends requests for pages of a list. */
class PageReader {
	constructor(
		private readonly live: LiveClient,
		private readonly list: PagedList,
	) {}

	/** Reads a page. Returns undefined if GoFive rejects its size. */
	async tryRead(take: number, skip = 0): Promise<string[] | undefined> {
		const { operation, pages } = this.list;
		const request = buildOperationRequest(operation, getExampleParameters(operation));
		const records = await this.live.tryRead(operation, addPageKeys(request, toPageKeys(pages, take, skip)));
		return records?.map((record: IDataObject) => JSON.stringify(record));
	}

	/**
	 * Reads a page, of which a minimum number of different records is needed.
	 * @returns the records as texts
	 */
	async read(take: number, skip: number, minCount: number): Promise<string[]> {
		const rows = await this.tryRead(take, skip);
		assertDecidable(rows, `GoFive rejected a request (${this.live.observed}).`);
		assertDecidable(new Set(rows).size >= minCount, `The list has fewer records than ${minCount}.`);
		return rows;
	}
}

/** Asks about the lists whose page size has a key. Each list is tried until one decides. */
const askLists = (takeKey: string, statement: string, decide: (page: PageReader) => Promise<boolean>): Question => ({
	statement,
	async decide(live) {
		const reasons: string[] = [];
		for (const list of findPagedLists(takeKey)) {
			try {
				return await decide(new PageReader(live, list));
			} catch (error) {
				if (!(error instanceof NotDecidable)) throw error;
				reasons.push(`${list.name}: ${error.message}`);
			}
		}
		throw new NotDecidable(reasons.join(' '));
	},
});

/** Creates the questions about the lists whose page size has a key. */
export const createPageQuestions = (takeKey: string): Record<string, Question> => ({
	[`${takeKey}Limits`]: askLists(takeKey, `${takeKey} limits the number of records.`, async (page) => {
		await page.read(2, 0, 2);
		return (await page.read(1, 0, 1)).length === 1;
	}),
	[`${takeKey}1000`]: askLists(
		takeKey,
		`With ${takeKey} 1000, a page can have more than 100 records.`,
		async (page) => {
			await page.read(2, 0, 1);
			const rows = await page.tryRead(1000);
			if (!rows || rows.length > 100) return rows !== undefined;
			// A further record shows that GoFive limits the page.
			const [furtherRow] = await page.read(1, rows.length, 0);
			assertDecidable(furtherRow && !rows.includes(furtherRow), 'No further record was found after the first page.');
			return false;
		},
	),
	[`${takeKey}Skip`]: askLists(takeKey, `With ${takeKey}, skip 1 begins with the second record.`, async (page) => {
		const [, secondRow] = await page.read(2, 0, 2);
		return (await page.read(2, 1, 0))[0] === secondRow;
	}),
});
