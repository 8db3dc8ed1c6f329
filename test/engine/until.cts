import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** Resolves once `met` holds; looked at again and again, so that nothing depends on how fast a machine is. */
export async function until(met: () => boolean): Promise<void> {
	while (!met()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Some requests of the test's own, there and back: what the node had sent before, or was answered, has come in by then. */
export async function settle(url: string): Promise<void> {
	for (let turn = 0; turn < 3; turn++) {
		const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
		await once(response.resume(), 'end');
	}
}
