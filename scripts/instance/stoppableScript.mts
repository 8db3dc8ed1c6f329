import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Script that the user can stop, with its log file and its waits. */
export class StoppableScript {
	private readonly stopController = new AbortController();

	constructor(readonly logFile: string) {}

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
	 * Calls a function repeatedly until it returns a truthy value.
	 * @returns that value, or undefined after the time limit
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

	/** Appends to the log file. Errors are ignored, so that a full disk does not hide the original problem. */
	appendLog(text: string): void {
		try {
			appendFileSync(this.logFile, text);
		} catch {
			return;
		}
	}
}
