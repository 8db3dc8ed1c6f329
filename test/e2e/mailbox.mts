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

	/** Returns the emails received since the last call, oldest first. */
	async takeEmails(): Promise<Email[]> {
		const response = await fetch(`${this.mailServer.url}/email`);
		const emails = await Promise.all(((await response.json()) as StoredEmail[]).map((email) => this.readEmail(email)));
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
