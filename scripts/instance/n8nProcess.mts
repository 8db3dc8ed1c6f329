import type { Readable } from 'node:stream';
import type { PreparedInstance } from './startInstance.mts';
import type { OwnerLogin } from './n8nEnvironment.mts';
import type { N8nInstallation } from './n8nInstallation.mts';
import { UserFacingError } from './userFacingError.mts';
import { fetchText, RestClient } from './restClient.mts';
import { terminateProcessTree, killProcessTree, type ScriptContext } from './scriptContext.mts';

/** Time limit in ms until n8n responds. The first start creates the database. */
const STARTUP_TIMEOUT_MS = 180_000;

/** Process of n8n with its child processes. */
export interface N8nProcess {
	pid: number;
	/** Standard output and standard error. */
	output: Readable;
	/** Resolves when it has ended, for any reason. */
	exited: Promise<void>;
	/** Stops it in the ordinary way (SIGTERM). */
	stop(): Promise<void>;
	/** Kills it (SIGKILL) and waits for its end. */
	kill(): Promise<void>;
}

/** Running n8n with a REST client of its owner. */
export interface N8nServer extends N8nProcess {
	rest: RestClient;
}

/**
 * Starts n8n without waiting for a response.
 * @param args - Command of n8n and its arguments
 * @throws UserFacingError if the process cannot be started
 */
export function startN8nProcess(
	script: ScriptContext,
	{ n8n, env }: Pick<PreparedInstance, 'n8n' | 'env'>,
	args = ['start'],
): N8nProcess {
	const childProcess = script.startProcess(n8n.nodePath, [n8n.cliPath, ...args], { env });
	const exited = childProcess.then(() => undefined);
	const { pid, all: output } = childProcess;
	if (pid === undefined) throw new UserFacingError('n8n could not be started.', script.retryStep);
	const kill = async (): Promise<void> => {
		killProcessTree(childProcess);
		await exited;
	};
	return { pid, output, exited, stop: () => terminateProcessTree(childProcess), kill };
}

/**
 * Waits until n8n ends, to be raced against the work that needs n8n.
 * @throws UserFacingError when n8n ends, and an Error when the user stops the script
 */
export async function failOnUnexpectedExit(script: ScriptContext, { exited }: N8nProcess): Promise<never> {
	script.stopSignal.throwIfAborted();
	await Promise.race([exited, script.whenStopped]);
	script.stopSignal.throwIfAborted();
	throw new UserFacingError('n8n ended unexpectedly.', script.retryStep);
}

/**
 * Waits until all URLs respond with success.
 * @throws UserFacingError if n8n ends or takes too long
 */
export async function waitUntilReachable(script: ScriptContext, n8n: N8nProcess, urls: string[]): Promise<void> {
	const fetchAll = () => Promise.all(urls.map((url) => fetchText(script, url)));
	if (await Promise.race([script.waitFor(fetchAll, STARTUP_TIMEOUT_MS), failOnUnexpectedExit(script, n8n)])) return;
	throw new UserFacingError('n8n did not respond within three minutes.', script.retryStep);
}

/**
 * Starts n8n and waits until it offers the node.
 * @throws UserFacingError if it ends, takes too long or did not load the node
 */
export async function startN8nServer(
	script: ScriptContext,
	n8n: N8nInstallation,
	env: NodeJS.ProcessEnv,
	signIn: OwnerLogin,
): Promise<N8nServer> {
	const url = `http://127.0.0.1:${env['N8N_PORT']}`;
	const n8nProcess = startN8nProcess(script, { n8n, env });
	// n8n 1 reports that it is ready before it accepts REST calls. The settings are available last.
	await waitUntilReachable(script, n8nProcess, [`${url}/healthz/readiness`, `${url}/rest/settings`]);
	const logIn = async (): Promise<RestClient> => {
		const rest = await RestClient.logIn(script, url, signIn);
		await rest.assertNodeLoaded();
		return rest;
	};
	const rest = await Promise.race([logIn(), failOnUnexpectedExit(script, n8nProcess)]);
	return { ...n8nProcess, rest };
}
