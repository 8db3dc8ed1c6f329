import { setTimeout as sleep } from 'node:timers/promises';
import type { MailServer } from '../../scripts/instance/mailServer.mts';

/** File that is attached to an email. */
export interface Attachment {
	fileName: string;
	content: Buffer;
}

/** Received email. */
export interface Email {
	to: string[];
	subject: string;
	html: string;
	/** Text of the HTML, with one space between words. */
	text: string;
	attachments: Attachment[];
}

/** Email in the REST API of the mail server. */
interface StoredEmail {
	id: string;
	subject: string;
	html: string;
	to: Array<{ address: string }>;
	attachments: Array<{ fileName: string; generatedFileName: string }> | null;
}

/** Time in ms within which the mail server stores an email, and between two reads. */
const STORE_TIMEOUT_MS = 3_000;
const STORE_INTERVAL_MS = 200;

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&amp;': '&' };

/** Returns the text that a reader of the HTML sees. */
const toText = (html: string): string =>
	html
		.replaceAll(/<[^>]+>/gu, ' ')
		.replaceAll(/&(?:lt|gt|nbsp|amp);/gu, (entity) => ENTITIES[entity] ?? '')
		.replaceAll(/\s+/gu, ' ')
		.trim();

/** Emails that the local mail server received. */
export class Mailbox {
	constructor(private readonly mailServer: MailServer) {}

	/**
	 * Takes the emails received since the last call, oldest first. The mail server accepts an email before it stores it.
	 * @param count - Number of emails to wait for
	 * @returns these emails, and any others that were stored by then
	 */
	async takeEmails(count = 1): Promise<Email[]> {
		let storedEmails: StoredEmail[] = [];
		for (const deadlineMs = Date.now() + STORE_TIMEOUT_MS; Date.now() < deadlineMs; await sleep(STORE_INTERVAL_MS)) {
			const response = await fetch(`${this.mailServer.url}/email`);
			storedEmails = (await response.json()) as StoredEmail[];
			if (count > 0 && storedEmails.length >= count) break;
		}
		const emails = await Promise.all(storedEmails.map((email) => this.readEmail(email)));
		await fetch(`${this.mailServer.url}/email/all`, { method: 'DELETE' });
		return emails;
	}

	private async readEmail({ id, subject, html, to, attachments }: StoredEmail): Promise<Email> {
		const readAttachment = async ({ fileName, generatedFileName }: { fileName: string; generatedFileName: string }) => {
			const response = await fetch(`${this.mailServer.url}/email/${id}/attachment/${generatedFileName}`);
			return { fileName, content: Buffer.from(await response.arrayBuffer()) };
		};
		return {
			subject,
			html,
			text: toText(html),
			to: to.map(({ address }) => address),
			attachments: await Promise.all((attachments ?? []).map(readAttachment)),
		};
	}
}
