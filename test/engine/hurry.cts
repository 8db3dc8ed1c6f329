import { clock } from './world.cts';

/**
 * Lets no test wait until a request that trickles is given up: once `met` says that it is under way, ten minutes pass at
 * once. Whatever else is under way then is given up too. Call after `skipWaiting`; returns how to undo it.
 */
export function hurry(met: () => boolean): () => void {
	const realNow = Date.now;
	const now = jest.spyOn(Date, 'now');
	const { watch } = clock;
	clock.watch = async () => {
		await new Promise((resolve) => setImmediate(resolve));
		if (met()) now.mockImplementation(() => realNow() + 601_000);
	};
	return () => {
		now.mockRestore();
		clock.watch = watch;
	};
}
