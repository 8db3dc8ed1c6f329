import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { allOperations } from '../../support/operationParameters.cts';
import { loadTrigger, runNode } from '../harness.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const examplesFolder = join(__dirname, '../../../examples');
const examples = readdirSync(examplesFolder).filter((file) => file.endsWith('.json'));
const readWorkflow = (file: string) =>
	JSON.parse(readFileSync(join(examplesFolder, file), 'utf8')) as Pick<
		IWorkflowBase,
		'nodes' | 'connections' | 'settings'
	>;
const readNodes = (file: string) => readWorkflow(file).nodes;

const fixture = setupExecutionFixture({ resetsForEachTest: false });

/** Input item of the first GoFive node of each example. */
const START_ITEMS: Record<string, IDataObject> = {
	'contract-renewal.json': { contractNo: 'CONT250600006' },
	'customers-of-a-form.json': { name: 'Mekong Rice Mill', email: 'mill@example.com' },
	'sales-order-webhook.json': { body: { Topic: 'SalesOrder', Event: 'Created', Data: { SaleOrderNo: 'SO24090001' } } },
	'stock-levels.json': { productCode: 'A001', qty: 20 },
	'stock-of-sheet-to-venio.json': { productCode: 'A001', qty: 20 },
	// This customer has events in every last month and one yesterday.
	'events-of-last-month-to-sheet.json': { customerCode: 'C000201' },
	'events-of-yesterday-to-line.json': { customerCode: 'C000201' },
	'sales-orders-to-sheet.json': { salesOrderNo: 'SO24090001' },
};

// The rows of the contract's example are drafts.
beforeAll(() => void fixture.sandbox.records.quotations.create({ quotationStatus: 5 }));

test.each(examples)('%s: each GoFive node returns items from the items of the previous node', async (file) => {
	const { nodes, connections } = readWorkflow(file);
	const goFiveNodes = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
	const nodesAfterMerge = nodes.flatMap(({ name, type }) =>
		type === 'n8n-nodes-base.merge' ? connections[name]?.main?.flat().map((next) => next?.node) : [],
	);
	// Nodes that read other nodes by expression, or follow a Merge, are executed in the e2e tests only.
	const executableNodes = goFiveNodes.filter(
		({ name, type, parameters }) =>
			type.endsWith('Trigger') || (!JSON.stringify(parameters).includes('$(') && !nodesAfterMerge.includes(name)),
	);
	expect(executableNodes).not.toEqual([]);
	let items: IDataObject[] = [START_ITEMS[file] ?? { customerCode: 'C000055' }];
	for (const { type, parameters } of executableNodes) {
		const { items: outputItems, error } = type.endsWith('Trigger')
			? await loadTrigger({ parameters, credential: fixture.credential }).poll({ mode: 'manual' })
			: await runNode({ parameters, credential: fixture.credential, items });
		expect(error).toBeUndefined();
		expect(outputItems).not.toEqual([]);
		items = outputItems;
	}
});

test.each(examples)('%s explains itself on the canvas and requires no code', (file) => {
	const nodes = readNodes(file);
	expect(nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters['content']).toMatch(
		/^## .*\n[^]*\n\n1\. [^]*check your GoFive credential/i,
	);
	expect(nodes.map(({ type }) => type)).not.toContain('n8n-nodes-base.code');
});

test.each(examples)('%s lets n8n select the credentials', (file) => {
	// After an import, n8n 2 selects another credential only in place of one with an ID that it does not know.
	const ids = readNodes(file).flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id));
	expect(new Set(ids)).toEqual(new Set(['exampleCredential']));
});

/** Parts of a workflow that depend on its time zone: the times of a schedule or of a poll, and today's date. */
const TIME_ZONE_USES = [
	/"n8n-nodes-base\.scheduleTrigger"/,
	/"mode":"(?:everyDay|everyWeek|everyMonth|custom)"/,
	/\$(?:now|today)\b/,
	/DateTime\.(?:now|local)\b/,
];

const usesTimeZone = (file: string): boolean => {
	const text = JSON.stringify(readNodes(file));
	return TIME_ZONE_USES.some((use) => use.test(text));
};

test.each(examples.filter(usesTimeZone))('%s uses the time zone of Thailand', (file) => {
	expect(readWorkflow(file).settings?.timezone).toBe('Asia/Bangkok');
});

test('every resource has an example', () => {
	const usedResources = new Set(examples.flatMap(readNodes).map(({ parameters }) => parameters['resource']));
	expect(
		[...new Set(allOperations.map(({ resource }) => resource))].filter((resource) => !usedResources.has(resource)),
	).toEqual([]);
});

test.each([
	['customer-events.json', 'eventName', 'Kick-off meeting'],
	['header-templates-any-endpoint.json', 'headerTemplateId', 1],
	['price-list.json', 'productUnitName', 'ถุง'],
])('%s returns the expected data', async (file, column, value) => {
	const { parameters = {} } = readNodes(file).find(({ type }) => type === 'n8n-nodes-gofive.goFive') ?? {};
	const { items } = await runNode({ parameters, credential: fixture.credential, items: [{ customerCode: 'C000055' }] });
	expect(items.map((item) => item[column])).toContain(value);
});

test('sales-orders-to-sheet.json stops before it clears the sheet if GoFive has no data for an order', async () => {
	const { parameters = {} } = readNodes('sales-orders-to-sheet.json').find(({ name }) => name === 'Get lines') ?? {};
	fixture.respondWithData('getSalesOrder', null);
	const { error } = await runNode({
		parameters,
		credential: fixture.credential,
		items: [{ salesOrderNo: 'SO24090001' }],
	});
	expect(error?.message).toMatch(/SO24090001/);
});
