import type { TriggerState } from './state';

interface Turn {
	/** n8n's own object, one per activation. */
	store: object;
	/** The state that the poll leaves behind. */
	end: Promise<TriggerState | undefined>;
}

const turns = new Map<string, Turn>();

/**
 * Keeps polls of one trigger from running over each other in this process. A poll of the same activation is left out;
 * one of a new activation waits and goes on with the state that the old one leaves, since n8n loaded its own too early.
 * @param key workflow and node; @param store n8n's stored object; @param poll gets the state of a poll that it waited for
 * @returns undefined when the poll was left out
 */
export async function inTurn<T extends { state: TriggerState }>(
	key: string,
	store: object,
	poll: (waitedFor: TriggerState | undefined) => Promise<T>,
): Promise<T | undefined> {
	const running = turns.get(key);
	if (running?.store === store) return undefined;
	const result = (running?.end ?? Promise.resolve(undefined)).then(poll);
	const turn: Turn = { store, end: result.then(({ state }) => state, () => undefined) };
	turns.set(key, turn);
	try {
		return await result;
	} finally {
		if (turns.get(key) === turn) turns.delete(key);
	}
}
