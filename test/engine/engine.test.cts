import { execFileSync } from 'node:child_process';
import { ExecuteContext } from 'n8n-core';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import { expectNoSecret, expectNoSecretIn } from './accounts.cts';
import { engine } from './harness.cts';
import { BUILT } from './harness/environment.cts';
import { openWorld } from './world.cts';

/** The project of the jest config that runs this. */
declare const PROJECT: string;

/** The versions of n8n-core, and of the n8n-workflow that belongs to it, by project. */
const RELEASES: Record<string, string[]> = {
	'engine-2x': ['2.41.1', '2.41.0'],
	'engine-1x': ['1.122.48', '1.120.31'],
};

describe('the engine of this project', () => {
	test('is one of two, which cover both releases', () => {
		const { projects } = require('../../jest.config.cjs') as { projects: Array<{ displayName: string }> };
		const engines = projects.map(({ displayName }) => displayName).filter((name) => name.startsWith('engine'));
		expect(engines).toEqual(Object.keys(RELEASES));
		const { core, workflow } = engine();
		expect([core.version, workflow.version]).toEqual(RELEASES[PROJECT]);
	});

	test('gives its own n8n-workflow to the built node and to the tests', () => {
		const { workflow, workflowOfNode } = engine();
		expect(workflowOfNode).toEqual(workflow);
		expect(require.resolve('n8n-workflow')).toBe(workflow.file);
	});
});

const world = openWorld();

// Whatever looks for secrets would find none in what it is not given.
test('a secret that a run leaves is found, in what n8n stores as in what it logs', async () => {
	const { clientSecret } = SANDBOX_SIGN_IN;
	const result = await world.run('getTypes', {}, { items: [{ note: clientSecret }] });
	expect(() => expectNoSecret(world, result.runDataText)).toThrow(clientSecret);
	expect(() => expectNoSecretIn(world, result)).toThrow(clientSecret);
	expect(result.logs).toContain('Running node "GoFive" finished successfully');
	expect(() => expectNoSecretIn(world, { ...result, runDataText: '', logs: clientSecret })).toThrow(clientSecret);
});

test('what n8n reads at its start is no more than what describes the package; what sends comes later', () => {
	const read = `for (const file of ${JSON.stringify(Object.values(BUILT))}) for (const Type of Object.values(require(file))) new Type();
		console.log(Object.keys(require.cache).join('\\n'))`;
	const files = execFileSync(process.execPath, ['-e', read], { encoding: 'utf8' }).split('\n');
	expect(files).toEqual(expect.arrayContaining(Object.values(BUILT)));
	expect(files.filter((file) => /dist\/nodes\/GoFive\/(?:api\/send|operation\/run|trigger\/run)/.test(file))).toEqual([]);
});

test('n8n is asked once for a parameter without an expression, and for any other once for each item', async () => {
	// Both releases of n8n read every parameter by it.
	const asked = jest.spyOn(ExecuteContext.prototype as unknown as { _getNodeParameter(name: string): unknown }, '_getNodeParameter');
	const items = [{ code: 'C000055', from: '2025-01-01' }, { code: 'C000154', from: '2025-01-02' }, { code: 'C000055', from: '2025-01-03' }];
	await world.run('getByCustomerCode', { customerCode: '={{ $json.code }}', dateFrom: '={{ $json.from }}', options: { sort: 'newestFirst' } }, { items });
	const timesOf = (name: string) => asked.mock.calls.filter(([one]) => one === name).length;
	expect(['customerCode', 'dateFrom', 'dateTo', 'eventTypes', 'returnAll', 'output', 'options'].map(timesOf)).toEqual([3, 3, 1, 1, 1, 1, 1]);
	asked.mockRestore();
});
