import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FakeSheetTab, type SheetRow } from './fakeSheetTab.mts';

/** Error response of Google. */
export class GoogleApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
		message: string,
	) {
		super(message);
	}
}

/**
 * Creates an error in Google's format.
 * @see https://cloud.google.com/apis/design/errors
 */
const createGoogleError = (code: number, status: string, message: string): GoogleApiError =>
	new GoogleApiError(code, { error: { code, message, status } }, message);
const createInvalidArgumentError = (message: string): GoogleApiError =>
	createGoogleError(400, 'INVALID_ARGUMENT', message);

interface ValueRange {
	range?: string;
	values?: unknown[][];
}
type RouteParams = { id: string; range: string };
type QueryParams = Record<string, string | undefined>;

const SHEETS_HOST = { constraints: { host: 'sheets.googleapis.com' } };
const VALUES_ROUTE = '/v4/spreadsheets/:id/values/:range';

/**
 * Google's token endpoint and one spreadsheet of Google Sheets.
 * @see https://developers.google.com/workspace/sheets/api/reference/rest
 */
export class FakeGoogleSheets {
	readonly client = { clientId: 'stand-in.apps.googleusercontent.com', clientSecret: 'google-stand-in' };
	readonly refreshToken = '1//stand-in';
	/** Tabs of the spreadsheet by name. */
	readonly tabs = new Map<string, FakeSheetTab>();
	private readonly tokens = new Set<string>();

	/** @param id - ID of the spreadsheet, as in its URL */
	constructor(readonly id = 'PASTE-YOUR-SHEET-URL-HERE') {}

	/** Replaces the rows of a tab. */
	setRows(tabName: string, rows: SheetRow[] = []): void {
		this.tabs.set(tabName, new FakeSheetTab(rows));
	}

	/** Returns the formatted rows of a tab. */
	getDisplayedRows(tabName: string): unknown[][] {
		return this.getTab(tabName).read({}, true);
	}

	registerRoutes(server: FastifyInstance): void {
		server.post('/token', { constraints: { host: 'oauth2.googleapis.com' } }, async ({ body }) =>
			this.refreshAccessToken(body as QueryParams),
		);
		server.get<{ Params: RouteParams }>('/v4/spreadsheets/:id', SHEETS_HOST, async (request) => {
			this.assertAuthorized(request, request.params.id);
			const sheets = [...this.tabs].map(([title, { rowCount, columnCount }], index) => ({
				properties: {
					sheetId: index * 1001,
					title,
					index,
					sheetType: 'GRID',
					gridProperties: { rowCount, columnCount },
				},
			}));
			return { sheets };
		});
		server.post<{ Params: RouteParams }>('/v4/spreadsheets/:id', SHEETS_HOST, async (request) => {
			const [id = '', verb] = request.params.id.split(':');
			this.assertAuthorized(request, id);
			if (verb !== 'batchUpdate') throw createGoogleError(404, 'NOT_FOUND', `No method ${verb}`);
			const { requests = [] } = request.body as {
				requests?: Array<{ appendDimension?: { sheetId: unknown; dimension: string; length: number } }>;
			};
			for (const { appendDimension } of requests) this.appendDimension(appendDimension);
			return { spreadsheetId: id, replies: requests.map(() => ({})) };
		});
		server.get<{ Params: RouteParams; Querystring: QueryParams }>(VALUES_ROUTE, SHEETS_HOST, async (request) => {
			this.assertAuthorized(request, request.params.id);
			const { range } = request.params;
			const values = this.getRange(range).read(request.query['valueRenderOption'] !== 'UNFORMATTED_VALUE');
			return { range, majorDimension: 'ROWS', ...(values.length > 0 ? { values } : {}) };
		});
		server.put<{ Params: RouteParams; Querystring: QueryParams }>(VALUES_ROUTE, SHEETS_HOST, async (request) => {
			this.assertAuthorized(request, request.params.id);
			const { range } = request.params;
			this.write({ ...(request.body as ValueRange), range }, request.query['valueInputOption']);
			return { spreadsheetId: this.id, updatedRange: range };
		});
		server.post<{ Params: RouteParams }>('/v4/spreadsheets/:id/values::batchUpdate', SHEETS_HOST, async (request) => {
			this.assertAuthorized(request, request.params.id);
			const { data = [], valueInputOption } = request.body as { data?: ValueRange[]; valueInputOption?: string };
			for (const range of data) this.write(range, valueInputOption);
			return { spreadsheetId: this.id, responses: data.map(({ range }) => ({ updatedRange: range })) };
		});
	}

	/** Issues an access token for the refresh token. */
	private refreshAccessToken({ refresh_token }: QueryParams): object {
		if (refresh_token !== this.refreshToken)
			throw new GoogleApiError(400, { error: 'invalid_grant' }, "Google's sign-in: invalid_grant");
		const access_token = `ya29.${this.tokens.size + 1}`;
		this.tokens.add(access_token);
		return {
			access_token,
			expires_in: 3599,
			token_type: 'Bearer',
			scope: 'https://www.googleapis.com/auth/spreadsheets',
		};
	}

	private assertAuthorized({ headers }: FastifyRequest, id: string): void {
		const [scheme, accessToken = ''] = (headers.authorization ?? '').split(' ');
		if (scheme !== 'Bearer' || !this.tokens.has(accessToken))
			throw createGoogleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		if (id !== this.id) throw createGoogleError(404, 'NOT_FOUND', 'Requested entity was not found.');
	}

	private getTab(name: string): FakeSheetTab {
		const tab = this.tabs.get(name);
		if (!tab) throw createInvalidArgumentError(`Unable to parse range: ${name}`);
		return tab;
	}

	/** Opens a range in A1 notation. */
	private getRange(range: string): {
		read: (isFormatted: boolean) => unknown[][];
		write: (values: SheetRow[]) => void;
	} {
		const [, quoted, unquoted, cells = ''] = /^(?:'((?:[^']|'')+)'|([^'!]+))(?:!(.+))?$/u.exec(range) ?? [];
		// Google requires single quotes around sheet names with spaces or special characters.
		if (unquoted !== undefined && !/^\w+$/u.test(unquoted))
			throw createInvalidArgumentError(`Unable to parse range: ${range}`);
		const tab = this.getTab(quoted?.replaceAll("''", "'") ?? unquoted ?? range);
		const cellRange = FakeSheetTab.parseRange(cells);
		if (!cellRange) throw createInvalidArgumentError(`Unable to parse range: ${range}`);
		return {
			read: (isFormatted) => tab.read(cellRange, isFormatted),
			write: (values) => {
				const violation = tab.write(cellRange, values);
				if (violation !== undefined) throw createInvalidArgumentError(`Range (${range}) ${violation}`);
			},
		};
	}

	private write({ range = '', values = [] }: ValueRange, option: string | undefined): void {
		// With USER_ENTERED Google turns texts into numbers, dates and formulas, so codes lose their zeros.
		if (option !== 'RAW')
			throw createInvalidArgumentError(
				'Not played here: the examples write values as they are (Cell Format: Let n8n format)',
			);
		const invalidValue = values
			.flat()
			.find((value) => value !== null && !['string', 'number', 'boolean'].includes(typeof value));
		if (invalidValue !== undefined) throw createInvalidArgumentError(`Invalid values: ${JSON.stringify(invalidValue)}`);
		this.getRange(range).write(values as SheetRow[]);
	}

	private appendDimension(request: { sheetId: unknown; dimension: string; length: number } | undefined): void {
		const tab = [...this.tabs.values()][Number(request?.sheetId) / 1001];
		if (!request || !tab) throw createInvalidArgumentError(`No grid with id: ${JSON.stringify(request?.sheetId)}`);
		if (request.dimension === 'ROWS') tab.rowCount += request.length;
		else tab.columnCount += request.length;
	}
}
