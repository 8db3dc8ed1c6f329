import { STATUS_CODES } from 'node:http';

/** HTTP response. */
export interface SandboxResponse {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** Messages of Azure API Management, the gateway of GoFive's API. */
export const GATEWAY_MESSAGES = {
	missingKey:
		'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
	invalidKey:
		'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
	token: 'Unauthorized. Access token is missing or invalid.',
	quota: 'Out of call volume quota. Quota will be replenished in 02:12:45.',
	notFound: 'Resource not found',
	rateLimit: (seconds: number) => `Rate limit is exceeded. Try again in ${seconds} seconds.`,
} as const;

const MESSAGE_BY_STATUS: Record<number, string> = {
	401: GATEWAY_MESSAGES.token,
	403: GATEWAY_MESSAGES.quota,
	404: GATEWAY_MESSAGES.notFound,
	429: GATEWAY_MESSAGES.rateLimit(1),
};
/** Other statuses that the gateway sends, with the reason phrase as the message. */
const GATEWAY_STATUSES = [405, 408, 413, 415, 500, 501, 502, 503, 504];

/** Builds a JSON response. */
export const jsonResponse = (status: number, body: unknown, headers: Record<string, string> = {}): SandboxResponse => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
	body: JSON.stringify(body),
});

/** Builds GoFive's envelope. The code "1000" means success. */
export const buildEnvelope = (code: string, description: string, data: unknown) => ({
	status: { code, description },
	data,
});

/** Builds the response to a business error, which has HTTP 200. */
export const businessErrorResponse = (description: string): SandboxResponse =>
	jsonResponse(200, buildEnvelope('4001', description, null));

/** Builds GoFive's response to an invalid request. The code is 4001 for one violation and 4002 for more. */
export const contractViolationResponse = (violations: string[]): SandboxResponse =>
	jsonResponse(400, buildEnvelope(violations.length > 1 ? '4002' : '4001', violations.join('; '), null));

/** Builds a response of Azure API Management. */
export const gatewayResponse = (
	statusCode: number,
	message: string,
	headers: Record<string, string> = {},
): SandboxResponse => jsonResponse(statusCode, { statusCode, message }, headers);

/** Formats the message for a method and path that the contract does not describe. */
export const formatNotDescribed = (method: string, path: string): string =>
	`${GATEWAY_MESSAGES.notFound}: the contract does not describe ${method} ${path}`;

/** Builds the response to a request that exceeds the rate limit. */
export function rateLimitedResponse(seconds: number, retryAfter: 'seconds' | 'none' = 'seconds'): SandboxResponse {
	const headers: Record<string, string> = retryAfter === 'none' ? {} : { 'retry-after': String(seconds) };
	return gatewayResponse(429, GATEWAY_MESSAGES.rateLimit(seconds), headers);
}

/** Builds the response to a status, for faults without a body. */
export function defaultResponse(status: number): SandboxResponse {
	if (status < 400) return jsonResponse(status, buildEnvelope('1000', 'Success', null));
	const message = GATEWAY_STATUSES.includes(status) ? STATUS_CODES[status] : MESSAGE_BY_STATUS[status];
	return message === undefined
		? jsonResponse(status, buildEnvelope('4001', 'Bad request', null))
		: gatewayResponse(status, message);
}
