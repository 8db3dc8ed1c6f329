import type { Behaviour, Sandbox } from '../../sandbox/types.mts';
import { DELAY, type Case, type Measured, type Of, type Way } from './kit.mts';

/** Tells in one line what is going on. */
export type Tell = (line: string) => void;

const USUAL: Partial<Behaviour> = { delayMs: DELAY, workers: null, rateLimit: null };

/**
 * Executes the ways of a case in turn, there and back, so that a machine that slows down or speeds up favours none.
 * @throws PlainStop when one does not succeed, or gives another number of items than it should
 */
export async function measure({ ways, place, times, behaviour }: Case, sandbox: Sandbox, tell: Tell): Promise<Of> {
	const measured = new Map(ways.map((way): [Way, Measured[]] => [way, []]));
	const of: Of = (way) => measured.get(way) ?? [];
	const execute = async (way: Way): Promise<Measured> => {
		sandbox.set({ ...USUAL, ...behaviour, ...way.behaviour });
		sandbox.requests.length = 0;
		const sample = await way.execute(place);
		return { ...sample, requests: [...sandbox.requests] };
	};
	for (const way of place === 'warm server' ? ways : []) {
		tell(`warming up a server: ${way.title}`);
		await execute(way);
	}
	for (let round = 0; round < times; round++) {
		for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
			const rounds = way.times ?? times;
			if (round >= rounds) continue;
			tell(`${way.title}, ${round + 1} of ${rounds}`);
			of(way).push(await execute(way));
		}
	}
	return of;
}
