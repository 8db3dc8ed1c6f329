import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { cacheFolder } from './paths.mts';
import { asPlainStop, PlainStop } from './plain.mts';

/** How a command is run. */
export interface CommandOptions {
	cwd?: string;
	/** Its whole environment (default: this process's). */
	env?: NodeJS.ProcessEnv;
	/** Another user to run as; only root may say so. */
	user?: { uid: number; gid: number };
	/** Milliseconds after which it is ended; without it, it may take as long as it likes. */
	patience?: number;
}

/** A command that has ended. */
export interface Ended {
	ok: boolean;
	/** Everything it printed. */
	output: string;
	/** What it printed on its standard output alone. */
	stdout: string;
}

/** Milliseconds a child may take to end by itself. */
const PATIENCE = 10_000;
const ownGroups = process.platform !== 'win32';

const spawn = (file: string, args: string[], { cwd = process.cwd(), env = process.env, user }: CommandOptions) =>
	execa(file, args, {
		all: true,
		cwd,
		detached: ownGroups,
		env,
		extendEnv: false,
		reject: false,
		stdin: 'ignore',
		...user,
	});
type Child = ReturnType<typeof spawn>;

/** One run of `npm start`: its log file, its child processes, and what has to be undone at its end. */
export class Session {
	readonly log: string;
	private readonly children = new Set<Child>();
	private readonly endings: Array<() => Promise<void>> = [];
	private readonly controller = new AbortController();
	/** Settles once the person asked to stop. */
	readonly whenStopped = once(this.controller.signal, 'abort');

	/** @param name of what is run, for its log */
	constructor(name = 'start') {
		this.log = path.join(cacheFolder, `last-${name}.log`);
		try {
			mkdirSync(cacheFolder, { recursive: true });
			writeFileSync(this.log, '');
		} catch (error) {
			throw new PlainStop(
				`The cache folder ${cacheFolder} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
				'Make it writable for you, or let XDG_CACHE_HOME (Linux) name another folder; then run "npm start" again.',
			);
		}
		// Children lead process groups of their own, so that all they start ends with them; the price is that
		// nobody but us ends them.
		process.on('exit', () => this.children.forEach(killTree));
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
		this.controller.abort(new Error('stopped'));
	}

	/** Aborted once the person asked to stop (Ctrl-C). */
	get stopped(): AbortSignal {
		return this.controller.signal;
	}

	/** Waits so many milliseconds. @throws when the person stops the session meanwhile */
	async pause(milliseconds: number): Promise<void> {
		await sleep(milliseconds, undefined, { signal: this.stopped });
	}

	/** Aborted when the person asks to stop, or after so many milliseconds. */
	within(milliseconds: number): AbortSignal {
		// A time-out of AbortSignal's own is lost in Node 20 when nothing but AbortSignal.any holds it.
		const late = new AbortController();
		setTimeout(() => late.abort(new Error('late')), milliseconds).unref();
		return AbortSignal.any([this.stopped, late.signal]);
	}

	/**
	 * Looks again and again until something is there; times are milliseconds.
	 * @param look gives it, or something falsy
	 * @param every between two looks
	 * @returns undefined when it was not there in time
	 */
	async until<Found>(look: () => Found | Promise<Found>, patience: number, every = 100): Promise<Found | undefined> {
		for (const end = Date.now() + patience; ; await this.pause(every)) {
			const found = await look();
			if (found) return found;
			if (Date.now() > end) return undefined;
		}
	}

	/** Adds a line to the log; a full disk must not hide what is being reported. */
	write(text: string): void {
		try {
			appendFileSync(this.log, text);
		} catch {
			return;
		}
	}

	/** Starts a command that goes on; what it prints goes to the log. */
	start(file: string, args: string[], options: CommandOptions = {}): Child {
		this.stopped.throwIfAborted();
		this.write(`\n> ${path.basename(file)} ${args.join(' ')}\n`);
		const child = spawn(file, args, options);
		child.all.on('data', (chunk: Buffer) => this.write(chunk.toString()));
		this.children.add(child);
		void child.then(() => this.children.delete(child));
		return child;
	}

	/**
	 * Runs a command to its end.
	 * @throws only when the person stops the session meanwhile.
	 */
	async run(file: string, args: string[], options: CommandOptions = {}): Promise<Ended> {
		const child = this.start(file, args, options);
		const stop = (): void => void endTree(child);
		const signal = options.patience === undefined ? this.stopped : this.within(options.patience);
		signal.addEventListener('abort', stop, { once: true });
		const result = await child;
		signal.removeEventListener('abort', stop);
		this.stopped.throwIfAborted();
		return { ok: result.exitCode === 0, output: result.all ?? result.shortMessage, stdout: result.stdout ?? '' };
	}

	/** Registers what has to be undone; the last one registered is undone first. */
	onEnd(ending: () => Promise<void>): void {
		this.endings.unshift(ending);
	}

	/** Ends the children, then undoes everything; never throws. */
	async end(): Promise<void> {
		this.controller.abort();
		await Promise.all([...this.children].map(endTree));
		for (const ending of this.endings.splice(0)) {
			await ending().catch((error: unknown) => this.write(`\n${String(error)}\n`));
		}
	}
}

/**
 * Runs `work` in a session of its own, prints in plain words what stopped it, clears up and ends the process:
 * 0 when it is done, 1 when something stood in the way, 130 when the person stopped it.
 */
export async function inSession(work: (session: Session) => Promise<void>): Promise<never> {
	let session: Session | undefined;
	let code = 0;
	try {
		session = new Session();
		await work(session);
	} catch (error) {
		code = 1;
		if (!session?.stopped.aborted) {
			session?.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
			const { message, next } = asPlainStop(error, session?.log ?? cacheFolder);
			console.error(`\n${message}\n${next}`);
		}
	}
	if (session?.stopped.aborted) {
		code = 130;
		console.log('\nStopping ...');
	}
	await session?.end();
	if (code === 130) console.log('Stopped. To start again: npm start');
	process.exit(code);
}

/** Ends a child and everything it started: first politely, then for good. */
export async function endTree(child: Child): Promise<void> {
	signalTree(child, 'SIGTERM');
	const timer = setTimeout(() => killTree(child), PATIENCE);
	await child;
	clearTimeout(timer);
	// A leader may end before its own children.
	killTree(child);
}

/** Ends a child and everything it started at once, without a word. */
export function killTree(child: Child): void {
	signalTree(child, 'SIGKILL');
}

function signalTree(child: Child, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (child.pid === undefined) return;
	try {
		if (ownGroups) process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {
		child.kill(signal);
	}
}
