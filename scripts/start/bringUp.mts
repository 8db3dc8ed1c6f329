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
import { SANDBOX_CREDENTIAL } from './workflows.mts';

/** Which n8n (default: the newest) and which ports to use; without one a free one is taken. `serve` false leaves n8n's server off. */
export interface BringUpOptions {
	release?: Release;
	port?: number;
	sandboxPort?: number;
	serve: boolean;
	/** What n8n's environment has to say beside the usual. */
	env?: NodeJS.ProcessEnv;
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
	/** Only when it was asked to serve. */
	server?: Server;
}

/** The sandbox's sign-in as a credential; its id is fixed so that the examples can name it. */
export async function sandboxCredential(baseUrl: string): Promise<CredentialFile> {
	const { SANDBOX_SIGN_IN } = await import('../../sandbox/signIn.mts');
	const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_SIGN_IN;
	const data = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey, baseUrl };
	return { ...SANDBOX_CREDENTIAL, type: 'goFiveApi', data };
}

/**
 * Brings everything up, telling what goes on.
 * @throws PlainStop when something stands in the way; the caller ends the session.
 */
export async function bringUp(session: Session, options: BringUpOptions): Promise<Running> {
	const { release = NEWEST, port, sandboxPort } = options;
	const { title } = release.pinned;
	if (port !== undefined) await requireFreePort(port, '--port');
	if (sandboxPort !== undefined) await requireFreePort(sandboxPort, '--sandbox-port');

	const home = await newHome(session);
	const made: Partial<Running> = {};
	const need = <Key extends keyof typeof made>(key: Key): NonNullable<(typeof made)[Key]> => {
		const value = made[key];
		if (value === undefined) throw new Error(`"${key}" is not there yet`);
		return value;
	};

	const packing: ListrTask = {
		title: 'Package built and packed',
		task: async () => {
			made.tarball = await builtPackage(session);
		},
	};
	const n8n: ListrTask = {
		title: needsInstallation(release) ? `${title}: installing it once, 2 to 6 minutes` : title,
		task: async (_, task) => {
			made.n8n = await readyN8n(session, release, (line) => {
				task.output = line;
			});
			task.title = `${title} installed`;
		},
	};
	const sandbox: ListrTask = {
		title: 'Sandbox started',
		task: async (_, task) => {
			const { startSandbox } = await import('../../sandbox/index.mts');
			if (sandboxPort !== undefined) await requireFreePort(sandboxPort, '--sandbox-port');
			const started = await startSandbox(sandboxPort === undefined ? {} : { port: sandboxPort });
			session.onEnd(() => started.close());
			made.sandbox = started;
			task.title = `Sandbox started at ${started.url}`;
		},
	};
	const database: ListrTask = {
		title: 'Database with the credential "GoFive sandbox" and the example workflows made',
		task: async () => {
			const place = { home, port: port ?? (await freePort()), brokerPort: await freePort() };
			made.signIn = newSignIn();
			made.env = { ...n8nEnvironment(need('n8n'), release, place), ...options.env };
			const credential = await sandboxCredential(need('sandbox').url);
			made.examples = await readExamples(credential);
			await fillHome(session, need('n8n'), made.env, [credential], made.examples);
		},
	};
	const installation: ListrTask = {
		title: 'Package installed into this n8n, as its community nodes screen does',
		task: () => installPackage(session, home, need('tarball')),
	};
	const server: ListrTask = {
		title: 'n8n started',
		enabled: options.serve,
		task: async () => {
			if (port !== undefined) await requireFreePort(port, '--port');
			made.server = await startServer(session, need('n8n'), need('env'), need('signIn'));
		},
	};

	const preparation: ListrTask = {
		title: 'A new n8n prepared',
		task: (_, task) => task.newListr([n8n, sandbox, database], { concurrent: false, exitOnError: true }),
	};
	const common = { registerSignalListeners: false };
	// A build that does not pass must show before minutes of installing, not beside them.
	const patient = needsInstallation(release);
	const both = new Listr([packing, preparation], {
		...common,
		concurrent: !patient,
		exitOnError: patient,
		collectErrors: 'minimal',
	});
	await both.run();
	const [failed] = both.errors;
	if (failed) throw failed.error;
	await new Listr([installation, server], common).run();
	session.stopped.throwIfAborted();

	return {
		release,
		n8n: need('n8n'),
		env: need('env'),
		tarball: need('tarball'),
		signIn: need('signIn'),
		examples: need('examples'),
		sandbox: need('sandbox'),
		...(made.server ? { server: made.server } : {}),
	};
}
