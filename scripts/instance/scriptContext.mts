import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { CACHE_FOLDER } from './pinnedPackages.mts';
import { toUserFacingError, UserFacingError } from './userFacingError.mts';

/** How a command is run. */
export interface CommandOptions {
	cwd?: string;
	/** Its whole environment (default: this process's). */
	env?: NodeJS.ProcessEnv;
	/** Another user to run as; only root may say so. */
	user?: { uid: number; gid: number };
	/** Milliseconds after which it is ended; without it, it may take as long as it likes. */
	timeoutMs?: number;
}

/** A command that has ended. */
export interface CommandResult {
	ok: boolean;
	/** Everything it printed. */
	output: string;
	/** What it printed on its standard output alone. */
	stdout: string;
}

/** Milliseconds a child may take to end by itself. */
const EXIT_GRACE_MS = 10_000;
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

/** One run of `npm start`: its log file, its child processes, and what has to be undone at its end. */
export class ScriptContext {
	readonly logFile: string;
	private readonly childProcesses = new Set<ManagedProcess>();
	private readonly cleanups: Array<() => Promise<void>> = [];
	private readonly stopController = new AbortController();
	/** Settles once the person asked to stop. */
	readonly whenStopped = once(this.stopController.signal, 'abort');

	/** @param scriptName of what is run, for its log */
	constructor(scriptName = 'start') {
		this.logFile = path.join(CACHE_FOLDER, `last-${scriptName}.log`);
		try {
			mkdirSync(CACHE_FOLDER, { recursive: true });
			writeFileSync(this.logFile, '');
		} catch (error) {
			throw new UserFacingError(
				`The cache folder ${CACHE_FOLDER} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
				'Make it writable for you, or let XDG_CACHE_HOME (Linux) name another folder; then run "npm start" again.',
			);
		}
		// Children lead process groups of their own, so that all they start ends with them; the price is that
		// nobody but us ends them.
		process.on('exit', () => this.childProcesses.forEach(killProcessTree));
		// A closed terminal takes no more output; the end must come in order nevertheless.
		process.stdout.on('error', () => this.stop());
		// Who ends npm, ends only the shell between npm and us; nobody tells us.
		const parent = process.ppid;
		setInterval(() => process.ppid !== parent && this.stop(), 1_000).unref();
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => this.stop());
		}
	}

	private stop(): void {
		this.stopController.abort(new Error('stopped'));
	}

	/** Aborted once the person asked to stop (Ctrl-C). */
	get stopSignal(): AbortSignal {
		return this.stopController.signal;
	}

	/** Waits so many milliseconds. @throws when the person stops the session meanwhile */
	async pause(milliseconds: number): Promise<void> {
		await sleep(milliseconds, undefined, { signal: this.stopSignal });
	}

	/** Aborted when the person asks to stop, or after so many milliseconds. */
	stopOrTimeoutSignal(milliseconds: number): AbortSignal {
		// A time-out of AbortSignal's own is lost in Node 20 when nothing but AbortSignal.any holds it.
		const timeoutController = new AbortController();
		setTimeout(() => timeoutController.abort(new Error('late')), milliseconds).unref();
		return AbortSignal.any([this.stopSignal, timeoutController.signal]);
	}

	/**
	 * Looks again and again until something is there; times are milliseconds.
	 * @param probe gives it, or something falsy
	 * @param intervalMs between two looks
	 * @returns undefined when it was not there in time
	 */
	async waitFor<Value>(
		probe: () => Value | Promise<Value>,
		timeoutMs: number,
		intervalMs = 100,
	): Promise<Value | undefined> {
		for (const deadlineMs = Date.now() + timeoutMs; ; await this.pause(intervalMs)) {
			const value = await probe();
			if (value) return value;
			if (Date.now() > deadlineMs) return undefined;
		}
	}

	/** Adds a line to the log; a full disk must not hide what is being reported. */
	appendLog(text: string): void {
		try {
			appendFileSync(this.logFile, text);
		} catch {
			return;
		}
	}

	/** Starts a command that goes on; what it prints goes to the log. */
	startProcess(file: string, args: string[], options: CommandOptions = {}): ManagedProcess {
		this.stopSignal.throwIfAborted();
		this.appendLog(`\n> ${path.basename(file)} ${args.join(' ')}\n`);
		const child = spawnProcess(file, args, options);
		child.all.on('data', (chunk: Buffer) => this.appendLog(chunk.toString()));
		this.childProcesses.add(child);
		void child.then(() => this.childProcesses.delete(child));
		return child;
	}

	/**
	 * Runs a command to its end.
	 * @throws only when the person stops the session meanwhile.
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

	/** Registers what has to be undone; the last one registered is undone first. */
	addCleanup(cleanup: () => Promise<void>): void {
		this.cleanups.unshift(cleanup);
	}

	/** Ends the children, then undoes everything; never throws. */
	async end(): Promise<void> {
		this.stopController.abort();
		await Promise.all([...this.childProcesses].map(terminateProcessTree));
		for (const cleanup of this.cleanups.splice(0)) {
			await cleanup().catch((error: unknown) => this.appendLog(`\n${String(error)}\n`));
		}
	}
}

/**
 * Runs `work` in a session of its own, prints in plain words what stopped it, clears up and ends the process:
 * 0 when it is done, 1 when something stood in the way, 130 when the person stopped it.
 */
export async function runScript(main: (script: ScriptContext) => Promise<void>): Promise<never> {
	let session: ScriptContext | undefined;
	let exitCode = 0;
	try {
		session = new ScriptContext();
		await main(session);
	} catch (error) {
		exitCode = 1;
		if (!session?.stopSignal.aborted) {
			session?.appendLog(`\n${error instanceof Error ? error.stack : String(error)}\n`);
			const { message, nextStep } = toUserFacingError(error, session?.logFile ?? CACHE_FOLDER);
			console.error(`\n${message}\n${nextStep}`);
		}
	}
	if (session?.stopSignal.aborted) {
		exitCode = 130;
		console.log('\nStopping ...');
	}
	await session?.end();
	if (exitCode === 130) console.log('Stopped. To start again: npm start');
	process.exit(exitCode);
}

/** Ends a child and everything it started: first politely, then for good. */
export async function terminateProcessTree(child: ManagedProcess): Promise<void> {
	signalProcessTree(child, 'SIGTERM');
	const timer = setTimeout(() => killProcessTree(child), EXIT_GRACE_MS);
	await child;
	clearTimeout(timer);
	// A leader may end before its own children.
	killProcessTree(child);
}

/** Ends a child and everything it started at once, without a word. */
export function killProcessTree(child: ManagedProcess): void {
	signalProcessTree(child, 'SIGKILL');
}

function signalProcessTree(child: ManagedProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (child.pid === undefined) return;
	try {
		if (USES_PROCESS_GROUPS) process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {
		child.kill(signal);
	}
}
