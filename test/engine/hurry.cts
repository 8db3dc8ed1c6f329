import type { Sandbox } from '../../sandbox/index.mts';
import { turn } from '../until.cts';
import { clock } from './world.cts';

/**
 * Lets no test wait until a request that hangs or trickles is given up: time flies for as long as such a request is the
 * newest one, and stands still otherwise, so that no other request is given up on a slow machine. For runs that send one
 * request after the other. Call after `skipWaiting`; returns how to undo it.
 */
export function hurry({ requests }: Sandbox): () => void {
	const { watch } = clock;
	let over = false;
	clock.watch = async () => {
		do await turn();
		while (!over && !['hang', 'drip'].includes(requests.at(-1)?.fault ?? ''));
	};
	return () => {
		over = true;
		clock.watch = watch;
	};
}
