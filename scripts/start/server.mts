import type { Readable } from 'node:stream';
import type { Running } from './bringUp.mts';
import type { SignIn } from './environment.mts';
import type { N8n } from './n8n.mts';
import { PlainStop } from './plain.mts';
import { Rest } from './rest.mts';
import { endTree, killTree, type Session } from './session.mts';

/** Milliseconds that n8n may take until it answers. */
const PATIENCE = 180_000;
/** The same until its lists of nodes and credentials are complete. */
const LISTS_PATIENCE = 20_000;

/** A process of n8n, and all that it starts. */
export interface N8nProcess {
	pid: number;
	/** What it prints. */
	output: Readable;
	/** Settles when it has ended, by itself too. */
	ended: Promise<void>;
	/** Ends it in order. */
	stop(): Promise<void>;
	/** Kills it at once, without a word, and waits until it is gone. */
	kill(): Promise<void>;
}

/** A running n8n, and its owner, signed in. */
export interface Server extends N8nProcess {
	rest: Rest;
}

/** Starts n8n; it does not wait until n8n answers. @param args n8n's command */
export function startN8n(session: Session, { n8n, env }: Pick<Running, 'n8n' | 'env'>, args = ['start']): N8nProcess {
	const child = session.start(n8n.node, [n8n.program, ...args], { env });
	const ended = child.then(() => undefined);
	const { pid, all: output } = child;
	if (pid === undefined) throw new PlainStop('n8n could not be started.', `See ${session.log}`);
	const kill = async (): Promise<void> => {
		killTree(child);
		await ended;
	};
	return { pid, output, ended, stop: () => endTree(child), kill };
}

/** Waits for the end of n8n. @throws PlainStop then, for it came by itself, and another error when the person stops */
export async function unexpectedEnd(session: Session, { ended }: N8nProcess): Promise<never> {
	session.stopped.throwIfAborted();
	await Promise.race([ended, session.whenStopped]);
	session.stopped.throwIfAborted();
	// A killed n8n ends as well, but then nobody waits here any more.
	throw new PlainStop('n8n has ended by itself.', `What it printed is in ${session.log}`);
}

/** Waits until all of some addresses answer. @throws PlainStop when n8n ends by itself or takes too long */
export async function ready(session: Session, n8n: N8nProcess, addresses: string[]): Promise<void> {
	const allAnswer = async () => (await Promise.all(addresses.map(answers))).every(Boolean);
	if (await Promise.race([session.until(allAnswer, PATIENCE), unexpectedEnd(session, n8n)])) return;
	throw new PlainStop('n8n did not answer within three minutes.', `What it printed is in ${session.log}`);
}

/**
 * Starts n8n and waits until it answers and offers the node.
 * @throws PlainStop when it ends by itself, takes too long, or does not know the node.
 */
export async function startServer(session: Session, n8n: N8n, env: NodeJS.ProcessEnv, signIn: SignIn): Promise<Server> {
	const url = `http://127.0.0.1:${env['N8N_PORT']}`;
	const started = startN8n(session, { n8n, env });
	// n8n 1 says that it is ready before it takes any of these calls; the settings come last.
	await ready(session, started, [`${url}/healthz/readiness`, `${url}/rest/settings`]);
	const rest = await Rest.open(session, url, signIn);
	await requireNode(session, rest);
	return { ...started, rest };
}

/** Whether an address answers with success. */
export const answers = (url: string): Promise<boolean> =>
	fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
		({ ok }) => ok,
		() => false,
	);

/** n8n skips a package that it cannot load, and what it cannot list, so ask it; this also proves the sign-in. */
async function requireNode(session: Session, { url, cookie }: Rest): Promise<void> {
	const listed = async (kind: string): Promise<Array<{ name: string; authenticate?: object }>> => {
		const types = await fetch(`${url}/types/${kind}.json`, { headers: { cookie }, signal: session.within(PATIENCE) });
		return types.ok ? ((await types.json()) as Array<{ name: string }>) : [];
	};
	const node = async () => (await listed('nodes')).some(({ name }) => name === 'n8n-nodes-gofive.goFive');
	const credential = async () => (await listed('credentials')).find(({ name }) => name === 'goFiveApi')?.authenticate;
	const next = `What it printed is in ${session.log}`;
	// n8n 1 writes its lists while it answers already.
	const hasNode = await session.until(node, LISTS_PATIENCE, 500);
	if (!hasNode) throw new PlainStop('n8n started, but did not load the GoFive node.', next);
	if (await session.until(credential, LISTS_PATIENCE, 500)) return;
	throw new PlainStop('n8n started, but its HTTP Request node does not offer the credential GoFive API.', next);
}
