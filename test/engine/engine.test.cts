import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import { expectNoSecret, expectNoSecretIn } from './accounts.cts';
import { engine } from './harness.cts';
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
