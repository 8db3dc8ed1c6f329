import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { openTrigger, runNode } from './harness.cts';
import { World } from './world.cts';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.json'));

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());

test.each(examples)('%s: its GoFive nodes give items with the parameters that it has', async (file) => {
	const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] };
	const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-gofive.'));
	expect(own.length).toBeGreaterThan(0);
	for (const { type, parameters } of own) {
		if (type.endsWith('Trigger')) {
			const { items, error } = await openTrigger({ parameters, credential: world.credential }).poll({ mode: 'manual' });
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(0);
		} else {
			const { items, error } = await runNode({ parameters, credential: world.credential, items: [{ customerCode: 'C000055' }] });
			expect(error).toBeUndefined();
			const names = items.map(({ eventName, fullname }) => eventName ?? fullname);
			expect(names).toContain(parameters.resource === 'endpoint' ? 'Somchai Jaidee' : 'Kick-off meeting');
		}
	}
});
