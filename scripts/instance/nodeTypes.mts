import { UserFacingError } from './userFacingError.mts';
import type { RestClient } from './restClient.mts';
import type { StoppableScript } from './stoppableScript.mts';

/** Time limit in ms for a response. */
const RESPONSE_TIMEOUT_MS = 180_000;
/** Time limit in ms until n8n lists all nodes and credentials, after its first response. */
const NODE_TYPES_TIMEOUT_MS = 20_000;

/** Checks that n8n lists the node and the credential, because n8n skips a package that it cannot load. */
export async function assertNodeLoaded(script: StoppableScript, { url, cookie }: RestClient): Promise<void> {
	const fetchTypes = async (kind: string): Promise<Array<{ name: string; authenticate?: object }>> => {
		const types = await fetch(`${url}/types/${kind}.json`, {
			headers: { cookie },
			signal: script.stopOrTimeoutSignal(RESPONSE_TIMEOUT_MS),
		});
		return types.ok ? ((await types.json()) as Array<{ name: string }>) : [];
	};
	const isListed = async (): Promise<boolean> =>
		(await fetchTypes('nodes')).some(({ name }) => name === 'n8n-nodes-gofive.goFive') &&
		(await fetchTypes('credentials')).some(({ name, authenticate }) => name === 'goFiveApi' && authenticate);
	// n8n 1 writes its lists after its first response.
	if (await script.waitFor(isListed, NODE_TYPES_TIMEOUT_MS, 500)) return;
	const nextStep = `The output of n8n is in ${script.logFile}`;
	throw new UserFacingError('n8n started, but did not load the GoFive node.', nextStep);
}
