import type { SandboxBehaviour, Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { BenchCase, BenchVariant, MeasuredSample, SampleLookup } from './benchFixture.mts';

/** Shows one line of progress. */
export type BenchProgressCallback = (line: string) => void;

/** Time in ms that the sandbox takes for each request. */
const SERVER_DELAY_MS = 50;
const BENCH_BEHAVIOUR: Partial<SandboxBehaviour> = { delayMs: SERVER_DELAY_MS, workers: null, rateLimit: null };

/**
 * Executes the variants of a case in alternating order, so that a machine whose speed changes favours none.
 * @throws UserFacingError if one does not succeed or returns a wrong number of items
 */
export async function measureCase(
	{ variants, mode, times, behaviour }: BenchCase,
	sandbox: Sandbox,
	onProgress: BenchProgressCallback,
): Promise<SampleLookup> {
	const samplesByVariant = new Map(variants.map((variant): [BenchVariant, MeasuredSample[]] => [variant, []]));
	const getSamples: SampleLookup = (variant) => samplesByVariant.get(variant) ?? [];
	const executeVariant = async (variant: BenchVariant): Promise<MeasuredSample> => {
		sandbox.setBehaviour({ ...BENCH_BEHAVIOUR, ...behaviour });
		sandbox.requestLog.length = 0;
		const sample = await variant.execute(mode);
		return { ...sample, requests: [...sandbox.requestLog] };
	};
	for (const variant of mode === 'warm server' ? variants : []) {
		onProgress(`warming up a server: ${variant.title}`);
		await executeVariant(variant);
	}
	for (let round = 0; round < times; round++) {
		for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
			const timesOfVariant = variant.times ?? times;
			if (round >= timesOfVariant) continue;
			onProgress(`${variant.title}, ${round + 1} of ${timesOfVariant}`);
			getSamples(variant).push(await executeVariant(variant));
		}
	}
	return getSamples;
}
