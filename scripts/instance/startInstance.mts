/**
 * A real n8n with the packed package, next to the sandbox. `npm start`, the bench and the e2e tests use it.
 * Scripts and tests import this folder. Start reading at `prepareInstance` below.
 */
import path from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { packRepository } from './npmPack.mts';
import { createOwnerLogin, buildN8nEnvironment, type OwnerLogin } from './n8nEnvironment.mts';
import { readExampleWorkflows, type ExampleWorkflow, type ImportedCredential } from './exampleWorkflowFiles.mts';
import { importIntoDatabase, installCommunityPackage, createTempFolder } from './userFolder.mts';
import { findFreePort, assertPortFree, type FixedPorts } from './ports.mts';
import { needsInstallation, installN8n, type N8nInstallation } from './n8nInstallation.mts';
import { NEWEST_RELEASE, type N8nRelease } from './n8nReleases.mts';
import { startN8nServer, type N8nServer } from './n8nProcess.mts';
import { REPOSITORY_ROOT } from './pinnedPackages.mts';
import { runNpmOrThrow } from './runNpm.mts';
import type { ScriptContext } from './scriptContext.mts';
import { createSandboxCredential } from './workflowBuilder.mts';

/**
 * Options of every task list. Signals are handled by the script. A terminal that reports no width gets plain lines,
 * because the default renderer would wrap them after each letter.
 */
export const TASK_LIST_OPTIONS = {
	registerSignalListeners: false,
	fallbackRendererCondition: () => !process.stdout.columns,
};

/** Options of an n8n. The release defaults to the newest. */
export interface InstanceOptions {
	release?: N8nRelease;
	/** Ports of n8n and the sandbox. Defaults to free ones. */
	ports?: FixedPorts;
	/** Environment variables of n8n, in addition to those of every n8n. */
	env?: NodeJS.ProcessEnv;
	/** Credentials to import and to select in the examples, in addition to that of the sandbox. */
	credentials?: ImportedCredential[];
}

/** Prepared n8n with the package, the credential and the examples, and its sandbox. */
export interface PreparedInstance {
	release: N8nRelease;
	n8n: N8nInstallation;
	env: NodeJS.ProcessEnv;
	/** Path of the packed package. */
	tarball: string;
	signIn: OwnerLogin;
	examples: ExampleWorkflow[];
	sandbox: Sandbox;
}

/** Prepared n8n whose server runs. */
export interface RunningInstance extends PreparedInstance {
	server: N8nServer;
}

/** Path of the tarball, which all n8n of a script share. */
let tarballPath: Promise<string> | undefined;

/**
 * Builds and packs the checkout.
 * @returns the path of the tarball, which is deleted when the script ends
 * @throws UserFacingError if the build fails
 */
async function buildPackage(script: ScriptContext): Promise<string> {
	const folder = await createTempFolder(script);
	await runNpmOrThrow(script, 'The package could not be built', ['run', 'build'], { cwd: REPOSITORY_ROOT });
	return path.join(folder, (await packRepository(folder)).filename);
}

/**
 * Installs n8n and the package, starts the sandbox and fills n8n's database. Shows the progress.
 * @throws UserFacingError if a step fails
 */
export async function prepareInstance(script: ScriptContext, options: InstanceOptions): Promise<PreparedInstance> {
	const { release = NEWEST_RELEASE, ports, credentials = [] } = options;
	const { title } = release.packages;
	if (ports) {
		await assertPortFree(ports.port, ports);
		await assertPortFree(ports.sandboxPort, ports);
	}
	const userFolder = await createTempFolder(script);

	// Each task adds its properties to the instance.
	const packTask: ListrTask<PreparedInstance> = {
		title: 'Package built and packed',
		task: async (instance) => {
			instance.tarball = await (tarballPath ??= buildPackage(script));
		},
	};
	const installN8nTask: ListrTask<PreparedInstance> = {
		title: needsInstallation(release) ? `Installing ${title}, which takes 2 to 6 minutes the first time` : title,
		task: async (instance, task) => {
			instance.n8n = await installN8n(script, release, (outputLine) => {
				task.output = outputLine;
			});
			task.title = `${title} installed`;
		},
	};
	const startSandboxTask: ListrTask<PreparedInstance> = {
		title: 'Sandbox started',
		task: async (instance, task) => {
			// Another program may have started during the installation.
			if (ports) await assertPortFree(ports.sandboxPort, ports);
			instance.sandbox = await startSandbox(ports ? { port: ports.sandboxPort } : {});
			script.addCleanup(() => instance.sandbox.close());
			task.title = `Sandbox started at ${instance.sandbox.url}`;
		},
	};
	const createDatabaseTask: ListrTask<PreparedInstance> = {
		title: 'Database with the credential "GoFive sandbox" and the example workflows created',
		task: async (instance) => {
			const settings = { userFolder, port: ports?.port ?? (await findFreePort()), brokerPort: await findFreePort() };
			instance.env = { ...buildN8nEnvironment(instance.n8n, release, settings), ...options.env };
			const importedCredentials = [createSandboxCredential(instance.sandbox.url), ...credentials];
			instance.examples = await readExampleWorkflows(importedCredentials);
			await importIntoDatabase(script, instance.n8n, instance.env, importedCredentials, instance.examples);
		},
	};
	const installPackageTask: ListrTask<PreparedInstance> = {
		title: 'Package installed as a community node',
		task: (instance) => installCommunityPackage(script, userFolder, instance.tarball),
	};
	// The package is built first: a failed build must not wait for minutes of installation.
	const tasks = [packTask, installN8nTask, startSandboxTask, createDatabaseTask, installPackageTask];
	const instance = { release, signIn: createOwnerLogin() } as PreparedInstance;
	await new Listr(tasks, TASK_LIST_OPTIONS).run(instance);
	script.stopSignal.throwIfAborted();
	return instance;
}

/**
 * Prepares n8n and starts its server.
 * @throws UserFacingError if a step fails
 */
export async function startInstance(script: ScriptContext, options: InstanceOptions): Promise<RunningInstance> {
	const { ports } = options;
	const startServerTask: ListrTask<RunningInstance> = {
		title: 'n8n started',
		task: async (instance) => {
			if (ports) await assertPortFree(ports.port, ports);
			instance.server = await startN8nServer(script, instance.n8n, instance.env, instance.signIn);
		},
	};
	const runningInstance = await new Listr(startServerTask, TASK_LIST_OPTIONS).run(
		(await prepareInstance(script, options)) as RunningInstance,
	);
	script.stopSignal.throwIfAborted();
	return runningInstance;
}
