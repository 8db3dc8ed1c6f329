import type { FastifyInstance } from 'fastify';

/** Message that was pushed. */
export interface LineMessage {
	to: string;
	text: string;
}

/** Body of a push request. */
interface PushRequest {
	to?: unknown;
	messages?: Array<{ type?: unknown; text?: unknown }>;
}

const MAX_MESSAGES = 5;
/** Maximum length of a text in UTF-16 code units. */
const MAX_TEXT_LENGTH = 5_000;

/**
 * Endpoint of LINE's Messaging API that sends text messages.
 * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
 */
export class FakeLine {
	readonly token = 'line-stand-in';
	/** ID of the only recipient. */
	readonly recipient = 'PASTE-YOUR-USER-ID-HERE';
	readonly pushedMessages: LineMessage[] = [];

	/**
	 * Registers LINE's route.
	 * @param reportViolation - Receives what LINE documents as invalid
	 */
	registerRoutes(server: FastifyInstance, reportViolation: (violation: string) => void): void {
		const route = { constraints: { host: 'api.line.me' } };
		server.post('/v2/bot/message/push', route, async ({ body, headers }, reply) => {
			const isAuthorized = headers.authorization === `Bearer ${this.token}`;
			const message = isAuthorized ? this.findBodyError(body ?? {}) : 'Authentication failed';
			if (message !== undefined) {
				reportViolation(`LINE: ${message}`);
				return await reply.code(isAuthorized ? 400 : 401).send({ message });
			}
			const { to, messages = [] } = body as PushRequest;
			for (const { text } of messages) this.pushedMessages.push({ to: String(to), text: String(text) });
			return { sentMessages: messages.map((_, index) => ({ id: String(index + 1), quoteToken: 'stand-in' })) };
		});
	}

	private findBodyError({ to, messages = [] }: PushRequest): string | undefined {
		if (to !== this.recipient) return "The property, 'to', in the request body is invalid";
		if (!Array.isArray(messages) || messages.length === 0 || messages.length > MAX_MESSAGES)
			return `Size must be between 1 and ${MAX_MESSAGES}`;
		for (const { type, text } of messages) {
			if (type !== 'text' || typeof text !== 'string' || text === '') return 'May not be empty';
			if (text.length > MAX_TEXT_LENGTH) return `Length must be between 0 and ${MAX_TEXT_LENGTH}`;
		}
		return undefined;
	}
}
