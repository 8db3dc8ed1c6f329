import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Grid, type Row } from './grid.mts';

/** Why Google does not do what it was asked for, in the form in which it says so. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
		message: string,
	) {
		super(message);
	}
}

/** Of Google's error form (cloud.google.com/apis/design/errors). */
const refused = (code: number, status: string, message: string): Refusal =>
	new Refusal(code, { error: { code, message, status } }, message);
const invalid = (message: string): Refusal => refused(400, 'INVALID_ARGUMENT', message);

interface ValueRange {
	range?: string;
	values?: unknown[][];
}
type Parts = { id: string; range: string };
type Query = Record<string, string | undefined>;

const SHEETS = { constraints: { host: 'sheets.googleapis.com' } };
const VALUES = '/v4/spreadsheets/:id/values/:range';

/** Google's sign-in and one spreadsheet of Google Sheets (developers.google.com/workspace/sheets/api/reference/rest). */
export class GoogleSheets {
	readonly client = { clientId: 'stand-in.apps.googleusercontent.com', clientSecret: 'google-stand-in' };
	readonly refreshToken = '1//stand-in';
	/** The tabs of the spreadsheet by name. */
	readonly tabs = new Map<string, Grid>();
	private readonly tokens = new Set<string>();

	/** @param id of the spreadsheet, as its address shows it */
	constructor(readonly id = 'PUT-THE-ADDRESS-OF-YOUR-SHEET-HERE') {}

	/** Makes a tab anew. */
	fill(tab: string, rows: Row[] = []): void {
		this.tabs.set(tab, new Grid(rows));
	}

	/** What stands in a tab, as it is seen on the screen. */
	shown(tab: string): unknown[][] {
		return this.tab(tab).read({}, true);
	}

	register(server: FastifyInstance): void {
		server.post('/token', { constraints: { host: 'oauth2.googleapis.com' } }, async ({ body }) => this.token(body as Query));
		server.get<{ Params: Parts }>('/v4/spreadsheets/:id', SHEETS, async (request) => {
			this.admit(request, request.params.id);
			const sheets = [...this.tabs].map(([title, { rowCount, columnCount }], index) => ({
				properties: { sheetId: index * 1001, title, index, sheetType: 'GRID', gridProperties: { rowCount, columnCount } },
			}));
			return { sheets };
		});
		server.post<{ Params: Parts }>('/v4/spreadsheets/:id', SHEETS, async (request) => {
			const [id = '', verb] = request.params.id.split(':');
			this.admit(request, id);
			if (verb !== 'batchUpdate') throw refused(404, 'NOT_FOUND', `No method ${verb}`);
			const { requests = [] } = request.body as { requests?: Array<{ appendDimension?: { sheetId: unknown; dimension: string; length: number } }> };
			if (requests.length === 0) throw invalid('Must specify at least one request.');
			for (const { appendDimension } of requests) this.appendDimension(appendDimension);
			return { spreadsheetId: id, replies: requests.map(() => ({})) };
		});
		server.get<{ Params: Parts; Querystring: Query }>(VALUES, SHEETS, async (request) => {
			this.admit(request, request.params.id);
			const { range } = request.params;
			const values = this.at(range).read(request.query['valueRenderOption'] !== 'UNFORMATTED_VALUE');
			return { range, majorDimension: 'ROWS', ...(values.length > 0 ? { values } : {}) };
		});
		server.put<{ Params: Parts; Querystring: Query }>(VALUES, SHEETS, async (request) => {
			this.admit(request, request.params.id);
			const { range } = request.params;
			const body = request.body as ValueRange;
			if (body.range !== undefined && body.range !== range) throw invalid(`Requested writing within range [${range}], but the body says [${body.range}]`);
			this.write({ ...body, range }, request.query['valueInputOption']);
			return { spreadsheetId: this.id, updatedRange: range };
		});
		server.post<{ Params: Parts }>(VALUES, SHEETS, async (request) => {
			this.admit(request, request.params.id);
			const [, range = '', verb] = /^(.*):(\w+)$/su.exec(request.params.range) ?? [];
			if (verb !== 'clear') throw refused(404, 'NOT_FOUND', `No method ${verb}`);
			this.at(range).clear();
			return { spreadsheetId: this.id, clearedRange: range };
		});
		server.post<{ Params: Parts }>('/v4/spreadsheets/:id/values::batchUpdate', SHEETS, async (request) => {
			this.admit(request, request.params.id);
			const { data = [], valueInputOption } = request.body as { data?: ValueRange[]; valueInputOption?: string };
			for (const range of data) this.write(range, valueInputOption);
			return { spreadsheetId: this.id, responses: data.map(({ range }) => ({ updatedRange: range })) };
		});
	}

	/** Renews an access token, as a person's consent allows it. */
	private token({ grant_type, client_id, client_secret, refresh_token }: Query): object {
		const no = (status: number, error: string): Refusal => new Refusal(status, { error }, `Google's sign-in: ${error}`);
		if (grant_type !== 'refresh_token') throw no(400, 'unsupported_grant_type');
		if (client_id !== this.client.clientId || client_secret !== this.client.clientSecret) throw no(401, 'invalid_client');
		if (refresh_token !== this.refreshToken) throw no(400, 'invalid_grant');
		const access_token = `ya29.${this.tokens.size + 1}`;
		this.tokens.add(access_token);
		return { access_token, expires_in: 3599, token_type: 'Bearer', scope: 'https://www.googleapis.com/auth/spreadsheets' };
	}

	private admit({ headers }: FastifyRequest, id: string): void {
		const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
		if (scheme !== 'Bearer' || !this.tokens.has(token)) throw refused(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		if (id !== this.id) throw refused(404, 'NOT_FOUND', 'Requested entity was not found.');
	}

	private tab(name: string): Grid {
		const grid = this.tabs.get(name);
		if (!grid) throw invalid(`Unable to parse range: ${name}`);
		return grid;
	}

	/** The cells of a range in A1 notation. */
	private at(range: string): { read: (shown: boolean) => unknown[][]; clear: () => void; write: (values: Row[]) => void } {
		const [, quoted, bare, cells = ''] = /^(?:'((?:[^']|'')+)'|([^'!]+))(?:!(.+))?$/u.exec(range) ?? [];
		// Google: single quotes are required for sheet names with spaces or special characters.
		if (bare !== undefined && !/^\w+$/u.test(bare)) throw invalid(`Unable to parse range: ${range}`);
		const grid = this.tab(quoted?.replaceAll("''", "'") ?? bare ?? range);
		const area = Grid.area(cells);
		if (!area) throw invalid(`Unable to parse range: ${range}`);
		return {
			read: (shown) => grid.read(area, shown),
			clear: () => grid.clear(area),
			write: (values) => {
				const complaint = grid.write(area, values);
				if (complaint !== undefined) throw invalid(`Range (${range}) ${complaint}`);
			},
		};
	}

	private write({ range = '', values = [] }: ValueRange, option: string | undefined): void {
		if (option !== 'RAW' && option !== 'USER_ENTERED') throw invalid("'valueInputOption' is required but not specified");
		// What a person types becomes a number, a date or a formula; then codes lose their zeros, and an event may be a formula.
		if (option !== 'RAW') throw invalid('Not played here: the examples write values as they are (Cell Format: Let n8n format)');
		const wrong = values.flat().find((value) => value !== null && !['string', 'number', 'boolean'].includes(typeof value));
		if (wrong !== undefined) throw invalid(`Invalid values: ${JSON.stringify(wrong)}`);
		this.at(range).write(values as Row[]);
	}

	private appendDimension(asked: { sheetId: unknown; dimension: string; length: number } | undefined): void {
		const grid = [...this.tabs.values()][Number(asked?.sheetId) / 1001];
		if (!asked || !grid) throw invalid(`No grid with id: ${JSON.stringify(asked?.sheetId)}`);
		if (!(asked.length > 0)) throw invalid('Invalid requests[0].appendDimension: Must append at least one row or column.');
		if (asked.dimension === 'ROWS') grid.rowCount += asked.length;
		else if (asked.dimension === 'COLUMNS') grid.columnCount += asked.length;
		else throw invalid(`Invalid dimension ${asked.dimension}`);
	}
}
