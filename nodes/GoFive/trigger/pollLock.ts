/** Lock of a poll, by which polls of one trigger run one at a time. */
export interface PollLock {
	/** ID of the workflow and name of the node, under which n8n stores the state. */
	key: string;
	/** Object that n8n stores for the node. */
	store: object;
	/** Whether n8n creates one such object per activation, so that another object means a newer activation. */
	perActivation: boolean;
	/** Called if a poll of a newer activation waits for the lock. */
	yieldToNewer(): void;
}

const runningPolls = new Map<string, PollLock & { finished: Promise<unknown> }>();

/**
 * Runs a poll unless another poll of the same trigger is running in this process.
 *
 * A poll of the same activation is skipped. A poll whose activation is unknown is skipped too, because otherwise two polls
 * could keep cancelling each other. A poll of a newer activation calls `yieldToNewer` of the running poll and waits for its
 * end. The cancelled poll must neither return records nor store its state: n8n 1.x would start executions with the records,
 * n8n 2.x would drop them, and the new poll finds them again.
 * @returns Undefined if the poll was skipped.
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
