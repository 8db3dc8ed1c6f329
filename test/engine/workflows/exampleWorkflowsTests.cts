import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { DateTime } from 'luxon';
import { NodeHelpers, type IDataObject, type IWorkflowBase } from 'n8n-workflow';
import { GoFive } from '../../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../../nodes/GoFive/GoFiveTrigger.node';
import { allOperations } from '../../support/operationParameters.cts';
import { homepage } from '../../../package.json';
import { loadTrigger, runNode } from '../harness.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const REPOSITORY_URL = homepage.replace('#readme', '');
const SCHEDULE_TRIGGER = 'n8n-nodes-base.scheduleTrigger';
const examplesFolder = join(__dirname, '../../../examples');
const examples = readdirSync(examplesFolder).filter((file) => file.endsWith('.json'));
const readWorkflow = (file: string) =>
	JSON.parse(readFileSync(join(examplesFolder, file), 'utf8')) as Pick<
		IWorkflowBase,
		'nodes' | 'connections' | 'settings'
	>;
const readNodes = (file: string) => readWorkflow(file).nodes;

/** Checks whether a node is an ordinary node of this package or its trigger, not a tool of an AI agent. */
const isGoFiveNode = ({ type }: { type: string }): boolean =>
	['n8n-nodes-gofive.goFive', 'n8n-nodes-gofive.goFiveTrigger'].includes(type);

const fixture = setupExecutionFixture({ resetsForEachTest: false });

const LAST_MONTH = DateTime.now().setZone('Asia/Bangkok').minus({ months: 1 });

/** Input item of the first GoFive node of the examples in which it reads the fields of another node. */
const START_ITEMS: Record<string, IDataObject> = {
	'expenses-of-last-month-by-email.json': {
		From: LAST_MONTH.startOf('month').toISODate(),
		To: LAST_MONTH.endOf('month').toISODate(),
	},
	'prices-from-excel.json': { code: 'A001', tier: 'Standard', newPrice: '189' },
	'stock-of-sheet-to-venio.json': { productCode: 'A001', qty: 20 },
	'web-form-to-case.json': {
		Company: 'Isan Rice Mill 2',
		Phone: '020001001',
		Email: '',
		Subject: 'Offer',
		Message: '',
	},
};

/** Parameters that n8n adds to a tool of an AI agent and to a trigger. */
const PARAMETERS_OF_N8N = ['descriptionType', 'toolDescription', 'pollTimes'];

/** Resources without an example. A sentence of the documents shows how to use them. */
const RESOURCES_WITHOUT_EXAMPLE = ['activity', 'chat', 'account', 'endpoint'];

beforeAll(() => {
	const { deals, quotations } = fixture.sandbox.records;
	// The rows of the contract's example are drafts, and its deals are of another quarter.
	for (const quotationStatus of [2, 5]) quotations.create({ quotationStatus });
	const expectedCloseDate = DateTime.now().setZone('Asia/Bangkok').minus({ quarters: 1 }).toISO();
	deals.create({ expectedCloseDate, statusName: 'Won', customerCode: 'C000055' });
});

test.each(examples.filter((file) => readNodes(file).some(isGoFiveNode)))(
	'%s: each GoFive node returns items from the items of the previous node',
	async (file) => {
		const { nodes, connections } = readWorkflow(file);
		// A model defines the values of a tool, so the tools are executed in the e2e tests only.
		const goFiveNodes = nodes.filter(isGoFiveNode);
		const nodesAfterMerge = new Set<string>();
		const addNodesAfter = (name: string): void => {
			for (const { node } of connections[name]?.main?.flatMap((links) => links ?? []) ?? []) {
				if (nodesAfterMerge.has(node)) continue;
				nodesAfterMerge.add(node);
				addNodesAfter(node);
			}
		};
		for (const { name, type } of nodes) if (type === 'n8n-nodes-base.merge') addNodesAfter(name);
		// Nodes that read other nodes by expression, or follow a Merge, are executed in the e2e tests only.
		const executableNodes = goFiveNodes.filter(
			({ name, type, parameters }) =>
				type.endsWith('Trigger') || (!JSON.stringify(parameters).includes('$(') && !nodesAfterMerge.has(name)),
		);
		let items: IDataObject[] = [START_ITEMS[file] ?? { customerCode: 'C000055' }];
		for (const { type, parameters } of executableNodes) {
			const { items: outputItems, error } = type.endsWith('Trigger')
				? await loadTrigger({ parameters, credential: fixture.credential }).poll({ mode: 'manual' })
				: await runNode({ parameters, credential: fixture.credential, items });
			expect(error).toBeUndefined();
			expect(outputItems).not.toEqual([]);
			items = outputItems;
		}
	},
);

/** Lists the paths of all values, including the values in collections and rows. */
const listPaths = (values: object, prefix = ''): string[] =>
	Object.entries(values).flatMap(([name, value]) =>
		typeof value === 'object' && value !== null
			? [prefix + name, ...listPaths(value as object, `${prefix}${name}.`)]
			: [prefix + name],
	);

test.each(examples)('%s has no parameter that the form does not have', (file) => {
	for (const node of readNodes(file).filter(({ type }) => type.startsWith('n8n-nodes-gofive.'))) {
		const { description } = node.type.endsWith('Trigger') ? new GoFiveTrigger() : new GoFive();
		const known = NodeHelpers.getNodeParameters(
			description.properties,
			node.parameters,
			true,
			false,
			node,
			description,
		);
		const entries = Object.entries(node.parameters).filter(([name]) => !PARAMETERS_OF_N8N.includes(name));
		const knownPaths = listPaths(known ?? {});
		expect(listPaths(Object.fromEntries(entries)).filter((path) => !knownPaths.includes(path))).toEqual([]);
	}
});

test.each(examples)('%s explains itself on the canvas and requires no code', (file) => {
	const nodes = readNodes(file);
	expect(nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters['content']).toMatch(
		/^## .*\n1\. [^]*check your GoFive credential/i,
	);
	expect(nodes.map(({ type }) => type)).not.toContain('n8n-nodes-base.code');
});

test.each(examples)('%s lets n8n select the credentials', (file) => {
	// After an import, n8n 2 selects another credential only in place of one with an ID that it does not know.
	const ids = readNodes(file).flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id));
	expect(new Set(ids)).toEqual(new Set(['exampleCredential']));
});

test.each(examples)('%s has a name that is short enough for an ID in PostgreSQL', (file) => {
	expect(parse(file).name.length).toBeLessThanOrEqual(36);
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
	).toEqual(RESOURCES_WITHOUT_EXAMPLE);
});

test.each(examples)('%s links to the documents of this package', (file) => {
	const links = JSON.stringify(readNodes(file)).match(/https:\/\/github\.com\/[^)"]+/g) ?? [];
	const documents = links.map((link) => link.replace(`${REPOSITORY_URL}/blob/main/`, ''));
	expect(documents.filter((document) => !existsSync(join(__dirname, '../../..', document)))).toEqual([]);
});

test.each(examples.filter((file) => readNodes(file).some(({ type }) => type === SCHEDULE_TRIGGER)))(
	'%s links to the page about workflows that fail',
	(file) => {
		expect(JSON.stringify(readNodes(file))).toContain(`${REPOSITORY_URL}/blob/main/docs/monitoring.md`);
	},
);
