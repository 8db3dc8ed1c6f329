import assert from 'node:assert/strict';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { openOperation, type BrowserSession, type DefineStep } from './browserSession.mts';

/** Values of an untouched list in a form, by the kind of the list. */
const EMPTY_VALUES = { resourceLocator: { __rl: true, mode: 'list', value: '' }, multiOptions: [], options: '' };

/** Choice from a list. The field is a name, or a collection and a name. Without a search text, the list is scrolled. */
type ListChoice = [
	operation: string,
	field: string,
	kind: keyof typeof EMPTY_VALUES,
	searchText: string | undefined,
	entry: string,
	sentText: string,
];

/** Choices from each kind of list. The entry without a search text is on the second page. */
const LIST_CHOICES: ListChoice[] = [
	['quotation.upsert', 'owner', 'resourceLocator', 'e0042', 'มานะ รักงาน (E0042)', '"staffCode":"E0042"'],
	['contract.upsert', 'owner', 'resourceLocator', undefined, 'มานะ รักงาน (E0150)', '"owner":"E0150"'],
	['deal.update', 'updateFields.dealStageId', 'resourceLocator', 'ต่อรอง', 'ต่อรองราคา (12)', '"dealStageId":12'],
	['product.upsert', 'productUnitName', 'resourceLocator', 'ถุง', 'ถุง', '"productUnitName":"ถุง"'],
	['expense.getAll', 'filters.staffCodes', 'multiOptions', 'e0150', 'มานะ รักงาน (E0150)', '"staffCodes":["E0150"]'],
	['deal.getAll', 'filters.dealStageIds', 'multiOptions', 'ต่อรอง', 'ต่อรองราคา (12)', '"dealStageIds":[12]'],
	['customerEvent.create', 'eventType', 'options', 'meet', 'Meeting', '"eventType":1'],
];

/** Builds the parameters that contain a value at the path of a field. */
function buildFieldParameters(field: string, value: unknown): Record<string, unknown> {
	const [name = '', nestedName] = field.split('.');
	return { [name]: nestedName ? { [nestedName]: value } : value };
}

/** Executes the open node and asserts that the body of a request contains the texts. */
async function executeAndExpect({ n8nServer, editorPage }: BrowserSession, ...sentTexts: string[]): Promise<void> {
	const countBefore = n8nServer.requestCount;
	await editorPage.executeNode();
	const bodies = n8nServer.getApiRequests(countBefore).map(({ body }) => body);
	for (const text of sentTexts) assert.ok(bodies.join('\n').includes(text), `${text} is not in ${bodies.join('\n')}`);
}

/**
 * Defines the steps in which a user chooses from lists in forms.
 * @param defineStep - Defines a step of the browser tests
 */
export function defineListSteps(defineStep: DefineStep, session: BrowserSession): void {
	const { n8nServer, editorPage } = session;
	for (const [operation, field, kind, searchText, entry, sentText] of LIST_CHOICES) {
		const how = searchText === undefined ? 'on the second page' : 'by search';
		defineStep(`chooses ${entry} in ${operation}, ${field}, ${how}`, async () => {
			n8nServer.sandbox.records.employees.fill(230);
			await openOperation(session, operation, buildFieldParameters(field, EMPTY_VALUES[kind]));
			const name = field.split('.').at(-1) ?? '';
			const choose = kind === 'resourceLocator' ? editorPage.chooseFromList : editorPage.searchOptions;
			await choose.call(editorPage, name, entry, searchText);
			await executeAndExpect(session, sentText);
		});
	}

	defineStep('sees why a list cannot be loaded, and enters the value instead', async () => {
		const addFault = (answer: FaultResponse) =>
			n8nServer.sandbox.faults.add({ match: { operationId: 'findEmployees' }, answer, times: 'always' });
		addFault({ kind: 'unauthorized', because: 'invalidKey' });
		await openOperation(session, 'quotation.upsert', { owner: EMPTY_VALUES.resourceLocator });
		await editorPage.getLocatorInput('owner').click();
		const message = editorPage.getByTestId('rlc-error-container').filter({ visible: true });
		await message.getByText(messages.subscriptionKeyInvalid.message).waitFor();
		await message.getByText(messages.subscriptionKeyInvalid.description).waitFor();
		await message.getByText("'By ID'").waitFor();
		await editorPage.saveScreenshot('list-refused');
		await editorPage.selectMode('owner', 'By ID');
		await editorPage.getLocatorInput('owner').fill('E0042');
		await executeAndExpect(session, '"staffCode":"E0042"');
		n8nServer.sandbox.faults.clear();
		addFault({ status: 404 });
		await openOperation(session, 'expense.getAll', { filters: { staffCodes: [] } });
		await editorPage.getField('staffCodes').locator('[data-test-id="parameter-issues"]').hover();
		await editorPage.page.getByText(messages.notFound('operation', '').message).first().waitFor();
		n8nServer.sandbox.faults.clear();
	});

	defineStep('opens and saves a workflow in which lists contain plain text', async () => {
		const plainTexts = {
			assignedToStaffCode: 'E0042',
			dealName: 'Old name',
			dealStageId: '12',
			participantCodes: 'E0001, E0042',
		};
		const id = await openOperation(session, 'deal.update', { updateFields: plainTexts });
		assert.equal(await editorPage.getLocatorInput('assignedToStaffCode').inputValue(), 'E0042');
		assert.equal(await editorPage.getLocatorInput('dealStageId').inputValue(), '12');
		// n8n saves only a workflow that was changed.
		await editorPage.fillField('dealName', 'New name');
		await editorPage.closeNodeDetails();
		await editorPage.saveWorkflow();
		const { nodes } = await n8nServer.rest.requestData<WorkflowDefinition>('GET', `workflows/${id}`);
		const { updateFields } = nodes.at(-1)?.parameters ?? {};
		assert.deepEqual(updateFields, { ...plainTexts, dealName: 'New name' });
		await editorPage.getNode('GoFive').dblclick();
		await executeAndExpect(session, '"assignTo":"E0042","dealStageId":12', '"participantCodes":["E0001","E0042"]');
	});
}
