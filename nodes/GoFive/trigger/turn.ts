interface Turn {
	/** n8n's own object, one per activation. */
	store: object;
	/** Tells the poll that a newer activation takes over. */
	leave(): void;
	end: Promise<unknown>;
}

const turns = new Map<string, Turn>();

/**
 * Keeps polls of one trigger from running over each other in this process. A poll of the same activation is left out;
 * one of a new activation tells the running one to leave, and waits for its end. The one that leaves must neither tell
 * nor store anything: n8n 1.x would start executions with it and n8n 2.x drops it, and the new poll finds the same events.
 * @param key workflow and node; @param store n8n's stored object; @param leave called when the poll is to leave
 * @returns undefined when the poll was left out
 */
export async function inTurn<T>(
	key: string,
	store: object,
	leave: () => void,
	poll: () => Promise<T>,
): Promise<T | undefined> {
	const running = turns.get(key);
	if (running?.store === store) return undefined;
	running?.leave();
	const result = (running?.end ?? Promise.resolve()).then(poll);
	const turn: Turn = { store, leave, end: result.catch(() => undefined) };
	turns.set(key, turn);
	try {
		return await result;
	} finally {
		if (turns.get(key) === turn) turns.delete(key);
	}
}
