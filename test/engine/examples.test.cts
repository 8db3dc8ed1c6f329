import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { operations } from '../operations.cts';
import { openTrigger, runNode } from './harness.cts';
import { openWorld } from './world.cts';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.json'));
const workflowOf = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Pick<IWorkflowBase, 'nodes' | 'connections' | 'settings'>;
const nodesOf = (file: string) => workflowOf(file).nodes;

const world = openWorld({ isFresh: false });

/** What the nodes before the first of ours give it. */
const STARTS: Record<string, IDataObject> = {
	'contract-renewal.json': { contractNo: 'CONT250600006' },
	'customers-of-a-form.json': { name: 'Lanna Coffee Roasters', email: 'hello@example.com' },
	'sales-order-webhook.json': { body: { Topic: 'SalesOrder', Event: 'Created', Data: { SaleOrderNo: 'SO24090001' } } },
	'stock-levels.json': { productCode: 'A001', qty: 20 },
	'stock-of-sheet-to-venio.json': { productCode: 'A001', qty: 20 },
	// The events of this customer are in any last month, and one was yesterday.
	'events-of-last-month-to-sheet.json': { customerCode: 'C000201' },
	'events-of-yesterday-to-slack.json': { customerCode: 'C000201' },
	'sales-orders-to-sheet.json': { salesOrderNo: 'SO24090001' },
};

test.each(examples)('%s: its GoFive nodes give items, each from what the one before gave', async (file) => {
	const { nodes, connections } = workflowOf(file);
	const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
	const merged = nodes.flatMap(({ name, type }) => (type === 'n8n-nodes-base.merge' ? connections[name]?.main?.flat().map((next) => next?.node) : []));
	expect(own).not.toEqual([]);
	let items: IDataObject[] = [STARTS[file] ?? { customerCode: 'C000055' }];
	for (const { name, type, parameters } of own) {
		const isTrigger = type.endsWith('Trigger');
		// What comes from a node that an expression names, or from a Merge, is not here; the real n8n executes those.
		const isFree = !JSON.stringify(parameters).includes('$(') && !merged.includes(name);
		if (!isTrigger && !isFree) continue;
		const { items: given, error } = isTrigger
			? await openTrigger({ parameters, credential: world.credential }).poll({ mode: 'manual' })
			: await runNode({ parameters, credential: world.credential, items });
		expect(error).toBeUndefined();
		expect(given).not.toEqual([]);
		items = given;
	}
});

test.each(examples)('%s says on the canvas what it does, and needs no code', (file) => {
	const nodes = nodesOf(file);
	expect(nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters['content']).toMatch(/^## .*\n[^]*\n\n1\. [^]*choose your GoFive credential/i);
	expect(nodes.map(({ type }) => type)).not.toContain('n8n-nodes-base.code');
});

test.each(examples.filter((file) => /\$(?:now|today)\b/.test(JSON.stringify(nodesOf(file)))))('%s takes its day from Thailand', (file) => {
	expect(workflowOf(file).settings?.timezone).toBe('Asia/Bangkok');
});

test('there is an example for every resource', () => {
	const shown = new Set(examples.flatMap(nodesOf).map(({ parameters }) => parameters['resource']));
	expect([...new Set(operations.map(({ resource }) => resource))].filter((resource) => !shown.has(resource))).toEqual([]);
});

test.each([
	['customer-events.json', 'eventName', 'Kick-off meeting'],
	['customers-any-endpoint.json', 'customerCode', 'C0230'],
	['price-list.json', 'productUnitName', 'ถุง'],
	['quotations-of-a-month.json', 'productCode', 'A002'],
])('%s gives what it promises', async (file, column, value) => {
	const { parameters = {} } = nodesOf(file).find(({ type }) => type === 'n8n-nodes-gofive.goFive') ?? {};
	const { items } = await runNode({ parameters, credential: world.credential, items: [{ customerCode: 'C000055' }] });
	expect(items.map((item) => item[column])).toContain(value);
});
