import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { CACHE_FOLDER } from './pinnedPackages.mts';
import { StoppableScript } from './stoppableScript.mts';
import { toUserFacingError, UserFacingError } from './userFacingError.mts';

/** Options of a command. */
export interface CommandOptions {
	cwd?: string;
	/** Complete environment. Defaults to that of this process. */
	env?: NodeJS.ProcessEnv;
	/** User that runs the command. Only root may set it. */
	user?: { uid: number; gid: number };
	/** Time limit in ms. Defaults to none. */
	timeoutMs?: number;
}

/** Result of a command. */
export interface CommandResult {
	ok: boolean;
	/** Standard output and standard error. */
	output: string;
	/** Standard output. */
	stdout: string;
}

/** Time in ms between SIGTERM and SIGKILL. n8n waits up to some seconds for its executions. */
const EXIT_GRACE_MS = 10_000;
/**
 * Whether a child leads a process group, in which its own children end with it: compilers of npm, task runners of n8n.
 * execa's options `cleanup` and `forceKillAfterDelay` end only the child.
 */
const USES_PROCESS_GROUPS = process.platform !== 'win32';

const spawnProcess = (file: string, args: string[], { cwd = process.cwd(), env = process.env, user }: CommandOptions) =>
	execa(file, args, {
		all: true,
		cwd,
		detached: USES_PROCESS_GROUPS,
		env,
		extendEnv: false,
		reject: false,
		stdin: 'ignore',
		...user,
	});
type ManagedProcess = ReturnType<typeof spawnProcess>;

/** Run of a script, with its child processes and its cleanups. Signals stop it. */
export class ScriptContext extends StoppableScript {
	private readonly childProcesses = new Set<ManagedProcess>();
	private readonly cleanups: Array<() => Promise<void>> = [];
	/** Resolves when the user stops the script. */
	readonly whenStopped = once(this.stopSignal, 'abort');

	/** @param scriptName - Part of the name of the log file */
	constructor(scriptName: string) {
		super(path.join(CACHE_FOLDER, `last-${scriptName}.log`));
		try {
			mkdirSync(CACHE_FOLDER, { recursive: true });
			writeFileSync(this.logFile, '');
		} catch (error) {
			throw new UserFacingError(
				`The cache folder ${CACHE_FOLDER} cannot be used (${error instanceof Error ? error.message : String(error)}).`,
				'Make the folder writable or set XDG_CACHE_HOME (Linux) to another folder, and run the command again.',
			);
		}
		// Nothing else ends the groups of the children, for example after an error that nothing catches.
		process.on('exit', () => this.childProcesses.forEach(killProcessTree));
		// After the terminal was closed, output fails. The cleanups must run nevertheless.
		process.stdout.on('error', () => this.stop());
		// `kill` of npm ends npm and its shell. With dash as the shell, no signal arrives here, and n8n would keep running.
		const parent = process.ppid;
		setInterval(() => process.ppid !== parent && this.stop(), 1_000).unref();
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => this.stop());
		}
	}

	/** Starts a command without waiting for its end. Its output goes to the log file. */
	startProcess(file: string, args: string[], options: CommandOptions = {}): ManagedProcess {
		this.stopSignal.throwIfAborted();
		const child = spawnProcess(file, args, options);
		// Several processes write at the same time.
		const append = (text: string): void => this.appendLog(`[${child.pid}] ${text}`);
		append(`> ${path.basename(file)} ${args.join(' ')}\n`);
		child.all.on('data', (chunk: Buffer) => append(chunk.toString()));
		this.childProcesses.add(child);
		void child.then(() => this.childProcesses.delete(child));
		return child;
	}

	/**
	 * Runs a command to its end.
	 * @throws Error only if the user stops the script meanwhile
	 */
	async runCommand(file: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
		const child = this.startProcess(file, args, options);
		const stop = (): void => void terminateProcessTree(child);
		const signal = options.timeoutMs === undefined ? this.stopSignal : this.stopOrTimeoutSignal(options.timeoutMs);
		signal.addEventListener('abort', stop, { once: true });
		const result = await child;
		signal.removeEventListener('abort', stop);
		this.stopSignal.throwIfAborted();
		return { ok: result.exitCode === 0, output: result.all ?? result.shortMessage, stdout: result.stdout ?? '' };
	}

	/** Registers a function for the end of the script. The last one runs first. */
	addCleanup(cleanup: () => Promise<void>): void {
		this.cleanups.unshift(cleanup);
	}

	/** Ends the child processes, then runs the cleanups. Never throws. */
	async end(): Promise<void> {
		this.stop();
		await Promise.all([...this.childProcesses].map(terminateProcessTree));
		for (const cleanup of this.cleanups.splice(0)) {
			await cleanup().catch((error: unknown) => this.appendLog(`\n${String(error)}\n`));
		}
	}
}

/**
 * Runs a script, prints its error for users, cleans up and ends the process.
 * The exit code is 0 after success, 1 after an error and 130 if the user stopped it.
 */
export async function runScript(name: string, main: (script: ScriptContext) => Promise<void>): Promise<never> {
	let script: ScriptContext | undefined;
	let exitCode = 0;
	try {
		script = new ScriptContext(name);
		await main(script);
	} catch (error) {
		exitCode = 1;
		if (!script?.stopSignal.aborted) {
			script?.appendLog(`\n${error instanceof Error ? error.stack : String(error)}\n`);
			const { message, nextStep } = toUserFacingError(error, script?.logFile ?? CACHE_FOLDER);
			console.error(`\n${message}\n${nextStep}`);
		}
	}
	if (script?.stopSignal.aborted) {
		exitCode = 130;
		console.log('\nStopping ...');
	}
	await script?.end();
	if (exitCode === 130) console.log('Stopped. To start again, run the same command.');
	process.exit(exitCode);
}

/** Ends a child and its own children, with SIGTERM and after EXIT_GRACE_MS with SIGKILL. */
export async function terminateProcessTree(child: ManagedProcess): Promise<void> {
	signalProcessTree(child, 'SIGTERM');
	const timer = setTimeout(() => killProcessTree(child), EXIT_GRACE_MS);
	await child;
	clearTimeout(timer);
	// A child may end before its own children.
	killProcessTree(child);
}

/** Ends a child and its own children with SIGKILL. */
export function killProcessTree(child: ManagedProcess): void {
	signalProcessTree(child, 'SIGKILL');
}

function signalProcessTree({ pid }: ManagedProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (pid === undefined) return;
	try {
		process.kill(USES_PROCESS_GROUPS ? -pid : pid, signal);
	} catch {
		// All its processes have ended.
	}
}
