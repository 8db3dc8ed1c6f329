import type { FastifyInstance } from 'fastify';

/** Message that was posted. */
export interface SlackMessage {
	channel: string;
	text: string;
}

/** Entities, links or mentions in angle brackets, and characters that have to be entities. */
const SPECIAL_CHARACTERS = /&(?:amp|lt|gt);|<(?:[@#!]|https?:|mailto:)[^<>]+>|[&<>]/gu;

/**
 * Part of Slack's Web API that the Slack node needs to post a message.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export class FakeSlack {
	readonly token = 'xoxb-stand-in';
	/** Channels that the app is a member of. */
	readonly channels = new Set<string>();
	readonly postedMessages: SlackMessage[] = [];

	/**
	 * Registers Slack's routes.
	 * @param reportViolation - Receives what Slack documents as invalid
	 */
	registerRoutes(server: FastifyInstance, reportViolation: (violation: string) => void): void {
		server.post('/api/chat.postMessage', { constraints: { host: 'slack.com' } }, async ({ body, headers }) => {
			const message = (body ?? {}) as Partial<SlackMessage>;
			const error = this.findRequestError(message, headers.authorization);
			// Slack reports errors with status 200.
			if (error) {
				reportViolation(`Slack: ${error}`);
				return { ok: false, error };
			}
			const { channel = '', text = '' } = message;
			const unescapedCharacters = (text.match(SPECIAL_CHARACTERS) ?? []).filter((match) => match.length === 1);
			if (unescapedCharacters.length > 0)
				reportViolation(`Slack wants & < > as entities, this has ${unescapedCharacters.join(' ')}: ${text}`);
			this.postedMessages.push({ channel, text });
			return {
				ok: true,
				channel: `C-${channel}`,
				ts: `${1_700_000_000 + this.postedMessages.length}.000100`,
				message: { type: 'message', text },
			};
		});
	}

	private findRequestError(
		{ channel, text }: Partial<SlackMessage>,
		authorization: string | undefined,
	): string | undefined {
		if (authorization === undefined) return 'not_authed';
		if (authorization !== `Bearer ${this.token}`) return 'invalid_auth';
		if (!channel) return 'invalid_arguments';
		if (!this.channels.has(channel.replace(/^#/u, ''))) return 'channel_not_found';
		if (!text) return 'no_text';
		return undefined;
	}
}
