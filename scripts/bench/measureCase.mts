import type { SandboxBehaviour, Sandbox } from '../../sandbox/sandboxTypes.mts';
import {
	SERVER_DELAY_MS,
	type BenchCase,
	type MeasuredSample,
	type SampleLookup,
	type BenchVariant,
} from './benchFixture.mts';

/** Tells in one line what is going on. */
export type BenchProgressCallback = (line: string) => void;

const BENCH_BEHAVIOUR: Partial<SandboxBehaviour> = { delayMs: SERVER_DELAY_MS, workers: null, rateLimit: null };

/**
 * Executes the ways of a case in turn, there and back, so that a machine that slows down or speeds up favours none.
 * @throws UserFacingError when one does not succeed, or gives another number of items than it should
 */
export async function measureCase(
	{ variants, mode, times, behaviour }: BenchCase,
	sandbox: Sandbox,
	onProgress: BenchProgressCallback,
): Promise<SampleLookup> {
	const samplesByVariant = new Map(variants.map((variant): [BenchVariant, MeasuredSample[]] => [variant, []]));
	const getSamples: SampleLookup = (variant) => samplesByVariant.get(variant) ?? [];
	const executeVariant = async (variant: BenchVariant): Promise<MeasuredSample> => {
		sandbox.setBehaviour({ ...BENCH_BEHAVIOUR, ...behaviour, ...variant.behaviour });
		sandbox.requestLog.length = 0;
		const sample = await variant.execute(mode);
		return { ...sample, requests: [...sandbox.requestLog] };
	};
	for (const way of mode === 'warm server' ? variants : []) {
		onProgress(`warming up a server: ${way.title}`);
		await executeVariant(way);
	}
	for (let round = 0; round < times; round++) {
		for (const way of round % 2 === 0 ? variants : variants.toReversed()) {
			const timesOfVariant = way.times ?? times;
			if (round >= timesOfVariant) continue;
			onProgress(`${way.title}, ${round + 1} of ${timesOfVariant}`);
			getSamples(way).push(await executeVariant(way));
		}
	}
	return getSamples;
}
