import type { Readable } from 'node:stream';
import type { PreparedInstance } from './startInstance.mts';
import type { OwnerLogin } from './n8nEnvironment.mts';
import type { N8nInstallation } from './n8nInstallation.mts';
import { UserFacingError } from './userFacingError.mts';
import { RestClient } from './restClient.mts';
import { terminateProcessTree, killProcessTree, type ScriptContext } from './scriptContext.mts';

/** Milliseconds that n8n may take until it answers. */
const STARTUP_TIMEOUT_MS = 180_000;
/** The same until its lists of nodes and credentials are complete. */
const NODE_TYPES_TIMEOUT_MS = 20_000;

/** A process of n8n, and all that it starts. */
export interface N8nProcess {
	pid: number;
	/** What it prints. */
	output: Readable;
	/** Settles when it has ended, by itself too. */
	exited: Promise<void>;
	/** Ends it in order. */
	stop(): Promise<void>;
	/** Kills it at once, without a word, and waits until it is gone. */
	kill(): Promise<void>;
}

/** A running n8n, and its owner, signed in. */
export interface N8nServer extends N8nProcess {
	rest: RestClient;
}

/** Starts n8n; it does not wait until n8n answers. @param args n8n's command */
export function startN8nProcess(
	script: ScriptContext,
	{ n8n, env }: Pick<PreparedInstance, 'n8n' | 'env'>,
	args = ['start'],
): N8nProcess {
	const childProcess = script.startProcess(n8n.nodePath, [n8n.cliPath, ...args], { env });
	const exited = childProcess.then(() => undefined);
	const { pid, all: output } = childProcess;
	if (pid === undefined) throw new UserFacingError('n8n could not be started.', `See ${script.logFile}`);
	const kill = async (): Promise<void> => {
		killProcessTree(childProcess);
		await exited;
	};
	return { pid, output, exited, stop: () => terminateProcessTree(childProcess), kill };
}

/** Waits for the end of n8n. @throws UserFacingError then, for it came by itself, and another error when the person stops */
export async function failOnUnexpectedExit(script: ScriptContext, { exited }: N8nProcess): Promise<never> {
	script.stopSignal.throwIfAborted();
	await Promise.race([exited, script.whenStopped]);
	script.stopSignal.throwIfAborted();
	// A killed n8n ends as well, but then nobody waits here any more.
	throw new UserFacingError('n8n has ended by itself.', `What it printed is in ${script.logFile}`);
}

/** Waits until all of some addresses answer. @throws UserFacingError when n8n ends by itself or takes too long */
export async function waitUntilReachable(script: ScriptContext, n8n: N8nProcess, urls: string[]): Promise<void> {
	const areAllReachable = async () => (await Promise.all(urls.map(isReachable))).every(Boolean);
	if (await Promise.race([script.waitFor(areAllReachable, STARTUP_TIMEOUT_MS), failOnUnexpectedExit(script, n8n)]))
		return;
	throw new UserFacingError('n8n did not answer within three minutes.', `What it printed is in ${script.logFile}`);
}

/**
 * Starts n8n and waits until it answers and offers the node.
 * @throws UserFacingError when it ends by itself, takes too long, or does not know the node.
 */
export async function startN8nServer(
	script: ScriptContext,
	n8n: N8nInstallation,
	env: NodeJS.ProcessEnv,
	signIn: OwnerLogin,
): Promise<N8nServer> {
	const url = `http://127.0.0.1:${env['N8N_PORT']}`;
	const n8nProcess = startN8nProcess(script, { n8n, env });
	// n8n 1 says that it is ready before it takes any of these calls; the settings come last.
	await waitUntilReachable(script, n8nProcess, [`${url}/healthz/readiness`, `${url}/rest/settings`]);
	const rest = await RestClient.logIn(script, url, signIn);
	await assertNodeLoaded(script, rest);
	return { ...n8nProcess, rest };
}

/** Whether an address answers with success. */
export const isReachable = (url: string): Promise<boolean> =>
	fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
		({ ok }) => ok,
		() => false,
	);

/** n8n skips a package that it cannot load, and what it cannot list, so ask it; this also proves the sign-in. */
async function assertNodeLoaded(script: ScriptContext, { url, cookie }: RestClient): Promise<void> {
	const fetchTypes = async (kind: string): Promise<Array<{ name: string; authenticate?: object }>> => {
		const types = await fetch(`${url}/types/${kind}.json`, {
			headers: { cookie },
			signal: script.stopOrTimeoutSignal(STARTUP_TIMEOUT_MS),
		});
		return types.ok ? ((await types.json()) as Array<{ name: string }>) : [];
	};
	const hasNodeType = async () => (await fetchTypes('nodes')).some(({ name }) => name === 'n8n-nodes-gofive.goFive');
	const findCredentialAuthentication = async () =>
		(await fetchTypes('credentials')).find(({ name }) => name === 'goFiveApi')?.authenticate;
	const nextStep = `What it printed is in ${script.logFile}`;
	// n8n 1 writes its lists while it answers already.
	const isNodeListed = await script.waitFor(hasNodeType, NODE_TYPES_TIMEOUT_MS, 500);
	if (!isNodeListed) throw new UserFacingError('n8n started, but did not load the GoFive node.', nextStep);
	if (await script.waitFor(findCredentialAuthentication, NODE_TYPES_TIMEOUT_MS, 500)) return;
	throw new UserFacingError(
		'n8n started, but its HTTP Request node does not offer the credential GoFive API.',
		nextStep,
	);
}
