import type { ReceivedRequest } from '../../sandbox/types.mts';
import { median } from '../bounds.mts';
import type { Measured, Of, Way } from './kit.mts';

/** The usual time, in milliseconds. */
export const time = (samples: Measured[]): number => median(samples.map(({ milliseconds }) => milliseconds));

/** The usual highest memory in use, in bytes. */
export const peak = (samples: Measured[]): number => median(samples.map(({ peakBytes = Number.NaN }) => peakBytes));

/** The most codes whose events did not come. */
export const mostLost = (samples: Measured[]): number => Math.max(...samples.map(({ lost = Number.NaN }) => lost));

/** How many requests of one operation the sandbox received, per execution. */
export const asked = (samples: Measured[], operation = 'getCustomerEvents'): number[] =>
	samples.map(({ requests }) => requests.filter(({ operationId }) => operationId === operation).length);

/** A figure of one way as a part of another's. */
export const part =
	(own: Way, other: Way, figure = time) =>
	(of: Of): number =>
		figure(of(own)) / figure(of(other));

/** How many requests were in the server on average, from the first one to the last answer; the usual execution. */
export const underWay = (samples: Array<{ requests: Array<Pick<ReceivedRequest, 'at' | 'answeredAt'>> }>): number =>
	median(
		samples.map(({ requests }) => {
			const spans = requests.map(({ at, answeredAt = Number.NaN }) => ({ at, answeredAt }));
			const whole = Math.max(...spans.map(({ answeredAt }) => answeredAt)) - Math.min(...spans.map(({ at }) => at));
			return spans.reduce((sum, { at, answeredAt }) => sum + answeredAt - at, 0) / whole;
		}),
	);
