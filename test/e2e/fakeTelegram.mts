import type { FastifyInstance } from 'fastify';

/** Message that was sent. */
export interface TelegramMessage {
	chat_id: string;
	text: string;
	parse_mode: string;
}

/** Characters that have to be entities, and the tags that Telegram supports. */
const UNESCAPED_PATTERN = /&(?!amp;|lt;|gt;|quot;)|<(?!\/?(?:b|i|u|s|code|pre)>)/u;

/**
 * Part of Telegram's Bot API that sends messages.
 * @see https://core.telegram.org/bots/api#sendmessage
 */
export class FakeTelegram {
	readonly token = '123456:stand-in';
	readonly sentMessages: TelegramMessage[] = [];

	/**
	 * Registers Telegram's route.
	 * @param reportViolation - Receives what Telegram documents as invalid
	 */
	registerRoutes(server: FastifyInstance, reportViolation: (violation: string) => void): void {
		server.post<{ Params: { bot: string } }>('/:bot/sendMessage', async ({ body, params }, reply) => {
			const { chat_id, text, parse_mode } = body as Partial<TelegramMessage>;
			if (
				params.bot !== `bot${this.token}` ||
				!chat_id ||
				!text ||
				parse_mode !== 'HTML' ||
				UNESCAPED_PATTERN.test(text)
			) {
				reportViolation(`Telegram: ${JSON.stringify(body)}`);
				return await reply
					.code(400)
					.send({ ok: false, error_code: 400, description: "Bad Request: can't parse entities" });
			}
			this.sentMessages.push({ chat_id, text, parse_mode });
			return { ok: true, result: { message_id: this.sentMessages.length, text } };
		});
	}
}
