import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { SignIn } from '../../scripts/start/environment.mts';

const PLACES = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const SIZE = { width: 1440, height: 900 };
/** Where the middle of the parameters is dragged to, so that input and output both have room. */
const PARAMETERS_AT = 440;
/** Bytes that a picture of the documentation may have. */
const LARGEST = 300_000;
/** Milliseconds that anything on the screen may take to appear. */
const PATIENCE = 30_000;
/** How often a list is clicked in that time. */
const CLICKS = 6;
/** Milliseconds after which a list that is open stays open. */
const SETTLED = 500;
/** What no node is found by. */
const NONSENSE = 'qzxjvw';

/** @returns the program of Chromium; @throws AssertionError when there is none */
export function findChromium(): string {
	const program = PLACES.find((place) => place && existsSync(place));
	assert.ok(program, 'There is no Chromium here. Install it (apt-get install chromium), or let CHROMIUM name its program.');
	return program;
}

/** n8n in Chromium, used as a person uses it. */
export class Screen {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
		private readonly pictures: string,
	) {}

	/** @param executablePath of Chromium; @param url of n8n; @param pictures the folder that the pictures go to, and that is emptied before */
	static async open(executablePath: string, url: string, pictures: string): Promise<Screen> {
		await rm(pictures, { recursive: true, force: true });
		await mkdir(pictures, { recursive: true });
		// Chromium's own sandbox does not work for root, which is what one is in most containers.
		const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
		const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', timezoneId: 'Asia/Bangkok' });
		page.setDefaultTimeout(PATIENCE);
		return new Screen(browser, page, url, pictures);
	}

	close(): Promise<void> {
		return this.browser.close();
	}

	/** A part of the screen by the name that n8n's own tests give it. */
	part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** Closes n8n's passing messages, then takes a picture. */
	async picture(name: string): Promise<void> {
		const messages = this.page.locator('.el-notification__closeBtn');
		for (const message of await messages.all()) await message.click();
		await this.page.mouse.move(SIZE.width / 2, SIZE.height - 5);
		await messages.first().waitFor({ state: 'detached' });
		await this.photograph(name);
	}

	/** A picture of the screen as it is. */
	async photograph(name: string): Promise<void> {
		const picture = await this.page.screenshot({ animations: 'disabled' });
		await writeFile(path.join(this.pictures, `${name}.png`), picture);
		assert.ok(picture.length <= LARGEST, `The picture ${name} has ${picture.length} bytes, more than ${LARGEST}`);
	}

	async signIn({ email, password }: SignIn): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.fill('input[name="emailOrLdapLoginId"]', email);
		await this.page.fill('input[type="password"]', password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL((address) => !address.pathname.includes('signin'));
	}

	/** Opens a workflow. @param id "new" for an empty one */
	async open(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-wrapper').waitFor();
	}

	/** The node of that name on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Types into the nodes panel. @returns the names of the nodes that it shows once `expected` is among them */
	async search(text: string, expected: string): Promise<string[]> {
		const names = this.part('node-creator-item-name');
		const found = names.getByText(expected, { exact: true }).first();
		// What an earlier word has found must be gone, or it passes for what this one finds.
		await this.part('node-creator-search-bar').fill(NONSENSE);
		await found.waitFor({ state: 'hidden' });
		await this.part('node-creator-search-bar').fill(text);
		await found.waitFor();
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Opens an empty workflow and puts a node of GoFive into it, whose form then opens. @param action as the panel calls it */
	async begin(search: string, action: string): Promise<void> {
		await this.open('new');
		await this.part('canvas-plus-button').click();
		await this.search(search, 'GoFive');
		await this.take(action);
	}

	/** Takes an action or a trigger of GoFive from the panel, which shows the node. */
	async take(action: string): Promise<void> {
		const entry = this.part('node-creator-item-name').getByText(action, { exact: true });
		await this.part('node-creator-item-name').getByText('GoFive', { exact: true }).click();
		await this.part('node-creator-category-item').first().waitFor();
		// The actions are folded away while a workflow has no trigger.
		if (!(await entry.isVisible())) await this.part('node-creator-category-item').last().click();
		await entry.click();
		await this.part('node-parameters').waitFor();
	}

	/** A field of the form that is open. @param index of several lines */
	field(name: string, index = 0): Locator {
		return this.part(`parameter-input-${name}`).nth(index);
	}

	async fill(name: string, text: string, index = 0): Promise<void> {
		await this.field(name, index).locator('input, textarea').fill(text);
	}

	/** A date as it is typed. */
	async date(name: string, day: string): Promise<void> {
		await this.fill(name, day);
		await this.page.keyboard.press('Enter');
	}

	/** Chooses one or several of a list. @returns what the list offered */
	async choose(name: string, ...names: string[]): Promise<string[]> {
		const offered = this.page.getByRole('option').filter({ visible: true });
		let texts: string[] = [];
		// n8n opens nothing while it loads a list, and closes one that comes anew.
		for (let clicks = 0; texts.length === 0; clicks++) {
			assert.ok(clicks < CLICKS, `The list ${name} does not open`);
			await this.field(name).click();
			await offered.first().waitFor({ timeout: PATIENCE / CLICKS }).catch(() => undefined);
			await this.page.waitForTimeout(SETTLED);
			texts = (await offered.allInnerTexts()).map((text) => text.trim());
		}
		for (const option of names) await offered.filter({ hasText: option }).first().click();
		// A list of several stays open.
		if (names.length > 1) await this.page.keyboard.press('Escape');
		return texts;
	}

	/** Executes the node whose form is open. @returns the rows of its table, as texts, once it has been executed */
	async execute(): Promise<string[]> {
		await this.part('node-execute-button').click();
		await this.part('node-run-status-success').waitFor();
		const rows = this.part('output-panel').locator('tbody tr');
		await rows.first().waitFor();
		return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/gu, ' ').trim());
	}

	/** Gives the output more room. */
	async widenOutput(): Promise<void> {
		const handle = await this.part('panel-drag-button').boundingBox();
		assert.ok(handle, 'n8n shows the form of a node in an unknown way');
		await this.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(PARAMETERS_AT, handle.y, { steps: 10 });
		await this.page.mouse.up();
	}

	/** Goes back from a form to the canvas. */
	async leave(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}
}
