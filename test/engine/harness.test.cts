import { loadOptionsOf, openTriggerOf, runNodeClass } from './harness.cts';
import { NodeOperationError } from 'n8n-workflow';
import { Example, ExampleApi, ExampleTrigger, text } from './harness/exampleNode.cts';
import { startExampleServer } from './harness/exampleServer.cts';
import { until } from './until.cts';

let server: Awaited<ReturnType<typeof startExampleServer>>;
beforeAll(async () => {
	server = await startExampleServer();
});
beforeEach(() => server.reset());
afterAll(async () => await server.close());

const run = async (options: Partial<Parameters<typeof runNodeClass>[0]> = {}) =>
	await runNodeClass({
		nodeClass: Example,
		credentialClass: ExampleApi,
		credential: { baseUrl: server.url },
		...options,
		parameters: { url: server.url, ...options.parameters },
	});

describe('items', () => {
	const items = [{ path: 'echo' }, { path: 'fail' }, { path: 'echo' }];
	const parameters = { path: '={{ $json.path }}' };

	it('resolve expressions, and come out paired', async () => {
		const { outputs } = await run({
			items: [{ n: 1 }, { n: 2 }],
			parameters: { given: '={{ $json.n + $itemIndex }}' },
		});
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.given, pairedItem])).toEqual([
			['1', { item: 0 }],
			['3', { item: 1 }],
		]);
	});

	it('resolve dates in the zone of the instance', async () => {
		const { items: out } = await run({
			parameters: { given: '={{ $today.toFormat("ZZ HH:mm") }}' },
			instanceTimezone: 'Asia/Kathmandu',
		});
		expect(out).toMatchObject([{ given: '+05:45 00:00' }]);
	});

	it('stop the node at a failure', async () => {
		const { outputs, error, status } = await run({ items, parameters });
		expect(status).toBe('error');
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({ message: 'Not that one', context: { itemIndex: 1 } });
	});

	it('go on with continueRegularOutput', async () => {
		const { outputs, error } = await run({ items, parameters, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		expect(outputs[0]?.map(({ json, error: own }) => [json.error, own?.message])).toEqual([
			[undefined, undefined],
			['Not that one', 'Not that one'],
			[undefined, undefined],
		]);
	});

	it('leave by the error output with continueErrorOutput', async () => {
		const { outputs } = await run({ items, parameters, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.length)).toEqual([2, 1]);
		expect(outputs[1]).toMatchObject([{ pairedItem: { item: 1 }, json: { error: 'Not that one' } }]);
		expect(outputs[1]?.[0]?.error).toBeInstanceOf(NodeOperationError);
	});

	it('are cut to the first by executeOnce', async () => {
		expect((await run({ items: [{}, {}], executeOnce: true })).items).toHaveLength(1);
	});
});

describe('a run', () => {
	it('gives hints, the stored text and the log', async () => {
		const { hints, runDataText, logs } = await run({ items: [{ mark: 'ก-123' }] });
		expect(hints).toMatchObject([{ message: 'All sent' }]);
		expect(runDataText).toContain('ก-123');
		expect(logs).toContain('Running node \\"Example\\" finished successfully'.replaceAll('\\', ''));
	});

	it('is refused when a required parameter is empty', async () => {
		class Strict extends Example {
			override description = {
				...new Example().description,
				properties: [{ ...text('need'), required: true }],
			};
		}
		const { error, outputs, status } = await run({ nodeClass: Strict });
		expect([status, outputs]).toEqual(['error', []]);
		expect(error?.message).toContain('has issues');
	});

	it('ends when it is cancelled', async () => {
		const cancelWhen = until(() => server.received.at(-1)?.path === '/hang');
		// The answer never comes.
		expect((await run({ parameters: { path: 'hang' }, cancelWhen })).status).toBe('canceled');
	});
});

describe('beside runs', () => {
	const subject = () => ({
		nodeClass: Example,
		credentialClass: ExampleApi,
		credential: { baseUrl: server.url },
		parameters: { url: server.url },
	});

	it('dropdowns are filled', async () => {
		expect(await loadOptionsOf('paths', subject())).toEqual([{ name: 'Seen', value: 2 }]);
	});

	it('a poll keeps its state in memory and reports errors beside its data', async () => {
		const trigger = openTriggerOf({ ...subject(), nodeClass: ExampleTrigger });
		expect(await trigger.poll({ activation: 'init' })).toMatchObject({ data: null });
		const { items, emittedErrors } = await trigger.poll();
		expect(items).toEqual([{ polls: 2, mode: 'trigger', activation: 'activate' }]);
		expect(emittedErrors.map(({ message }) => message)).toEqual(['poll 2']);
		expect(trigger.staticData()).toMatchObject({ 'node:Example Trigger': { polls: 2 } });
		const restarted = openTriggerOf({
			...subject(),
			nodeClass: ExampleTrigger,
			staticData: trigger.staticData(),
		});
		await restarted.poll();
		expect(restarted.staticData()).toMatchObject({ 'node:Example Trigger': { polls: 3 } });
	});
});
