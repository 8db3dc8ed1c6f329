import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { CACHE_FOLDER, REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { launchChromium } from './editorPage.mts';
import type { Email } from './mailbox.mts';

/** Folder with the pictures of the last run. */
const EMAIL_PICTURES_FOLDER = path.join(CACHE_FOLDER, 'last-e2e-emails');
/** Widths in pixels of a phone and of the reading pane of a mail program. */
const WIDTHS = [375, 760];
const MARGIN = 16;

/** Shows emails and pages of examples in Chromium. */
export class EmailPictures {
	private constructor(private readonly browser: Browser) {}

	static async launch(): Promise<EmailPictures> {
		await rm(EMAIL_PICTURES_FOLDER, { recursive: true, force: true });
		await mkdir(EMAIL_PICTURES_FOLDER, { recursive: true });
		return new EmailPictures(await launchChromium());
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Takes the picture of an email for README.md. */
	async takeForReadme({ html }: Email): Promise<void> {
		const page = await this.browser.newPage({ viewport: { width: 520, height: 300 }, deviceScaleFactor: 2 });
		await page.setContent(`<body><div id="email" style="display:inline-block;padding:12px">${html}</div></body>`);
		const screenshot = await page.locator('#email').screenshot();
		const file = path.join(REPOSITORY_ROOT, 'docs', 'pictures', 'report-email.png');
		await writeFile(file, await sharp(screenshot).png({ palette: true, effort: 10 }).toBuffer());
		await page.close();
	}

	/** Takes pictures of an email in both widths. */
	async take(name: string, { html }: Email): Promise<void> {
		const body = `<body style="margin:${MARGIN}px">${html}</body>`;
		await this.takePage(name, (page) => page.setContent(`<meta name="viewport" content="width=device-width">${body}`));
	}

	/**
	 * Takes pictures of a page in both widths.
	 * @param open - Opens the page, and may read it
	 * @throws AssertionError if a part of the page is wider than the window, or if it contains a script
	 */
	async takePage(
		name: string,
		open: (page: Page) => Promise<unknown>,
		options: BrowserContextOptions = {},
	): Promise<void> {
		for (const width of WIDTHS) {
			const page = await this.browser.newPage({ ...options, viewport: { width, height: 400 } });
			await open(page);
			const file = path.join(EMAIL_PICTURES_FOLDER, `${name}-${width}.png`);
			await page.screenshot({ path: file, fullPage: true });
			const contentWidth = await page
				.locator('html')
				.evaluate((element: { scrollWidth: number }) => element.scrollWidth);
			assert.ok(contentWidth <= width, `${name} is ${contentWidth} pixels wide on a page of ${width}`);
			assert.equal(await page.locator('script').count(), 0, `${name} contains a script`);
			await page.close();
		}
	}
}
