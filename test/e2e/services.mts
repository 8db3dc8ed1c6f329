/** Range of a sheet with its values. */
export interface SheetRange {
	range: string;
	values: unknown[][];
}

/** Keys of the bodies that the examples send. `range` and `values` are those of a single range of Google Sheets. */
export interface ServiceBody extends Partial<SheetRange> {
	/** Slack. */
	channel?: string;
	/** Slack and Telegram. */
	text?: string;
	/** Telegram. */
	chat_id?: string;
	parse_mode?: string;
	/** LINE. */
	to?: string;
	messages?: Array<{ type: string; text: string }>;
	/** Google Sheets: several ranges. */
	data?: SheetRange[];
	valueInputOption?: string;
	/** Google Sheets: changes of the size of a sheet. */
	requests?: object[];
}

/** Request that n8n sent to a service. */
export interface ServiceRequest {
	method: string;
	host: string;
	/** Host and path. */
	address: string;
	query: Record<string, string | undefined>;
	authorization: string | undefined;
	body: ServiceBody;
}

/** Tokens in the credentials. */
export const SERVICE_TOKENS = {
	slack: 'xoxb-token',
	line: 'line-token',
	telegram: '123456:telegram-token',
	google: 'ya29.token',
};

export const SLACK_ADDRESS = 'slack.com/api/chat.postMessage';
export const LINE_ADDRESS = 'api.line.me/v2/bot/message/push';
export const TELEGRAM_ADDRESS = `api.telegram.org/bot${SERVICE_TOKENS.telegram}/sendMessage`;
const SHEETS_HOST = 'sheets.googleapis.com';
const SPREADSHEET_ADDRESS = `${SHEETS_HOST}/v4/spreadsheets/PASTE-YOUR-SHEET-URL-HERE`;
export const SHEET_VALUES_ADDRESS = `${SPREADSHEET_ADDRESS}/values`;
const SHEET_NAMES = ['Events', 'Quotations', 'Stock'];

/**
 * Responses by method and address. "*" is any last part of a path. A test adds the rows of a sheet.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
 * @see https://core.telegram.org/bots/api#sendmessage
 * @see https://developers.google.com/workspace/sheets/api/reference/rest
 */
export const SERVICE_RESPONSES: Record<string, object> = {
	[`POST ${SLACK_ADDRESS}`]: { ok: true, channel: 'C1', ts: '1700000000.000100' },
	[`POST ${LINE_ADDRESS}`]: { sentMessages: [{ id: '1', quoteToken: 'quote' }] },
	[`POST ${TELEGRAM_ADDRESS}`]: { ok: true, result: { message_id: 1 } },
	[`GET ${SPREADSHEET_ADDRESS}`]: {
		sheets: SHEET_NAMES.map((title, index) => ({ properties: { sheetId: index, title, index } })),
	},
	[`POST ${SPREADSHEET_ADDRESS}:batchUpdate`]: {},
	[`POST ${SHEET_VALUES_ADDRESS}:batchUpdate`]: {},
	[`PUT ${SHEET_VALUES_ADDRESS}/*`]: {},
};

/** Returns the ranges that a request writes to a sheet. */
export function getWrittenRanges({ body }: ServiceRequest): SheetRange[] {
	const { range, values, data = [] } = body;
	return range !== undefined && values ? [{ range, values }] : data;
}

const hasToken =
	(token: string) =>
	({ authorization }: ServiceRequest): boolean =>
		authorization === `Bearer ${token}`;

/** Rules for the requests to a host, each with a sentence for a request that breaks it. */
export const SERVICE_RULES: Array<[host: string, problem: string, holds: (request: ServiceRequest) => boolean]> = [
	['slack.com', 'The token is not the one of the credential', hasToken(SERVICE_TOKENS.slack)],
	['api.line.me', 'The token is not the one of the credential', hasToken(SERVICE_TOKENS.line)],
	[SHEETS_HOST, 'The token is not the one of the credential', hasToken(SERVICE_TOKENS.google)],
	[
		'slack.com',
		'The channel is not in a note',
		({ body: { channel = '' } }) => ['#complaints', '#sales'].includes(channel),
	],
	[
		'slack.com',
		'The text is empty, or contains &, < or > that is no entity',
		({ body: { text = '' } }) => text !== '' && !/[<>]|&(?!(?:amp|lt|gt);)/u.test(text),
	],
	[
		'api.telegram.org',
		'The chat is not the one of the note',
		({ body: { chat_id: id } }) => id === 'PASTE-THE-CHAT-ID-HERE',
	],
	[
		'api.telegram.org',
		'The text is empty, not HTML, or contains &, < or > that is neither an entity nor of the tag b',
		({ body: { text = '', parse_mode: mode } }) =>
			mode === 'HTML' && text !== '' && !/[<>]|&(?!(?:amp|lt|gt|quot);)/u.test(text.replaceAll(/<\/?b>/gu, '')),
	],
	['api.line.me', 'The recipient is not the one of the note', ({ body: { to } }) => to === 'PASTE-YOUR-USER-ID-HERE'],
	[
		'api.line.me',
		'There are not 1 to 5 messages of 1 to 5,000 characters',
		({ body: { messages = [] } }) =>
			[1, 2, 3, 4, 5].includes(messages.length) &&
			messages.every(({ type, text }) => type === 'text' && text.length > 0 && text.length <= 5_000),
	],
	[
		SHEETS_HOST,
		// With USER_ENTERED, Google turns texts into numbers, dates and formulas, so codes lose their zeros.
		'A value is not plain, or not written as it is (RAW)',
		(request) =>
			getWrittenRanges(request).every(
				({ values }) =>
					(request.query['valueInputOption'] ?? request.body.valueInputOption) === 'RAW' &&
					values.flat().every((value) => ['string', 'number', 'boolean'].includes(typeof value)),
			),
	],
	[
		SHEETS_HOST,
		'The sheet is changed in another way than by an added row',
		({ body: { requests = [] } }) => requests.every((request) => Object.keys(request).join() === 'appendDimension'),
	],
];
