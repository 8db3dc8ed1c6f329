import type { FastifyInstance } from 'fastify';

/** A message as it was posted. */
export interface Posted {
	channel: string;
	text: string;
}

/** What is told apart in a text: an entity, a link or mention in angle brackets, or a sign that should have been an entity. */
const SIGNS = /&(?:amp|lt|gt);|<(?:[@#!]|https?:|mailto:)[^<>]+>|[&<>]/gu;

const SECOND = 1_000;

/** Slack's Web API, as far as the node Slack needs it to post (docs.slack.dev/reference/methods/chat.postMessage). */
export class Slack {
	readonly token = 'xoxb-stand-in';
	/** The channels to which the app has been invited. */
	readonly channels = new Set<string>();
	readonly posted: Posted[] = [];
	/** When the last message went to a channel, in milliseconds. */
	private readonly last = new Map<string, number>();

	/** @param complain hears what Slack documents as wrong */
	register(server: FastifyInstance, complain: (complaint: string) => void): void {
		server.post('/api/chat.postMessage', { constraints: { host: 'slack.com' } }, async ({ body, headers }, reply) => {
			const message = (body ?? {}) as Partial<Posted>;
			const error = this.refuses(message, headers.authorization);
			// Slack says no with status 200.
			if (error) {
				complain(`Slack: ${error}`);
				return { ok: false, error };
			}
			const { channel = '', text = '' } = message;
			const bare = (text.match(SIGNS) ?? []).filter((sign) => sign.length === 1);
			if (bare.length > 0) complain(`Slack wants & < > as entities, this has ${bare.join(' ')}: ${text}`);
			// docs.slack.dev/apis/web-api/rate-limits: one message per second and channel.
			if (Date.now() - (this.last.get(channel) ?? 0) < SECOND) {
				complain(`Slack: a second message to ${channel} within a second`);
				return await reply.code(429).header('retry-after', '1').send({ ok: false, error: 'ratelimited' });
			}
			this.last.set(channel, Date.now());
			this.posted.push({ channel, text });
			return { ok: true, channel: `C-${channel}`, ts: `${1_700_000_000 + this.posted.length}.000100`, message: { type: 'message', text } };
		});
	}

	private refuses({ channel, text }: Partial<Posted>, authorization: string | undefined): string | undefined {
		if (authorization === undefined) return 'not_authed';
		if (authorization !== `Bearer ${this.token}`) return 'invalid_auth';
		if (!channel) return 'invalid_arguments';
		if (!this.channels.has(channel.replace(/^#/u, ''))) return 'channel_not_found';
		if (!text) return 'no_text';
		return undefined;
	}
}
