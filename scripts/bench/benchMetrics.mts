import { median } from '../bounds.mts';
import type { MeasuredSample, SampleLookup, BenchVariant } from './benchFixture.mts';

/** Returns the median time in ms. */
export const medianTimeMs = (samples: MeasuredSample[]): number =>
	median(samples.map(({ milliseconds }) => milliseconds));

/** Returns the median of the highest memory in bytes. */
export const medianPeakBytes = (samples: MeasuredSample[]): number =>
	median(samples.map(({ peakBytes = Number.NaN }) => peakBytes));

/** Returns the median of the processor time in ms. */
export const medianProcessorMs = (samples: MeasuredSample[]): number =>
	median(samples.map(({ processorMs = Number.NaN }) => processorMs));

/** Returns the highest number of codes whose events were not returned. */
export const maxLostCodes = (samples: MeasuredSample[]): number =>
	Math.max(...samples.map(({ lostCodes = Number.NaN }) => lostCodes));

/** Counts the requests of an operation that the sandbox received, per execution. */
export const countRequestsPerSample = (samples: MeasuredSample[], operation = 'getCustomerEvents'): number[] =>
	samples.map(({ requests }) => requests.filter(({ operationId }) => operationId === operation).length);

/** Returns a function that compares a metric of two variants. */
export const ratioBetween =
	(variant: BenchVariant, otherVariant: BenchVariant, metric = medianTimeMs) =>
	(getSamples: SampleLookup): number =>
		metric(getSamples(variant)) / metric(getSamples(otherVariant));
