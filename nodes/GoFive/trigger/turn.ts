/** A poll that waits for its turn. */
export interface Turn {
	/** Workflow and node. */
	key: string;
	/** n8n's stored object. */
	store: object;
	/** Whether n8n has one such object per activation, so that another one means a newer activation. */
	perActivation: boolean;
	/** Tells the poll that a newer activation takes over. */
	leave(): void;
}

const turns = new Map<string, Turn & { end: Promise<unknown> }>();

/**
 * Keeps polls of one trigger from running over each other in this process. A poll of the same activation is left out, and
 * so is one of which that cannot be told, since polls that drive each other out could go on for ever without an end;
 * one of a new activation tells the running one to leave, and waits for its end. The one that leaves must neither tell
 * nor store anything: n8n 1.x would start executions with it and n8n 2.x drops it, and the new poll finds the same events.
 * @returns undefined when the poll was left out
 */
export async function inTurn<T>(own: Turn, poll: () => Promise<T>): Promise<T | undefined> {
	const { key, store, perActivation } = own;
	const running = turns.get(key);
	if (running && (running.store === store || !perActivation)) return undefined;
	running?.leave();
	const result = (running?.end ?? Promise.resolve()).then(poll);
	const turn = { ...own, end: result.catch(() => undefined) };
	turns.set(key, turn);
	try {
		return await result;
	} finally {
		if (turns.get(key) === turn) turns.delete(key);
	}
}
