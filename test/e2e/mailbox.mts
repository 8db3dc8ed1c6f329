import assert from 'node:assert/strict';
import type { MailServer } from '../../scripts/instance/mailServer.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';

/** File that is attached to an email. */
export interface Attachment {
	fileName: string;
	content: Buffer;
}

/** Received email. */
export interface Email {
	to: string[];
	subject: string;
	/** HTML of the email. That of an email as text shows the text. */
	html: string;
	/** Text of the HTML or of the email, with one space between words. */
	text: string;
	/** Texts of the cells of its tables, row by row. */
	rows: string[][];
	attachments: Attachment[];
}

/** Email in the REST API of the mail server. */
interface StoredEmail {
	id: string;
	subject: string;
	/** Undefined for an email as text. */
	html?: string;
	text?: string;
	to: Array<{ address: string }>;
	attachments: Array<{ fileName: string; generatedFileName: string }> | null;
}

/** Time in ms within which the mail server stores an email, and between two reads. */
const STORE_TIMEOUT_MS = 3_000;
const STORE_INTERVAL_MS = 200;

/** Characters by the names of their entities. */
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', nbsp: ' ', amp: '&', quot: '"', apos: "'" };

/** Builds the HTML that shows an email as text, as mail programs do. */
const toHtml = (text: string): string => {
	const escapedText = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<div style="white-space:pre-wrap;overflow-wrap:anywhere;font-family:Arial,sans-serif;font-size:14px">${escapedText}</div>`;
};

/** Returns the text that a reader of the HTML sees. */
const toText = (html: string): string =>
	html
		.replaceAll(/<[^>]+>/gu, ' ')
		.replaceAll(/&(?:#(\d+)|(\w+));/gu, (entity: string, code: string | undefined, name: string) =>
			code ? String.fromCodePoint(Number(code)) : (ENTITIES[name] ?? entity),
		)
		.replaceAll(/\s+/gu, ' ')
		.trim();

/** Returns the texts of the cells of all tables, row by row. */
const toRows = (html: string): string[][] =>
	[...html.matchAll(/<tr[^>]*>([^]*?)<\/tr>/gu)].map(([, row = '']) =>
		[...row.matchAll(/<t[dh][^>]*>([^]*?)<\/t[dh]>/gu)].map(([, cell = '']) => toText(cell)),
	);

/** Emails that the local mail server received. */
export class Mailbox {
	constructor(
		private readonly script: ScriptContext,
		private readonly mailServer: MailServer,
	) {}

	/**
	 * Takes the emails received since the last call, oldest first. The mail server accepts an email before it stores it.
	 * @param count - Number of emails to wait for
	 * @returns these emails, and any others that were stored by then
	 */
	async takeEmails(count = 1): Promise<Email[]> {
		const areStored = async (): Promise<boolean> => (await this.listEmails()).length >= count;
		await this.script.waitFor(areStored, STORE_TIMEOUT_MS, STORE_INTERVAL_MS);
		const storedEmails = await this.listEmails();
		const emails = await Promise.all(storedEmails.map((email) => this.readEmail(email)));
		await this.delete(storedEmails);
		return emails;
	}

	/** Asserts that a page that does not know the address of the emails can neither read nor delete them. */
	async assertPrivate(): Promise<void> {
		const { origin } = new URL(this.mailServer.url);
		const requests = [
			['GET', '/'],
			['GET', '/email'],
			['DELETE', '/email/all'],
			['GET', '/socket.io/?EIO=4&transport=polling'],
		] as const;
		for (const [method, path] of requests)
			assert.equal((await fetch(origin + path, { method, headers: { origin: 'https://example.com' } })).status, 404);
		assert.equal(await this.hasEmails(), true);
	}

	/** Asserts that no email was received since the last call of `takeEmails`. */
	async assertEmpty(): Promise<void> {
		await this.script.pause(STORE_TIMEOUT_MS);
		assert.deepEqual(await this.listEmails(), []);
	}

	/** Deletes all emails. */
	async clear(): Promise<void> {
		await this.delete(await this.listEmails());
	}

	/** Whether an email was received since the last call of `takeEmails`. */
	async hasEmails(): Promise<boolean> {
		return (await this.listEmails()).length > 0;
	}

	/** Deletes emails one by one. To delete all, maildev deletes the files of its folder, and ends if one is missing. */
	private async delete(emails: StoredEmail[]): Promise<void> {
		await Promise.all(emails.map(({ id }) => fetch(`${this.mailServer.url}/email/${id}`, { method: 'DELETE' })));
	}

	private async listEmails(): Promise<StoredEmail[]> {
		const response = await fetch(`${this.mailServer.url}/email`);
		return (await response.json()) as StoredEmail[];
	}

	private async readEmail({ id, subject, html: storedHtml, text = '', to, attachments }: StoredEmail): Promise<Email> {
		const html = storedHtml ?? toHtml(text);
		const readAttachment = async ({ fileName, generatedFileName }: { fileName: string; generatedFileName: string }) => {
			const response = await fetch(`${this.mailServer.url}/email/${id}/attachment/${generatedFileName}`);
			return { fileName, content: Buffer.from(await response.arrayBuffer()) };
		};
		return {
			subject,
			html,
			text: toText(html),
			rows: toRows(html),
			to: to.map(({ address }) => address),
			attachments: await Promise.all((attachments ?? []).map(readAttachment)),
		};
	}
}
