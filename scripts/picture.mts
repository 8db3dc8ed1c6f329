/**
 * `npm run picture`: takes the picture of the node for the README, in a real n8n, in Chromium. It fails when
 * the example does not show the sandbox's events on the screen. CHROMIUM names a browser elsewhere.
 */
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { bringUp } from './start/bringUp.mts';
import { MAIN_EXAMPLE } from './start/examples.mts';
import type { SignIn } from './start/environment.mts';
import { checkout } from './start/paths.mts';
import { PlainStop } from './start/plain.mts';
import { inSession } from './start/session.mts';

const FILE = path.join(checkout, 'docs', 'node-in-n8n.png');
const LARGEST = 300_000;
const SIZE = { width: 1640, height: 900 };
/** Where the middle of the parameters is dragged to, so that input and output both have room. */
const PARAMETERS_AT = 480;
const places = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const byTestId = (name: string): string => `[data-test-id="${name}"]`;

async function signIn(page: Page, url: string, { email, password }: SignIn): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.fill('input[name="emailOrLdapLoginId"]', email);
	await page.fill('input[type="password"]', password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
}

/** Executes the example on the canvas, and opens the GoFive node with its output. */
async function executeAndOpen(page: Page, url: string): Promise<void> {
	const node = page.locator(`${byTestId('canvas-node')}[data-node-name="GoFive"]`);
	await page.goto(`${url}/workflow/${MAIN_EXAMPLE}`);
	await page.click(byTestId('execute-workflow-button'));
	await node.locator(byTestId('canvas-node-status-success')).waitFor();
	await node.dblclick();
	await page.locator(byTestId('output-panel')).getByText('Kick-off meeting', { exact: true }).waitFor();
}

/** Makes room for the output, and takes away what lies over it. */
async function arrange(page: Page): Promise<void> {
	await page.locator('.el-notification__closeBtn').first().click();
	const handle = await page.locator(byTestId('panel-drag-button')).boundingBox();
	if (!handle) throw new PlainStop('n8n shows the node in an unknown way.', 'Adapt scripts/picture.mts to this n8n.');
	await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
	await page.mouse.down();
	await page.mouse.move(PARAMETERS_AT, handle.y, { steps: 10 });
	await page.mouse.up();
	await page.mouse.move(SIZE.width / 2, SIZE.height - 5);
	await page.locator('.el-notification').waitFor({ state: 'detached' });
}

await inSession(async (session) => {
	const executablePath = places.find((place) => place && existsSync(place));
	if (!executablePath) throw new PlainStop('There is no Chromium here.', 'Install it, or let CHROMIUM name its program.');
	const { server, signIn: owner } = await bringUp(session, { serve: true });
	if (!server) throw new Error('n8n was not started');
	// Chromium's own sandbox does not work for root, which is what one is in most containers.
	const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
	session.onEnd(() => browser.close());
	const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', timezoneId: 'Asia/Bangkok' });
	await signIn(page, server.url, owner);
	await executeAndOpen(page, server.url);
	await arrange(page);
	await mkdir(path.dirname(FILE), { recursive: true });
	await page.screenshot({ path: FILE });
	const { size } = await stat(FILE);
	if (size > LARGEST) throw new PlainStop(`The picture is too large: ${size} bytes.`, 'Make SIZE in scripts/picture.mts smaller.');
	console.log(`\nThe picture is in ${path.relative(checkout, FILE)} (${size} bytes). Look at it before you commit it.`);
});
