/** A poll that waits for its turn. */
export interface PollLock {
	/** Workflow and node. */
	key: string;
	/** n8n's stored object. */
	store: object;
	/** Whether n8n has one such object per activation, so that another one means a newer activation. */
	perActivation: boolean;
	/** Tells the poll that a newer activation takes over. */
	yieldToNewer(): void;
}

const runningPolls = new Map<string, PollLock & { finished: Promise<unknown> }>();

/**
 * Keeps polls of one trigger from overlapping in this process. While one runs, another of the same activation is skipped, and
 * so is one whose activation is not known: polls that push each other out might never come to an end. A poll of a new
 * activation tells the running one to leave, and waits for its end. The one that leaves must neither tell nor store
 * anything: n8n 1.x would start executions with its events, 2.x would drop them, and the new poll finds them again.
 * @returns undefined when the poll was skipped
 */
export async function withPollLock<T>(lock: PollLock, poll: () => Promise<T>): Promise<T | undefined> {
	const { key, store, perActivation } = lock;
	const running = runningPolls.get(key);
	if (running && (running.store === store || !perActivation)) return undefined;
	running?.yieldToNewer();
	const result = (running?.finished ?? Promise.resolve()).then(poll);
	const entry = { ...lock, finished: result.catch(() => undefined) };
	runningPolls.set(key, entry);
	try {
		return await result;
	} finally {
		if (runningPolls.get(key) === entry) runningPolls.delete(key);
	}
}
