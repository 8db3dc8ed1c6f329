import type { INodeParameters } from 'n8n-workflow';
import type { Answer } from '../../sandbox/index.mts';
import { isFirstMajor } from './harness.cts';
import type { PollResult } from './harness.cts';
import { goSilent, whenHanging } from './sockets.cts';
import { openTriggerWorld, pollBudgetMs, timeout, told } from './triggerWorld.cts';
import { until } from '../until.cts';

const world = openTriggerWorld();
beforeEach(() => world.stopTime());

const meet = (customerCode: string, answer: Answer, times: number | 'always' = 1) =>
	world.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, times, answer });
/** The others then have their answers, or wait for theirs, when time passes for one. */
const ONE_BY_ONE = { timeout, maxParallelRequests: 1 };
const DRIP: Answer = { kind: 'drip', everyMs: 20, blanks: 100_000 };

/** Resolves when the newest request that GoFive has is one for this customer. */
const asking = async (customerCode: string) => await until(() => world.asked.at(-1) === customerCode);

/** A poll in which the requests that GoFive never answers end as silent ones. @param silences gets how long each may be silent, in milliseconds */
async function withSilence<T>(silences: Array<number | undefined>, poll: () => Promise<T>): Promise<T> {
	const undo = whenHanging(world.sandbox, (connection) => {
		silences.push(connection.timeout);
		goSilent(connection);
	});
	return await poll().finally(undo);
}

test('Timeout decides how long a customer who never answers is waited for, if the budget bears it', async () => {
	const workflow = await world.active({ customerCodes: 'B,A', options: { timeout: 100, maxParallelRequests: 1 } });
	meet('B', { kind: 'hang' });
	const [b, a] = [world.create('B'), world.create('A')];
	const silences: Array<number | undefined> = [];
	expect(told(await withSilence(silences, async () => await workflow.poll()))).toEqual([a]);
	expect(silences).toEqual([100_000]);
	expect(told(await workflow.poll())).toEqual([b]);
});

// n8n 1.x knows no budget.
if (!isFirstMajor()) {
	// The time for reading is four fifths of the budget, 240 seconds; half of it for silence, less a second, or for a trickle.
	describe('a customer who never answers', () => {
		test.each([
			['is silent', 'A,C,B', true],
			['is silent, and stands first', 'B,A,C', false],
		])('and %s holds up nobody, and is reported after three polls', async (_, customerCodes, durable) => {
			const silences: Array<number | undefined> = [];
			const reports = await reportsOf({ customerCodes, options: ONE_BY_ONE }, durable, { kind: 'hang' }, async (poll) => await withSilence(silences, poll));
			expect(silences).toEqual([119_000, 119_000, 119_000]);
			expect(reports).toEqual(['2: B could not be read 3 times in a row: GoFive did not answer within 119 seconds']);
		});

		test('and trickles, and stands first, holds up nobody, and is reported after three polls', async () => {
			const reports = await reportsOf({ customerCodes: 'B,A,C', options: ONE_BY_ONE }, true, DRIP, async (poll) => {
				const running = poll();
				await asking('B');
				await world.pass(120_000);
				return await running;
			});
			expect(reports).toEqual(['2: B could not be read 3 times in a row: GoFive did not answer within 120 seconds']);
		});

		/** What three polls report in which B meets an answer, and the others have news each time; a fourth one tells what B has. */
		async function reportsOf(parameters: INodeParameters, durable: boolean, answer: Answer, during: (poll: () => Promise<PollResult>) => Promise<PollResult>): Promise<string[]> {
			const workflow = world.workflow(parameters, durable);
			expect(told(await workflow.activate())).toEqual([]);
			meet('B', answer, 3);
			const b = world.create('B');
			const reports: string[] = [];
			for (let poll = 0; poll < 3; poll++) {
				const ids = [world.create('A'), world.create('C')];
				world.sandbox.requests.length = 0;
				const result = await during(async () => await workflow.poll({ pollBudgetMs }));
				expect(told(result)).toEqual(ids);
				reports.push(...result.emittedErrors.map(({ message }) => `${poll}: ${message}`));
			}
			expect(told(await workflow.poll({ pollBudgetMs }))).toEqual([b]);
			return reports;
		}
	});

	test('several who trickle, and stand first, hold up the others for one poll only', async () => {
		world.sandbox.store.addCustomer('D');
		const workflow = await world.active({ customerCodes: 'B,C,D,A', options: ONE_BY_ONE });
		for (const customerCode of ['B', 'C', 'D']) meet(customerCode, DRIP, 'always');
		const id = world.create('A');
		/** A poll during which each of these trickles for half of the time for reading, and the last for what is left. */
		const poll = async (...trickling: string[]) => {
			const running = workflow.poll({ pollBudgetMs: pollBudgetMs + 2000 });
			for (const code of trickling.slice(0, -1)) {
				await asking(code);
				await world.pass(120_000);
			}
			await asking(trickling.at(-1) ?? '');
			return told(await world.end(running, 30_000));
		};
		expect(await poll('B', 'C', 'D')).toEqual([]);
		world.sandbox.requests.length = 0;
		expect(await poll('D', 'B', 'C')).toEqual([id]);
		expect(world.asked).toEqual(['D', 'A', 'B', 'C']);
	});

	test('a pause of the rate limit that outlasts the budget is told as one', async () => {
		const workflow = await world.active({ customerCodes: 'A,B', options: ONE_BY_ONE });
		const ids = [world.create('A'), world.create('B')];
		const before = workflow.memory;
		const { running } = await world.refuse(120, async () => await workflow.poll({ pollBudgetMs: 140_000 }));
		const { error } = await world.end(running, 126_000);
		expect(error).toMatchObject({
			message: 'GoFive keeps refusing the request because of its rate limit',
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 8000 },
		});
		expect(workflow.memory).toEqual(before);
		expect(told(await workflow.poll())).toEqual(ids);
	});

	test.each([false, true])('baselines that take longer than one poll of the durable poller (Emit Existing Events: %s)', async (emitExisting) => {
		const codes = ['K0', 'K1', 'K2', 'K3'];
		for (const code of codes) world.sandbox.store.addCustomer(code);
		const existing = codes.map((code) => world.create(code));
		const workflow = world.workflow({ customerCodes: codes.join(','), options: { ...ONE_BY_ONE, emitExisting } }, true);
		const begun = () => codes.filter((code) => JSON.stringify(workflow.stored).includes(`"${code}":{"seen"`));
		const first = told(await world.pollWith(2, async (options) => await workflow.activate('activate', {}, options)));
		expect([first, begun()]).toEqual([emitExisting ? existing.slice(0, 2) : [], ['K0', 'K1']]);
		const second = told(await world.pollWith(2, async (options) => await workflow.poll(options)));
		expect([second, begun()]).toEqual([emitExisting ? existing.slice(2) : [], codes]);
		const ids = codes.map((code) => world.create(code));
		expect(told(await workflow.activate())).toEqual(ids);
	});

	test('a first poll of the durable poller that cannot read a customer for another reason names him', async () => {
		const workflow = world.workflow({ customerCodes: 'A,B' }, true);
		world.fail('B');
		expect((await workflow.activate()).error?.message).toBe('The trigger cannot start, because B could not be read: GoFive could not handle the request (HTTP 500)');
		expect(told(await workflow.poll())).toEqual([]);
	});
}
