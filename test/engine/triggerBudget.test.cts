import { isFirstMajor } from './harness.cts';
import { told, TriggerWorld } from './triggerWorld.cts';

const world = new TriggerWorld();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());
beforeEach(() => world.begin());

/** Four seconds of it may be used, so that a request is given up after one or two. */
const pollBudgetMs = 5000;

test('without a budget, Timeout decides how long a customer who never answers is waited for', async () => {
	const workflow = await world.active({ customerCodes: 'B,A', options: { timeout: 1 } });
	world.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode: 'B' }, answer: { kind: 'hang' } });
	const [b, a] = [world.create('B'), world.create('A')];
	expect(told(await workflow.poll())).toEqual([a]);
	expect(told(await workflow.poll())).toEqual([b]);
});

// n8n 1.x knows no budget.
if (!isFirstMajor()) {
	describe('a customer who never answers', () => {
		test.each([
			['is silent', 'A,B,C', { kind: 'hang' }, true],
			['is silent, and stands first', 'B,A,C', { kind: 'hang' }, false],
			['trickles, and stands first', 'B,A,C', { kind: 'drip', everyMs: 20, blanks: 100_000 }, true],
		] as const)('and %s holds up nobody, and is reported after three polls', async (_, customerCodes, answer, durable) => {
			const workflow = world.workflow({ customerCodes }, durable);
			expect(told(await workflow.activate())).toEqual([]);
			world.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode: 'B' }, times: 3, answer });
			const b = world.create('B');
			const reports: string[] = [];
			for (let poll = 0; poll < 3; poll++) {
				const ids = [world.create('A'), world.create('C')];
				const started = performance.now();
				const result = await workflow.poll({ pollBudgetMs });
				expect(performance.now() - started).toBeLessThan(pollBudgetMs);
				expect(told(result)).toEqual(ids);
				reports.push(...result.emittedErrors.map(({ message }) => `${poll}: ${message}`));
			}
			expect(reports).toEqual([expect.stringMatching(/^2: B could not be read 3 times in a row: GoFive did not answer within [12] seconds?$/)]);
			expect(told(await workflow.poll({ pollBudgetMs }))).toEqual([b]);
		});
	});

	test('several who trickle, and stand first, hold up the others for one poll only', async () => {
		const workflow = await world.active({ customerCodes: 'B,C,A' });
		for (const customerCode of ['B', 'C']) {
			world.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, times: 2, answer: { kind: 'drip', everyMs: 20, blanks: 100_000 } });
		}
		const id = world.create('A');
		expect(told(await workflow.poll({ pollBudgetMs: 3500 }))).toEqual([]);
		expect(told(await workflow.poll({ pollBudgetMs: 3500 }))).toEqual([id]);
	});

	test('a pause of the rate limit that outlasts the budget is told as one', async () => {
		const workflow = await world.active({ customerCodes: 'A,B' });
		const ids = [world.create('A'), world.create('B')];
		const before = workflow.memory;
		world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { kind: 'rateLimited', seconds: 60 } });
		const { error } = await workflow.poll({ pollBudgetMs: 500 });
		expect(error).toMatchObject({
			message: 'GoFive keeps refusing the request because of its rate limit',
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 60_000 },
		});
		expect(workflow.memory).toEqual(before);
		expect(told(await workflow.poll())).toEqual(ids);
	});

	test.each([false, true])('baselines that take longer than one poll of the durable poller (Emit Existing Events: %s)', async (emitExisting) => {
		const codes = ['K0', 'K1', 'K2', 'K3'];
		for (const code of codes) world.sandbox.store.addCustomer(code);
		const existing = codes.map((code) => world.create(code));
		const workflow = world.workflow({ customerCodes: codes.join(','), options: { maxParallelRequests: 1, emitExisting } }, true);
		world.sandbox.set({ delayMs: 200 });
		const seen: number[] = [];
		let polls = 0;
		do {
			const cursor = structuredClone(workflow.stored);
			seen.push(...told(await workflow.load().poll({ cursor, pollBudgetMs: 650 })));
			workflow.stored = cursor;
			polls += 1;
			await new Promise((resolve) => setTimeout(resolve, 250));
		} while (codes.some((code) => !JSON.stringify(workflow.stored).includes(`"${code}":{"seen"`)) && polls < 20);
		expect(polls).toBeGreaterThan(1);
		expect(seen.sort((a, b) => a - b)).toEqual(emitExisting ? existing : []);
		world.sandbox.set({ delayMs: 0 });
		const ids = codes.map((code) => world.create(code));
		expect(told(await workflow.activate())).toEqual(ids);
	}, 30_000);

	test('a first poll of the durable poller that cannot read a customer for another reason names him', async () => {
		const workflow = world.workflow({ customerCodes: 'A,B' }, true);
		world.fail('B');
		expect((await workflow.activate()).error?.message).toBe('The trigger cannot start: what B has so far could not be read');
		expect(told(await workflow.poll())).toEqual([]);
	});
}
