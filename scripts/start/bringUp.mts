import { Listr, type ListrTask } from 'listr2';
import type { Sandbox } from '../../sandbox/types.mts';
import { newSignIn, n8nEnvironment, type SignIn } from './environment.mts';
import { readExamples, type CredentialFile, type Example } from './examples.mts';
import { fillHome, installPackage, newHome } from './home.mts';
import { freePort, requireFreePort } from './machine.mts';
import { needsInstallation, readyN8n, type N8n } from './n8n.mts';
import { builtPackage } from './package.mts';
import { NEWEST, type Release } from './releases.mts';
import { startServer, type Server } from './server.mts';
import type { Session } from './session.mts';
import { SANDBOX_CREDENTIAL, type Workflow } from './workflows.mts';

/** Which n8n (default: the newest) and which ports to use; without one a free one is taken. */
export interface BringUpOptions {
	release?: Release;
	port?: number;
	sandboxPort?: number;
	/** What n8n's environment has to say beside the usual. */
	env?: NodeJS.ProcessEnv;
	/** Workflows to put into its database beside the examples. */
	workflows?: Workflow[];
}

/** An n8n with the package, the sandbox, the credential and the examples in it. */
export interface Running {
	release: Release;
	n8n: N8n;
	env: NodeJS.ProcessEnv;
	/** The packed package. */
	tarball: string;
	signIn: SignIn;
	examples: Example[];
	sandbox: Sandbox;
}

/** The same when its server runs. */
export interface Served extends Running {
	server: Server;
}

/** Signals are the session's. */
const LIST = { registerSignalListeners: false };

/** The sandbox's sign-in as a credential; its id is fixed so that the examples can name it. */
export async function sandboxCredential(baseUrl: string): Promise<CredentialFile> {
	const { SANDBOX_SIGN_IN } = await import('../../sandbox/signIn.mts');
	const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_SIGN_IN;
	const data = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey, baseUrl };
	return { ...SANDBOX_CREDENTIAL, type: 'goFiveApi', data };
}

/**
 * Prepares everything for a start of n8n, telling what goes on.
 * @throws PlainStop when something stands in the way; the caller ends the session.
 */
export async function prepare(session: Session, options: BringUpOptions): Promise<Running> {
	const { release = NEWEST, port, sandboxPort, workflows = [] } = options;
	const { title } = release.pinned;
	if (port !== undefined) await requireFreePort(port, '--port');
	if (sandboxPort !== undefined) await requireFreePort(sandboxPort, '--sandbox-port');
	const home = await newHome(session);

	// Each adds its own to what is made.
	const packing: ListrTask<Running> = {
		title: 'Package built and packed',
		task: async (made) => {
			made.tarball = await builtPackage(session);
		},
	};
	const n8n: ListrTask<Running> = {
		title: needsInstallation(release) ? `${title}: installing it once, 2 to 6 minutes` : title,
		task: async (made, task) => {
			made.n8n = await readyN8n(session, release, (line) => {
				task.output = line;
			});
			task.title = `${title} installed`;
		},
	};
	const sandbox: ListrTask<Running> = {
		title: 'Sandbox started',
		task: async (made, task) => {
			const { startSandbox } = await import('../../sandbox/index.mts');
			if (sandboxPort !== undefined) await requireFreePort(sandboxPort, '--sandbox-port');
			made.sandbox = await startSandbox(sandboxPort === undefined ? {} : { port: sandboxPort });
			session.onEnd(() => made.sandbox.close());
			task.title = `Sandbox started at ${made.sandbox.url}`;
		},
	};
	const database: ListrTask<Running> = {
		title: 'Database with the credential "GoFive sandbox" and the example workflows made',
		task: async (made) => {
			const place = { home, port: port ?? (await freePort()), brokerPort: await freePort() };
			made.env = { ...n8nEnvironment(made.n8n, release, place), ...options.env };
			const credential = await sandboxCredential(made.sandbox.url);
			made.examples = await readExamples(credential);
			await fillHome(session, made.n8n, made.env, [credential], [...made.examples, ...workflows]);
		},
	};
	const installation: ListrTask<Running> = {
		title: 'Package installed into this n8n, as its community nodes screen does',
		task: (made) => installPackage(session, home, made.tarball),
	};
	const preparation: ListrTask<Running> = {
		title: 'A new n8n prepared',
		task: (_, task) => task.newListr([n8n, sandbox, database], { concurrent: false, exitOnError: true }),
	};

	// A build that does not pass must show before minutes of installing, not beside them.
	const patient = needsInstallation(release);
	const manner = { concurrent: !patient, exitOnError: patient, collectErrors: 'minimal' } as const;
	const both = new Listr([packing, preparation], { ...LIST, ...manner });
	const made = await both.run({ release, signIn: newSignIn() } as Running);
	const [failed] = both.errors;
	if (failed) throw failed.error;
	await new Listr(installation, LIST).run(made);
	session.stopped.throwIfAborted();
	return made;
}

/** Prepares everything and starts n8n's server. @throws PlainStop as above */
export async function bringUp(session: Session, options: BringUpOptions): Promise<Served> {
	const { port } = options;
	const serving: ListrTask<Served> = {
		title: 'n8n started',
		task: async (made) => {
			if (port !== undefined) await requireFreePort(port, '--port');
			made.server = await startServer(session, made.n8n, made.env, made.signIn);
		},
	};
	const served = await new Listr(serving, LIST).run((await prepare(session, options)) as Served);
	session.stopped.throwIfAborted();
	return served;
}
