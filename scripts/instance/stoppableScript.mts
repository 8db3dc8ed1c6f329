import { AssertionError } from 'node:assert';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { formatRetryStep, UserFacingError } from './userFacingError.mts';

/**
 * Script that the user can stop, with its log file and its waits. `ScriptContext` adds what only a script's own process
 * has: signal handlers, the cache folder and child processes. Unit tests of the waits require none of them, and jest
 * cannot load execa, an ES module.
 */
export class StoppableScript {
	private readonly stopController = new AbortController();

	constructor(readonly logFile: string) {}

	/** Next step for the user after a failure that may not occur again. */
	get retryStep(): string {
		return formatRetryStep(this.logFile);
	}

	/** Stops the script, and what waits for its signals. */
	protected stop(): void {
		this.stopController.abort(new Error('stopped'));
	}

	/** Signal that is aborted when the user stops the script (Ctrl-C). */
	get stopSignal(): AbortSignal {
		return this.stopController.signal;
	}

	/**
	 * Waits for a time in ms.
	 * @throws Error if the user stops the script meanwhile
	 */
	async pause(milliseconds: number): Promise<void> {
		await sleep(milliseconds, undefined, { signal: this.stopSignal });
	}

	/** Returns a signal that is aborted when the user stops the script, or after a time in ms. */
	stopOrTimeoutSignal(milliseconds: number): AbortSignal {
		// In Node 20, a signal of AbortSignal.timeout is collected as garbage if only AbortSignal.any refers to it.
		const timeoutController = new AbortController();
		setTimeout(() => timeoutController.abort(new Error('late')), milliseconds).unref();
		return AbortSignal.any([this.stopSignal, timeoutController.signal]);
	}

	/**
	 * Calls a function repeatedly until it returns a truthy value. Errors count as "not yet", because n8n's responses
	 * may be incomplete or missing while it starts. The log file contains the last error.
	 * @returns that value, or undefined after the time limit
	 * @throws UserFacingError or AssertionError if the function throws one
	 */
	async waitFor<Value>(
		probe: () => Value | Promise<Value>,
		timeoutMs: number,
		intervalMs = 100,
	): Promise<Value | undefined> {
		const deadlineMs = Date.now() + timeoutMs;
		let lastError: unknown;
		while (true) {
			try {
				const value = await probe();
				if (value) return value;
			} catch (error) {
				if (error instanceof UserFacingError || error instanceof AssertionError) throw error;
				lastError = error;
			}
			if (Date.now() > deadlineMs) {
				if (lastError !== undefined) this.appendLog(`\n${inspect(lastError)}\n`);
				return undefined;
			}
			await this.pause(intervalMs);
		}
	}

	/** Appends to the log file. Errors are ignored, so that a full disk does not hide the original problem. */
	appendLog(text: string): void {
		try {
			appendFileSync(this.logFile, text);
		} catch {
			return;
		}
	}
}
