import { setTimeout as sleep } from 'node:timers/promises';
import { PlainStop } from './plain.mts';
import type { SignIn } from './environment.mts';
import type { N8n } from './n8n.mts';
import type { Session } from './session.mts';

/** Milliseconds that n8n may take until it answers. */
const PATIENCE = 180_000;

/** A running n8n. */
export interface Server {
	url: string;
	/** Settles when n8n has ended by itself. */
	ended: Promise<unknown>;
}

/**
 * Starts n8n and waits until it answers and offers the node.
 * @throws PlainStop when it ends by itself, takes too long, or does not know the node.
 */
export async function startServer(
	session: Session,
	n8n: N8n,
	env: NodeJS.ProcessEnv,
	signIn: SignIn,
): Promise<Server> {
	const url = `http://127.0.0.1:${env['N8N_PORT']}`;
	let running = true;
	const ended = session.start(n8n.node, [n8n.program, 'start'], { env }).then(() => {
		running = false;
	});
	const until = Date.now() + PATIENCE;
	while (!(await answers(`${url}/healthz/readiness`))) {
		session.stopped.throwIfAborted();
		if (!running) throw new PlainStop('n8n ended while it was starting.', `What it printed is in ${session.log}`);
		if (Date.now() > until) {
			throw new PlainStop('n8n did not answer within three minutes.', `What it printed is in ${session.log}`);
		}
		await sleep(250);
	}
	await requireNode(session, url, signIn);
	return { url, ended };
}

const answers = (url: string): Promise<boolean> =>
	fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
		({ ok }) => ok,
		() => false,
	);

/** @returns the cookie of the signed-in person. @throws PlainStop when n8n does not accept the sign-in */
export async function signInTo(session: Session, url: string, { email, password }: SignIn): Promise<string> {
	const login = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: email, password }),
		signal: within(session, PATIENCE),
	});
	if (!login.ok) throw new PlainStop('n8n does not accept the sign-in that was made for it.', `See ${session.log}`);
	const cookie = login.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
	return cookie.join('; ');
}

const within = (session: Session, milliseconds: number): AbortSignal =>
	AbortSignal.any([session.stopped, AbortSignal.timeout(milliseconds)]);

/** n8n skips a package that it cannot load, so ask it; this also proves the sign-in. */
async function requireNode(session: Session, url: string, signIn: SignIn): Promise<void> {
	const headers = { cookie: await signInTo(session, url, signIn) };
	const types = await fetch(`${url}/types/nodes.json`, { headers, signal: within(session, PATIENCE) });
	const nodes = types.ok ? ((await types.json()) as Array<{ name: string }>) : [];
	if (nodes.some(({ name }) => name === 'n8n-nodes-gofive.goFive')) return;
	throw new PlainStop('n8n started, but did not load the GoFive node.', `What it printed is in ${session.log}`);
}
