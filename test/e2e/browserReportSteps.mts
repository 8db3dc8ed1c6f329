import assert from 'node:assert/strict';
import path from 'node:path';
import { EXAMPLE_IDS, MAIN_EXAMPLE_ID } from '../../scripts/instance/exampleIds.mts';
import { REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { AGENT_NODE_NAME, buildChatWorkflow } from './agentWorkflows.mts';
import { NODE_DISPLAY_NAME, type EditorPage } from './editorPage.mts';
import { openOperation, type BrowserSession, type DefineStep } from './browserSession.mts';
import type { Rectangle } from './documentPicture.mts';

/** First GoFive node of the first report. */
const FIRST_NODE = 'Get events';
/** Last node of the first report whose output is a table. */
const ROWS_NODE = 'Columns of the file';
/** Last node of the first report. */
const FILE_NODE = 'Create Excel file';
/** Columns of the first report. */
const REPORT_COLUMNS = ['Date', 'Customer Code', 'Customer Name', 'Event Type', 'Event', 'Description'];
/** Display name of the node as a tool. */
const TOOL_DISPLAY_NAME = `${NODE_DISPLAY_NAME} Tool`;
/** Space in pixels around a table in a picture. The text of the next row is lower. */
const TABLE_PADDING = 4;
/** Space in pixels around the nodes in a picture of the canvas. */
const CANVAS_PADDING = 24;
/** Number of rows in the picture of the first report. */
const SHOWN_ROWS = 10;
/** Size of the window in which all columns of the first report are readable. */
const WIDE_WINDOW = { width: 1900, height: 900 };
/** Date in a format that is not accepted. */
const INVALID_DATE = '31/01/2025';

/** Whether two rectangles have common points. An element without a width covers none. */
const overlap = (a: Rectangle, b: Rectangle): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom && b.left < b.right;

/** Part of an element in the page. */
interface PageElement {
	children: Iterable<PageElement>;
	getAttribute(name: string): string | null;
	getBoundingClientRect(): Rectangle;
	querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Returns the rectangles of elements. Runs in the page. */
const toRectangles = (elements: PageElement[]): Rectangle[] =>
	elements.map((element) => {
		const { left, top, right, bottom } = element.getBoundingClientRect();
		return { left, top, right, bottom };
	});

/** Measures the parts of all nodes on the canvas but the notes, in one step, because each step waits for the page. */
const measureNodes = (editorPage: EditorPage): Promise<Array<{ name: string | null; rectangles: Rectangle[] }>> =>
	editorPage.page
		.locator('[data-test-id="canvas-node"]:not([data-node-type="n8n-nodes-base.stickyNote"])')
		.evaluateAll((nodes: PageElement[]) =>
			nodes.map((node) => ({
				name: node.getAttribute('data-node-name'),
				rectangles: [...node.children, ...node.querySelectorAll('[class*="description"]')].map((element) => {
					const { left, top, right, bottom } = element.getBoundingClientRect();
					return { left, top, right, bottom };
				}),
			})),
		);

/** Finds the notes on the canvas whose text is cut or that cover a node. */
async function findNoteProblems(editorPage: EditorPage): Promise<string[]> {
	const notes = editorPage.getByTestId('sticky');
	await notes.first().waitFor();
	const hasCutText = await notes
		.locator(':scope > div')
		.evaluateAll((texts: Array<{ scrollHeight: number; clientHeight: number }>) =>
			texts.some(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight),
		);
	const problems = hasCutText ? ['The text of a note is cut'] : [];
	const [noteRectangles, nodes] = await Promise.all([notes.evaluateAll(toRectangles), measureNodes(editorPage)]);
	for (const { name, rectangles } of nodes)
		if (noteRectangles.some((note) => rectangles.some((rectangle) => overlap(note, rectangle))))
			problems.push(`A note covers ${name}`);
	return problems;
}

/**
 * Defines the steps in which a user executes the first report.
 * @param defineStep - Defines a step of the browser tests
 */
export function defineReportSteps(defineStep: DefineStep, { editorPage }: BrowserSession): void {
	defineStep('shows the notes of the examples completely, and apart from the nodes', async () => {
		for (const id of Object.values(EXAMPLE_IDS).flat()) {
			await editorPage.switchToWorkflow(id);
			assert.deepEqual(await findNoteProblems(editorPage), [], id);
		}
	});

	// Before any step that creates an event, because the picture shows all events of the last month.
	defineStep('imports the first report, executes it and downloads its Excel file', async () => {
		// The only credential has another name than the one in the file.
		await editorPage.importWorkflow(path.join(REPOSITORY_ROOT, 'examples', `${MAIN_EXAMPLE_ID}.json`));
		await editorPage.getNode(FIRST_NODE).dblclick();
		await editorPage.getField('dateRange').waitFor();
		await editorPage.closeNodeDetails();
		await editorPage.zoomToFit();
		await editorPage.takePicture(
			'report-canvas',
			editorPage.getByTestId('canvas-wrapper'),
			editorPage.canvasContent,
			CANVAS_PADDING,
		);
		await editorPage.getByTestId('execute-workflow-button').click();
		await editorPage.getNode(FILE_NODE).locator('[data-test-id="canvas-node-status-success"]').waitFor();
		await editorPage.resizeWindow(WIDE_WINDOW);
		await editorPage.getNode(ROWS_NODE).dblclick();
		await editorPage.widenOutput();
		assert.ok((await editorPage.readRows()).length > SHOWN_ROWS);
		const headers = await editorPage.outputPanel.locator('thead th').allInnerTexts();
		assert.deepEqual(headers.map((text) => text.trim()).filter(Boolean), REPORT_COLUMNS);
		await editorPage.takePicture(
			'report-rows',
			editorPage.outputPanel,
			editorPage.getFirstRows(SHOWN_ROWS),
			TABLE_PADDING,
		);
		await editorPage.closeNodeDetails();
		await editorPage.resizeWindow();
		await editorPage.getNode(FILE_NODE).dblclick();
		await editorPage.outputPanel.getByText('Binary', { exact: true }).click();
		const downloadStarted = editorPage.page.waitForEvent('download');
		await editorPage.getByTestId('ndv-download-binary-data').click();
		assert.match((await downloadStarted).suggestedFilename(), /^customer-events-\d{4}-\d{2}-\d{2}\.xlsx$/u);
	});
}

/**
 * Defines the steps in which a user adds names, reads a message and adds a tool to an AI agent.
 * @param defineStep - Defines a step of the browser tests
 */
export function defineTaskSteps(defineStep: DefineStep, session: BrowserSession): void {
	const { n8nServer, editorPage } = session;
	defineStep('adds names to the codes of quotations', async () => {
		await editorPage.addNodeToNewWorkflow('quotation', 'Get many quotations');
		await editorPage.toggle('returnAll');
		await editorPage.selectOptions('output', 'Selected Fields');
		await editorPage.selectOptions('fields', 'Quotation Number', 'Customer Code', 'Staff Code', 'Subtotal');
		await editorPage.addOption('Add Names');
		// The first quotation is the one that an earlier step has created.
		const [row] = await editorPage.executeNode();
		assert.match(row ?? '', /C000055 Chao Phraya Trading Co\., Ltd\. staff02 Somchai Jaidee/u);
		await editorPage.widenOutput();
		await editorPage.takePicture('names', editorPage.getByTestId('ndv'), editorPage.formAndOutput);
	});

	defineStep('checks which operations work with the account', async () => {
		await editorPage.addNodeToNewWorkflow('venio', 'Check access to see which operations work');
		const rows = await editorPage.executeNode();
		assert.ok(rows.some((row) => row.includes('Get Many Works')));
		await editorPage.widenOutput();
		await editorPage.takePicture('check-access', editorPage.outputPanel);
	});

	defineStep('sees which value is wrong and how to enter it', async () => {
		await openOperation(session, 'customerEvent.getByCustomerCode', {
			customerCode: 'C000055',
			dateRange: 'custom',
			dateFrom: INVALID_DATE,
		});
		await editorPage.getByTestId('node-execute-button').click();
		await editorPage.getByTestId('node-error-message').getByText(`'From' cannot be "${INVALID_DATE}"`).waitFor();
		await editorPage.getByTestId('node-error-description').getByText('2025-01-31').first().waitFor();
		await editorPage.widenOutput();
		await editorPage.takePicture('message', editorPage.page.locator('.node-error-view__header'));
	});

	defineStep('adds the node to an AI agent as a tool, and lets the model define a field', async () => {
		const openAiApi = await n8nServer.rest.createCredential('OpenAI account', 'openAiApi', { apiKey: 'none' });
		const id = await n8nServer.rest.save(buildChatWorkflow('Agent for customer events', openAiApi));
		await editorPage.openWorkflow(id);
		await editorPage.openTools(AGENT_NODE_NAME);
		await editorPage.searchNodes('venio', TOOL_DISPLAY_NAME);
		await editorPage.getByTestId('node-creator-item-name').getByText(TOOL_DISPLAY_NAME, { exact: true }).click();
		await editorPage.getByTestId('node-parameters').waitFor();
		await editorPage.selectOptions('descriptionType', 'Set Manually');
		await editorPage.fillField('toolDescription', 'Events of one customer: calls, meetings and visits');
		await editorPage.selectOptions('operation', 'Get by Customer Code');
		await editorPage.letModelDefine('customerCode');
		await editorPage.selectOptions('dateRange', 'Between Dates');
		await editorPage.letModelDefine('dateFrom');
		await editorPage.letModelDefine('dateTo');
		await editorPage.toggle('returnAll');
		await editorPage.takePicture('ai-tool', editorPage.parametersPanel);
	});
}
