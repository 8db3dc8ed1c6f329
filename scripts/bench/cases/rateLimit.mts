import type { RateLimit } from '../../../sandbox/types.mts';
import { median } from '../../bounds.mts';
import { DELAY, EVENTS_EACH, type Case, type Kit } from '../kit.mts';
import { inTurn, lost, received, rowOf, type Variant } from '../measure.mts';
import { workflowOf } from '../workflows.mts';

const days = { from: '2025-01-01', to: '2025-01-31' };
const CODES = 200;
const RATE = 20;
/** Seconds: the first second's burst is free, the rest comes at the rate. */
const IDEAL = (CODES - RATE) / RATE;
const MOST = 1.15;

/** 200 codes at 20 requests per second: what is lost, and how near to the limit the time is. */
export function rateLimit(kit: Kit): Case {
	const { sandbox } = kit.running;
	const codes = kit.codes.slice(0, CODES);
	const items = CODES * EVENTS_EACH;
	const limited = (kind: RateLimit['kind']) => (): void =>
		sandbox.set({ rateLimit: { requests: RATE, perSeconds: 1, retryAfterSeconds: 1, kind } });
	const before = limited('bucket');
	const http = (id: string, batchSize?: number): Variant => ({
		title: batchSize ? `the same, batches of ${batchSize} every second` : 'HTTP Request + Split Out',
		workflow: workflowOf(
			`limit-${id}`,
			codes,
			kit.http(days, batchSize ? { batchSize, batchInterval: 1000 } : undefined),
		),
		before,
	});
	const others = [http('http'), http('batched-20', RATE), http('batched-15', 15)];
	const own: Variant = {
		title: 'GoFive',
		workflow: workflowOf('limit-own', codes, kit.goFive(days)),
		before,
		items,
	};
	const ownWindow: Variant = { ...own, title: 'GoFive, the limit counted in fixed seconds', before: limited('window') };

	return {
		title: `${CODES} customer codes, ${RATE} requests per second with Retry-After 1 s, ${DELAY} ms per answer`,
		workflows: [...others, own].map(({ workflow }) => workflow),
		async run(runs, tell) {
			const inServer = runs.inServer.bind(runs);
			const measured = await inTurn(sandbox, others, 1, inServer, tell);
			const [goFive, fixed] = [
				await inTurn(sandbox, [own], 3, inServer, tell),
				await inTurn(sandbox, [ownWindow], 1, inServer, tell),
			].flat();
			sandbox.set({ rateLimit: null });
			const all = [...measured, goFive, fixed].filter((each) => each !== undefined);
			const rows = all.map((each) => {
				const requests = median(received(each, 'getCustomerEvents'));
				return rowOf(each, `${Math.max(...lost(each))} of ${CODES} lost, ${requests} requests`);
			});
			const worst = goFive ? Math.max(...lost(goFive)) : Number.NaN;
			const time = median(goFive?.times ?? []) / 1000 / IDEAL;
			return {
				rows,
				verdicts: [
					{ what: 'rate limit: items lost by GoFive', value: worst, bound: { atMost: 0 } },
					{ what: `rate limit: time of GoFive / ideal (${IDEAL} s)`, value: time, bound: { atMost: MOST } },
				],
			};
		},
	};
}
