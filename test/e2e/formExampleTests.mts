import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { NOTHING_SENT } from '../../nodes/GoFive/api/errors.ts';
import { buildRejection } from '../../scripts/supportModules.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { launchChromium, VISIBLE_USER_AGENT } from './editorPage.mts';
import { BASIC_AUTH, EVIL_TEXT, type ExampleServer } from './exampleServer.mts';
import { buildExcelFile, readExcelFile } from './excelFile.mts';

/** Answer of GoFive to a name that exists. */
const EXISTING_NAME = {
	status: 400,
	body: { data: null, status: { code: '1001', description: 'Customer name already exists' } },
};

/** Submits a form page. */
const submit = async (page: Page, button: string): Promise<void> =>
	await page.getByRole('button', { name: button }).click();

/**
 * Defines the tests of the examples with web forms, in a browser.
 * @param includesImport - Whether to test the import of leads, which requires n8n 2
 */
export function defineFormExampleTests(exampleServer: ExampleServer, includesImport: boolean): void {
	let browser: Browser;
	before(async () => {
		browser = await launchChromium();
	});
	after(async () => await (browser as Browser | undefined)?.close());

	/** Opens a form of a published example. */
	const openForm = async (path: string): Promise<Page> => {
		const url = `${exampleServer.url}/form/${path}`;
		const headers = { ...exampleServer.basicAuthHeader, 'user-agent': VISIBLE_USER_AGENT };
		await exampleServer.fetchPublished(url, { headers });
		const page = await browser.newPage({
			userAgent: VISIBLE_USER_AGENT,
			httpCredentials: { username: BASIC_AUTH.user, password: BASIC_AUTH.password },
		});
		await page.goto(url);
		return page;
	};

	/** Opens a form, and submits an Excel file with these rows. */
	const uploadRows = async (path: string, rows: unknown[][]): Promise<Page> => {
		const page = await openForm(path);
		await page.locator('input[type=file]').setInputFiles({
			name: 'rows.xlsx',
			mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			buffer: buildExcelFile(rows),
		});
		await submit(page, 'Check the file');
		return page;
	};

	describe('web form', () => {
		const id = 'web-form-to-case';
		/** Fills in and submits the form of the example. */
		const submitForm = async (company: string): Promise<Page> => {
			const page = await openForm('contact');
			for (const [label, value] of [
				['Company', company],
				['Phone', '0812345678'],
				['Subject', 'ขอใบเสนอราคา'],
				['Message', 'บรรทัด 1 <b>\nline 2'],
			] as const)
				await page.getByLabel(label).fill(value);
			await page.getByRole('button').click();
			return page;
		};
		/** Returns the writes that n8n sent after the first `countBefore` requests. */
		const getWrites = (countBefore: number) =>
			exampleServer.getApiRequests(countBefore).filter(({ operationId }) => /create|upsert/u.test(operationId ?? ''));
		const listOperationIds = (writes: ReturnType<typeof getWrites>) => writes.map(({ operationId }) => operationId);

		beforeEach(async () => {
			await exampleServer.prepareExample(id);
			await exampleServer.rest.publish(id);
		});

		for (const [company, isNew] of [
			[`Form ${EVIL_TEXT}`, true],
			['Lanna Coffee Roasters', false],
		] as const)
			test(`${isNew ? 'a new' : 'an existing'} company gets a case, a deal and a planned call, with an email`, async () => {
				const { sandbox } = exampleServer;
				// The search for the existing company finds this customer, too.
				const branch = { customerCode: 'C-BRANCH', customerName: 'Lanna Coffee Roasters Branch', customerType: 11300 };
				if (!isNew) sandbox.records.customers.create(branch);
				const countBefore = exampleServer.requestCount;
				const page = await submitForm(company);
				await page.getByText(/Your number is .+ We will call you tomorrow\./u).waitFor();
				await page.close();
				const email = await exampleServer.takeOnlyEmail(`${id}-${isNew ? 'new' : 'existing'}`);
				assert.match(email.subject, /^Case \S+: ขอใบเสนอราคา$/u);
				const tomorrow = getBangkokNow().plus({ days: 1 });
				assert.match(email.text, new RegExp(`call planned for ${tomorrow.toFormat('d LLL yyyy')} at 09:00\\. `, 'u'));
				assert.ok(email.text.includes(` ${company} (`), email.text);
				assert.ok(email.text.endsWith('บรรทัด 1 <b> line 2'), email.text);
				const writes = getWrites(countBefore);
				const expected = ['upsertCustomer', 'createCase', 'createDeal', 'createCustomerEvent'];
				assert.deepEqual(listOperationIds(writes), expected);
				const event = JSON.parse(writes.at(-1)?.body ?? '{}') as Record<string, unknown>;
				assert.equal(event['eventName'], 'Call back: ขอใบเสนอราคา');
				if (!isNew) assert.equal(event['customerCode'], 'C000201');
			});

		test('if GoFive rejects a new company, the message is kept as a case, and the workflow fails', async () => {
			const { rest, sandbox } = exampleServer;
			const countBefore = exampleServer.requestCount;
			const executionCount = (await rest.listEndedExecutions(id)).length;
			sandbox.faults.add({ match: { operationId: 'upsertCustomer' }, answer: EXISTING_NAME });
			const page = await submitForm('ร้านที่ไม่มี');
			const { status } = await rest.waitForNewestExecution(id, executionCount + 1);
			await page.close();
			assert.equal(status, 'error');
			const writes = getWrites(countBefore);
			assert.deepEqual(listOperationIds(writes), ['upsertCustomer', 'createCase']);
			assert.match(writes.at(-1)?.body ?? '', /ขอใบเสนอราคา.*0812345678/u);
		});
	});

	describe('new prices', () => {
		const id = 'prices-from-excel';
		const countWrites = (countBefore: number) =>
			exampleServer.getApiRequests(countBefore).filter(({ operationId }) => operationId === 'upsertProduct').length;

		beforeEach(async () => {
			await exampleServer.prepareExample(id);
			await exampleServer.rest.publish(id);
			exampleServer.sandbox.setBehaviour({ clearsOmitted: true });
		});

		test('change after the confirmation, and a file has the results', async () => {
			const { sandbox } = exampleServer;
			const file = [
				['Product Code', 'Price Tier', 'New Price'],
				['A001', 'Standard', 190],
				['A001', 'ราคาส่ง', '90.50'],
				['A002', 'Standard', 0],
				['A003', 'Standard', 6500],
				['A004', 'Standard', 145],
				['A005', 'Standard'],
				['B001', 'Standard', -5],
				['B002', 'Standard', '2,990.00'],
				[EVIL_TEXT, 'Standard', 1],
				['A002', 'Retail <b>', 1],
				['A003', 'Standard', 6500],
			];
			const readPrices = (code: string) => {
				const prices = sandbox.records.products.findBy('productCode', code)?.['prices'] as Array<{
					regularPrice: number;
				}>;
				return prices.map(({ regularPrice }) => regularPrice);
			};
			const countBefore = exampleServer.requestCount;
			const check = async (): Promise<Page> => {
				const page = await uploadRows('new-prices', file);
				await page.getByText('Change: 4. No change: 3. Errors: 4.').waitFor();
				return page;
			};
			// A colleague who closes the page changes nothing.
			await (await check()).close();
			const page = await check();
			const tableRows = await page.locator('tr:has(td)').all();
			const cells = await Promise.all(tableRows.map((row) => row.locator('td').allTextContents()));
			assert.deepEqual(
				cells.map(([row = '', , ...others]) => [row, ...others].map((text) => text.trim().replace(/\s+/gu, ' '))),
				[
					['8', '', '-5', 'Price 1: \'Regular Price\' cannot be "-5". Enter a number of at least 0.'],
					[
						'9',
						'',
						'2,990.00',
						'Price 1: \'Regular Price\' cannot be "2,990.00". Enter a number of at least 0. Enter it without commas.',
					],
					[
						'10',
						'',
						'1',
						`${buildRejection('Product not found')} for product code '${EVIL_TEXT}'. Enter one code per item, exactly as shown in Venio. Upper and lower case may matter.`,
					],
					['11', '', '1', `'Price Tier' cannot be "Retail <b>". Use one of these values: Standard, ราคาส่ง.`],
					['2', '180', '190', ''],
					['3', '162', '90.50', ''],
					['4', '620', '0', 'The price becomes 0. Changes by more than 50 %.'],
					['5', '620', '6500', 'Changes by more than 50 %.'],
					['6', '145', '145', 'No change.'],
					['7', '', '', 'New Price is empty.'],
					['12', '6500', '6500', 'No change.'],
				],
			);
			assert.equal(countWrites(countBefore), 0);
			assert.ok((await page.locator('body').innerText()).includes(EVIL_TEXT));
			const download = page.waitForEvent('download');
			await submit(page, 'Change prices');
			const downloaded = await download;
			const rows = readExcelFile(await readFile(await downloaded.path()));
			await page.getByText('Prices changed: 4').waitFor();
			await page.close();
			assert.deepEqual(
				rows.map((row) => [row['Row'], row['Price Before'], row['New Price'], row['Changed']]),
				[
					[2, 180, 190, true],
					[3, 162, 90.5, true],
					[4, 620, 0, true],
					[5, 620, 6500, true],
					[6, 145, 145, false],
					[7, undefined, undefined, false],
					[8, undefined, -5, false],
					[9, undefined, '2,990.00', false],
					[10, undefined, 1, false],
					[11, undefined, 1, false],
					[12, 6500, 6500, false],
				],
			);
			const checks = new Map(cells.map(([row, , , , check = '']) => [Number(row), check.trim()]));
			assert.deepEqual(
				rows.filter((row) => row['Error']).map((row) => [row['Row'], row['Error']]),
				[7, 8, 9, 10, 11].map((row) => {
					const isInvalid = row !== 7 && row !== 10;
					return [row, isInvalid ? `${checks.get(row)} ${NOTHING_SENT}` : checks.get(row)];
				}),
			);
			assert.deepEqual(
				[readPrices('A001'), readPrices('A003'), countWrites(countBefore)],
				[[190, 90.5], [6500, 558], 4],
			);
		});

		test('of a file without the column of the codes: one line names it, and no button changes prices', async () => {
			const countBefore = exampleServer.requestCount;
			const page = await uploadRows('new-prices', [
				['รหัสสินค้า', 'New Price'],
				['A001', 190],
				['A002', 630],
			]);
			await page.getByText('Column Product Code is empty.').waitFor();
			await page.getByText('No change: 0. Errors: 2.').waitFor();
			assert.equal(await page.getByRole('button', { name: 'Change prices' }).count(), 0);
			await page.close();
			assert.equal(countWrites(countBefore), 0);
		});
	});

	if (!includesImport) return;

	test('an Excel file becomes leads, without duplicates, and a file with the results', async () => {
		const id = 'leads-from-excel';
		await exampleServer.prepareExample(id);
		await exampleServer.rest.publish(id);
		const { sandbox } = exampleServer;
		const file = [
			['Company', 'Phone', 'Email', 'Note'],
			['Mekong Foods', '020001234', 'a@example.com', 'ลูกค้าใหม่'],
			['chao phraya trading'],
			[`Lead ${EVIL_TEXT}`],
			['MEKONG FOODS CO., LTD.'],
			[null, '02'],
			['Rejected'],
		];
		const body = EXISTING_NAME.body;
		sandbox.faults.add({ match: { operationId: 'upsertCustomer' }, times: 1, skip: 2, answer: { status: 400, body } });
		const countBefore = exampleServer.requestCount;
		const listWrites = () =>
			exampleServer.getApiRequests(countBefore).filter(({ operationId }) => operationId === 'upsertCustomer');
		const upload = async (): Promise<Page> => {
			const page = await uploadRows('import-leads', file);
			await page.getByText('Rows of the file, without duplicates: 5').waitFor();
			return page;
		};
		// A colleague who closes the page creates nothing.
		await (await upload()).close();
		const page = await upload();
		const preview = await page.locator('body').innerText();
		assert.match(preview, /Already in Venio: 1\./u);
		assert.match(preview, /2\s+Not in Venio\s+Mekong Foods\s+020001234 a@example\.com ลูกค้าใหม่/u);
		assert.match(preview, /3\s+Already in Venio\s+chao phraya trading/u);
		assert.ok(preview.includes(`Lead ${EVIL_TEXT}`), preview);
		assert.deepEqual(listWrites(), []);
		const download = page.waitForEvent('download');
		await submit(page, 'Create leads');
		const downloaded = await download;
		assert.match(downloaded.suggestedFilename(), /^leads-\d{4}-\d\d-\d\d-\d{4}\.xlsx$/u);
		const rows = readExcelFile(await readFile(await downloaded.path()));
		await page.getByText('Leads sent: 3').waitFor();
		await page.getByText('Errors: 1').waitFor();
		const results = rows
			.map(({ Row, Before, 'Customer Code': code, Error: error }) => [
				Row,
				Before,
				code !== undefined && code !== '',
				/already exists/u.test(String(error)),
			])
			.toSorted(([left], [right]) => Number(left) - Number(right));
		assert.deepEqual(results, [
			[2, 'Not in Venio', true, false],
			[3, 'Already in Venio', true, false],
			[4, 'Not in Venio', true, false],
			[6, 'Not in Venio', false, false],
			[7, 'Not in Venio', false, true],
		]);
		assert.equal(listWrites().length, 3);
		const [first] = listWrites();
		const { customerName, customerPhone, customerNote } = JSON.parse(first?.body ?? '{}') as Record<string, unknown>;
		assert.deepEqual([customerName, customerPhone, customerNote], ['Mekong Foods', '020001234', 'ลูกค้าใหม่']);
		await page.close();
	});
}
