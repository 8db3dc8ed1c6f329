import { fetchText } from './n8nResponse.mts';
import { UserFacingError } from './userFacingError.mts';
import type { RestClient } from './restClient.mts';
import type { StoppableScript } from './stoppableScript.mts';

/** Time limit in ms until n8n lists all nodes and credentials, after the login. */
const NODE_TYPES_TIMEOUT_MS = 180_000;

/**
 * Checks that n8n lists the node and the credential, because n8n skips a package that it cannot load.
 * @throws UserFacingError if they are not listed in time, or if n8n denies access to its lists
 */
export async function assertNodeLoaded(script: StoppableScript, { url, cookie }: RestClient): Promise<void> {
	const fetchTypes = async (kind: string): Promise<Array<{ name: string; authenticate?: object }>> =>
		JSON.parse(await fetchText(script, `${url}/types/${kind}.json`, { cookie })) as Array<{ name: string }>;
	const isListed = async (): Promise<boolean> =>
		(await fetchTypes('nodes')).some(({ name }) => name === 'n8n-nodes-gofive.goFive') &&
		(await fetchTypes('credentials')).some(({ name, authenticate }) => name === 'goFiveApi' && authenticate);
	// n8n writes its lists after its first response, so they may be missing or incomplete.
	if (await script.waitFor(isListed, NODE_TYPES_TIMEOUT_MS, 500)) return;
	throw new UserFacingError(
		'n8n started, but did not list the GoFive node and its credential within three minutes.',
		script.retryStep,
	);
}
