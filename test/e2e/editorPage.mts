import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { OwnerLogin } from '../../scripts/instance/n8nEnvironment.mts';
import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import { saveDocumentPicture } from './documentPicture.mts';

const CHROMIUM_PATHS = [
	process.env['CHROMIUM'] ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
const VIEWPORT_SIZE = { width: 1440, height: 900 };
/** Horizontal position in pixels of the parameters panel that leaves room for input and output. */
const PARAMETERS_PANEL_X = 520;
/** Whether the pictures of the documents are taken. Compressing them and drawing twice the pixels takes minutes. */
export const TAKES_PICTURES = process.argv.includes('--pictures');
/** Device pixels per CSS pixel. With two, the documents are sharp on every screen. */
const PIXEL_DENSITY = TAKES_PICTURES ? 2 : 1;
/** Space in pixels around the content of a form in a picture. */
const FORM_PADDING = 24;
/** Subfolder for the pictures of the documents. */
const PICTURES_SUBFOLDER = 'documents';
/** Time in ms within which every element has to appear. */
const APPEAR_TIMEOUT_MS = 30_000;
/** Number of clicks on a list or a button within that time. */
const MAX_CLICKS = 6;
/** Time in ms after which an open list stays open. */
const DROPDOWN_SETTLE_MS = 500;
/** Display name of the node in the nodes panel. */
export const NODE_DISPLAY_NAME = 'GoFive Venio CRM';
/** Text for which n8n finds no node. */
const UNMATCHED_SEARCH_TEXT = 'qzxjvw';

/**
 * Finds Chromium.
 * @throws UserFacingError when it is not installed
 */
export function findChromium(): string {
	const program = CHROMIUM_PATHS.find((candidate) => candidate && existsSync(candidate));
	if (program) return program;
	throw new UserFacingError(
		'There is no Chromium here.',
		'Install it (apt-get install chromium), or let CHROMIUM name its program.',
	);
}

/** Launches Chromium. Its own sandbox does not work for root, the usual user in containers. */
export const launchChromium = (executablePath = findChromium()): Promise<Browser> =>
	chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });

/** User agent of a visible Chromium. A headless one is a bot for n8n, which then shows no form and ignores buttons. */
export const VISIBLE_USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

/** n8n's editor in Chromium. Its page exists after `launch`. */
export class EditorPage {
	page!: Page;
	private browser: Browser | undefined;
	private url = '';

	/** @param screenshotFolder - Folder for the screenshots and pictures; its content is deleted */
	constructor(private readonly screenshotFolder: string) {}

	/**
	 * Launches Chromium.
	 * @param executablePath - Path of Chromium
	 * @param url - URL of n8n
	 */
	async launch(executablePath: string, url: string): Promise<void> {
		await rm(this.screenshotFolder, { recursive: true, force: true });
		await mkdir(path.join(this.screenshotFolder, PICTURES_SUBFOLDER), { recursive: true });
		this.url = url;
		this.browser = await launchChromium(executablePath);
		this.page = await this.browser.newPage({
			viewport: VIEWPORT_SIZE,
			deviceScaleFactor: PIXEL_DENSITY,
			locale: 'en-GB',
			reducedMotion: 'reduce',
			timezoneId: 'Asia/Bangkok',
		});
		this.page.setDefaultTimeout(APPEAR_TIMEOUT_MS);
	}

	/** Closes Chromium, if it was launched. */
	async close(): Promise<void> {
		await this.browser?.close();
	}

	/** Locates an element by its test ID in n8n. */
	getByTestId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** Folder with the pictures of the documents. */
	get picturesFolder(): string {
		return path.join(this.screenshotFolder, PICTURES_SUBFOLDER);
	}

	/** Locates the parameters of the open node, with its tabs. */
	get parametersPanel(): Locator {
		return this.page.locator('.node-settings');
	}

	/** Locates the output of the open node. */
	get outputPanel(): Locator {
		return this.getByTestId('output-panel');
	}

	/** Locates the title and the first rows of the output. */
	getFirstRows(count: number): Locator {
		return this.outputPanel.locator(`[data-test-id="run-data-pane-header"], tbody tr:nth-child(-n+${count})`);
	}

	/** Locates the parameters and the output of the open node, without its input. */
	get formAndOutput(): Locator {
		return this.parametersPanel.or(this.outputPanel);
	}

	/** Locates the nodes, their labels and the notes on the canvas. */
	get canvasContent(): Locator {
		return this.page.locator(
			'[data-test-id="sticky"], [data-test-id="canvas-node"], [data-test-id="canvas-node"] [class*="description"]',
		);
	}

	/** Closes n8n's notifications and moves the mouse away. */
	private async tidyUp(): Promise<void> {
		const messages = this.page.locator('.el-notification__closeBtn');
		// In one step, because a closed message changes the number of the others.
		await messages.evaluateAll((buttons) => {
			for (const button of buttons as unknown as Array<{ click(): void }>) button.click();
		});
		await this.page.mouse.move(VIEWPORT_SIZE.width / 2, VIEWPORT_SIZE.height - 5);
		await messages.first().waitFor({ state: 'detached' });
	}

	/**
	 * Takes a picture for the documents, if the user asked for pictures.
	 * @param panel - Panel to which the picture is cropped
	 * @param content - Elements of the panel to which the picture is cropped further
	 * @param padding - Space around the content in CSS pixels
	 */
	async takePicture(name: string, panel: Locator, content = panel, padding = 0): Promise<void> {
		await this.tidyUp();
		if (!TAKES_PICTURES) return;
		await saveDocumentPicture(path.join(this.picturesFolder, `${name}.png`), panel, content, padding);
	}

	/** Shows the whole workflow on the canvas. */
	async zoomToFit(): Promise<void> {
		await this.getByTestId('zoom-to-fit').click();
		// The canvas moves for a moment.
		const node = await this.getByTestId('canvas-node').first().elementHandle();
		await node?.waitForElementState('stable');
	}

	/** Changes the size of the window, by default to the usual one. */
	async resizeWindow(size = VIEWPORT_SIZE): Promise<void> {
		await this.page.setViewportSize(size);
	}

	/** Takes a screenshot of the whole window. */
	async saveScreenshot(name: string): Promise<void> {
		const screenshot = await this.page.screenshot({ animations: 'disabled' });
		await writeFile(path.join(this.screenshotFolder, `${name}.png`), screenshot);
	}

	async signIn({ email, password }: OwnerLogin): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.fill('input[name="emailOrLdapLoginId"]', email);
		await this.page.fill('input[type="password"]', password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL((address) => !address.pathname.includes('signin'));
	}

	/**
	 * Opens a workflow.
	 * @param id - ID of the workflow, or "new" for an empty one
	 */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.getByTestId('canvas-wrapper').waitFor();
	}

	/**
	 * Opens a workflow in the editor that is already loaded, which is faster.
	 * @param id - ID of a workflow with nodes
	 */
	async switchToWorkflow(id: string): Promise<void> {
		const received = this.page.waitForResponse((response) => response.url().endsWith(`/rest/workflows/${id}`));
		// As if the user had gone back to it.
		await this.page.evaluate(
			`history.pushState(null, '', '/workflow/${id}'); dispatchEvent(new PopStateEvent('popstate'))`,
		);
		const { data } = (await (await received).json()) as { data: { nodes: Array<{ id: string }> } };
		const node = await this.page.waitForSelector(`.vue-flow__node[data-id="${data.nodes[0]?.id}"]`);
		// The canvas moves for a moment.
		await node.waitForElementState('stable');
	}

	/** Opens an empty workflow and imports a file into it. */
	async importWorkflow(file: string): Promise<void> {
		await this.openWorkflow('new');
		await this.getByTestId('workflow-import-input').setInputFiles(file);
		await this.getByTestId('canvas-node').first().waitFor();
	}

	/** Locates a node on the canvas. */
	getNode(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/**
	 * Searches the nodes panel and waits until it shows `expected`.
	 * @returns names of the nodes found
	 */
	async searchNodes(text: string, expected: string): Promise<string[]> {
		const names = this.getByTestId('node-creator-item-name');
		const expectedEntry = names.getByText(expected, { exact: true }).first();
		// Results of an earlier search must be gone, because they could be mistaken for new ones.
		await this.getByTestId('node-creator-search-bar').fill(UNMATCHED_SEARCH_TEXT);
		await expectedEntry.waitFor({ state: 'hidden' });
		await this.getByTestId('node-creator-search-bar').fill(text);
		await expectedEntry.waitFor();
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/**
	 * Opens an empty workflow and adds a GoFive node, whose form opens.
	 * @param action - Name of the action in the nodes panel
	 */
	async addNodeToNewWorkflow(searchText: string, action: string): Promise<void> {
		await this.openWorkflow('new');
		await this.getByTestId('canvas-plus-button').click();
		await this.searchNodes(searchText, NODE_DISPLAY_NAME);
		await this.selectAction(action);
	}

	/** Adds a GoFive node to the open workflow, which has nodes. Its form opens. */
	async addNode(searchText: string, action: string): Promise<void> {
		await this.getByTestId('node-creator-plus-button').first().click();
		await this.searchNodes(searchText, NODE_DISPLAY_NAME);
		await this.selectAction(action);
	}

	/** Opens the nodes panel with the tools for an AI agent. */
	async openTools(agentNode: string): Promise<void> {
		const handle = '[data-test-id="canvas-node-input-handle"][data-connection-type="ai_tool"]';
		const plus = this.page.locator(`${handle}[data-node-name="${agentNode}"] [data-test-id="canvas-handle-plus"]`);
		const toolsHeader = this.getByTestId('nodes-list-header').getByText('Tools', { exact: true });
		await plus.click();
		// The panel first shows all AI nodes, and sometimes stays there. A search there would not find the tools.
		for (let clicks = 1; !(await this.appears(toolsHeader)); clicks++) {
			assert.ok(clicks < MAX_CLICKS, 'The nodes panel does not show the tools');
			await this.page.keyboard.press('Escape');
			await plus.click();
		}
	}

	/** Lets the AI model define a field of a tool. */
	async letModelDefine(name: string): Promise<void> {
		await this.getField(name).locator('[data-test-id="from-ai-override-button"]').click();
		await this.getField(name).locator('input, textarea').waitFor({ state: 'hidden' });
	}

	/** Selects an action or trigger of GoFive in the nodes panel, which opens the node. */
	async selectAction(action: string): Promise<void> {
		const entry = this.getByTestId('node-creator-item-name').getByText(action, { exact: true });
		await this.getByTestId('node-creator-item-name').getByText(NODE_DISPLAY_NAME, { exact: true }).click();
		await this.getByTestId('node-creator-category-item').first().waitFor();
		// The actions are collapsed while a workflow has no trigger.
		if (!(await entry.isVisible())) await this.getByTestId('node-creator-category-item').last().click();
		await entry.click();
		await this.getByTestId('node-parameters').waitFor();
	}

	/**
	 * Locates a field of the open form.
	 * @param index - Index of the row
	 */
	getField(name: string, index = 0): Locator {
		return this.getByTestId(`parameter-input-${name}`).nth(index);
	}

	async fillField(name: string, text: string, index = 0): Promise<void> {
		await this.getField(name, index).locator('input, textarea').fill(text);
	}

	/** Types a date. */
	async fillDate(name: string, day: string): Promise<void> {
		await this.fillField(name, day);
		await this.page.keyboard.press('Enter');
	}

	/**
	 * Selects one or several options of a list.
	 * @returns texts of all options
	 */
	async selectOptions(name: string, ...optionTexts: string[]): Promise<string[]> {
		const visibleOptions = this.page.getByRole('option').filter({ visible: true });
		let offeredTexts: string[] = [];
		// n8n does not open a list while it loads, and closes one that is loaded again.
		for (let clicks = 0; offeredTexts.length === 0; clicks++) {
			assert.ok(clicks < MAX_CLICKS, `The list ${name} does not open`);
			await this.getField(name).click();
			await this.appears(visibleOptions.first());
			await this.page.waitForTimeout(DROPDOWN_SETTLE_MS);
			offeredTexts = (await visibleOptions.allInnerTexts()).map((text) => text.trim());
		}
		for (const option of optionTexts) await visibleOptions.filter({ hasText: option }).first().click();
		// A list with multiple selection stays open.
		if (optionTexts.length > 1) await this.page.keyboard.press('Escape');
		return offeredTexts;
	}

	/**
	 * Waits for what a click opens.
	 * @returns false if n8n did not react to the click
	 */
	private async appears(locator: Locator): Promise<boolean> {
		const appeared = locator.waitFor({ timeout: APPEAR_TIMEOUT_MS / MAX_CLICKS });
		return await appeared.then(
			() => true,
			() => false,
		);
	}

	/** Locates the input of a resource locator. */
	getLocatorInput(name: string): Locator {
		return this.getField(name).locator('input[data-test-id="rlc-input"]');
	}

	/**
	 * Opens the list of a resource locator, and searches it if there is a text.
	 * @returns the entries
	 */
	async openList(name: string, searchText?: string): Promise<Locator> {
		await this.getLocatorInput(name).click();
		const entries = this.getByTestId('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		if (searchText !== undefined) await this.getByTestId('rlc-search').filter({ visible: true }).fill(searchText);
		return entries;
	}

	/**
	 * Chooses an entry from the list of a resource locator.
	 * @param searchText - Text to search for. Without it, the first page is scrolled to its end.
	 */
	async chooseFromList(name: string, entry: string, searchText?: string): Promise<void> {
		const entries = await this.openList(name, searchText);
		if (searchText === undefined) await entries.last().scrollIntoViewIfNeeded();
		await entries.filter({ hasText: entry }).first().click();
	}

	/** Selects an option of a list after searching for it. */
	async searchOptions(name: string, option: string, searchText = option): Promise<void> {
		await this.selectOptions(name);
		await this.page.keyboard.type(searchText);
		const options = this.page.getByRole('option').filter({ visible: true });
		await options.nth(1).waitFor({ state: 'hidden' });
		assert.deepEqual(await options.allInnerTexts(), [option]);
		await options.first().click();
		await this.page.keyboard.press('Escape');
	}

	/** Turns a switch on or off. */
	async toggle(name: string): Promise<void> {
		await this.getField(name).locator('.el-switch').click();
	}

	/** Adds an option to the node. */
	async addOption(option: string): Promise<void> {
		await this.parametersPanel.getByPlaceholder('Add option').click();
		await this.page.getByRole('option', { name: option }).filter({ visible: true }).click();
	}

	/** Selects the mode of a resource locator. */
	async selectMode(name: string, mode: string): Promise<void> {
		await this.getField(name).locator('[data-test-id="rlc-mode-selector"]').click();
		await this.page.getByRole('option', { name: mode }).filter({ visible: true }).click();
	}

	/** Saves the open workflow, which must have changes. */
	async saveWorkflow(): Promise<void> {
		const saved = this.page.waitForResponse((response) => response.request().method() === 'PATCH');
		await this.page.keyboard.press('Control+s');
		await saved;
	}

	/**
	 * Executes the node whose form is open.
	 * @returns rows of the output table as texts
	 */
	async executeNode(): Promise<string[]> {
		await this.getByTestId('node-execute-button').click();
		await this.getByTestId('node-run-status-success').waitFor();
		return await this.readRows();
	}

	/** Shows the output as a table and reads its rows as texts. */
	async readRows(): Promise<string[]> {
		await this.outputPanel.getByText('Table', { exact: true }).click();
		const rows = this.outputPanel.locator('tbody tr');
		await rows.first().waitFor();
		return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/gu, ' ').trim());
	}

	/** Widens the output panel. n8n keeps the width for all nodes with an input, or for all triggers. */
	async widenOutput(): Promise<void> {
		const handle = await this.getByTestId('panel-drag-button').boundingBox();
		assert.ok(handle, 'n8n shows the form of a node in an unknown way');
		await this.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(PARAMETERS_PANEL_X, handle.y, { steps: 10 });
		await this.page.mouse.up();
	}

	/**
	 * Publishes the open workflow, and waits until n8n confirms it.
	 * @param pictureName - Picture of the form with the version, for the documents
	 */
	async publishWorkflow(pictureName?: string): Promise<void> {
		await this.closeNodeDetails();
		await this.getByTestId('workflow-open-publish-modal-button').click();
		const publishButton = this.getByTestId('workflow-publish-button');
		const form = this.page.getByRole('dialog').filter({ has: publishButton });
		const content = form.getByText('Publish workflow', { exact: true }).or(form.locator('textarea')).or(publishButton);
		if (pictureName) await this.takePicture(pictureName, form, content, FORM_PADDING);
		await publishButton.click();
		await this.page.getByText(`Your workflow will now regularly check ${NODE_DISPLAY_NAME} for events`).waitFor();
	}

	/** Closes the form of a node. */
	async closeNodeDetails(): Promise<void> {
		await this.getByTestId('ndv-close-button').click();
		await this.getByTestId('ndv').waitFor({ state: 'hidden' });
	}
}
