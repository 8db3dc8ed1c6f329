import type { ReceivedRequest } from '../../sandbox/sandboxTypes.mts';
import { median } from '../bounds.mts';
import type { MeasuredSample, SampleLookup, BenchVariant } from './benchFixture.mts';

/** The usual time, in milliseconds. */
export const medianTimeMs = (samples: MeasuredSample[]): number =>
	median(samples.map(({ milliseconds }) => milliseconds));

/** The usual highest memory in use, in bytes. */
export const medianPeakBytes = (samples: MeasuredSample[]): number =>
	median(samples.map(({ peakBytes = Number.NaN }) => peakBytes));

/** The most codes whose events did not come. */
export const maxLostCodes = (samples: MeasuredSample[]): number =>
	Math.max(...samples.map(({ lostCodes = Number.NaN }) => lostCodes));

/** How many requests of one operation the sandbox received, per execution. */
export const countRequestsPerSample = (samples: MeasuredSample[], operation = 'getCustomerEvents'): number[] =>
	samples.map(({ requests }) => requests.filter(({ operationId }) => operationId === operation).length);

/** A figure of one way as a part of another's. */
export const ratioBetween =
	(variant: BenchVariant, otherVariant: BenchVariant, metric = medianTimeMs) =>
	(getSamples: SampleLookup): number =>
		metric(getSamples(variant)) / metric(getSamples(otherVariant));

/** How many requests were in the server on average, from the first one to the last answer; the usual execution. */
export const meanInFlight = (samples: Array<{ requests: Array<Pick<ReceivedRequest, 'at' | 'answeredAt'>> }>): number =>
	median(
		samples.map(({ requests }) => {
			const spans = requests.map(({ at, answeredAt = Number.NaN }) => ({ at, answeredAt }));
			const totalMs = Math.max(...spans.map(({ answeredAt }) => answeredAt)) - Math.min(...spans.map(({ at }) => at));
			return spans.reduce((sum, { at, answeredAt }) => sum + answeredAt - at, 0) / totalMs;
		}),
	);
