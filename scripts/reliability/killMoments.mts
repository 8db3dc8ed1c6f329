import { once } from 'node:events';
import { watch } from 'node:fs';
import type { PreparedInstance } from '../instance/startInstance.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { databasePath } from './triggerDatabase.mts';
import type { WatchedEvents } from './watchedEvents.mts';

/** Time limit in ms for a write, because a poll without new events writes nothing. */
const WRITE_TIMEOUT_MS = 2_000;

/** Objects that find the moment of a kill. */
export interface KillContext {
	script: ScriptContext;
	instance: PreparedInstance;
	events: WatchedEvents;
}

/** Moment at which n8n is killed. n8n has just been started. */
interface KillMoment {
	title: string;
	wait(context: KillContext): Promise<void>;
}

/** Waits until n8n writes to its database. */
async function waitForWrite({ script, instance }: KillContext): Promise<void> {
	const watcher = watch(`${databasePath(instance)}-wal`);
	await Promise.race([once(watcher, 'change'), script.pause(WRITE_TIMEOUT_MS)]);
	watcher.close();
}

/** n8n's default engine writes the state of the trigger, and the execution some milliseconds later. */
const AT_FIRST_WRITE: KillMoment = {
	title: "at n8n's first write after a poll",
	async wait(context) {
		await context.events.waitForResponses();
		await waitForWrite(context);
	},
};

const AFTER_RESPONSES: KillMoment = {
	title: 'just after the responses of a poll',
	async wait({ events, script }) {
		await events.waitForResponses();
		// Cubed, so that most kills are close to n8n's writes.
		await script.pause(250 * Math.random() ** 3);
	},
};

const DURING_POLL: KillMoment = {
	title: 'during a poll with slow responses',
	async wait({ events, instance, script }) {
		const delayMs = 1_000;
		instance.sandbox.setBehaviour({ delayMs });
		await events.waitForPoll();
		await script.pause(delayMs * Math.random());
	},
};

const DURING_EXECUTION: KillMoment = {
	title: 'while the workflow runs',
	async wait({ events, script }) {
		await events.waitForResponses();
		await script.pause(100 + 1_400 * Math.random());
	},
};

const DURING_START: KillMoment = {
	title: 'while n8n starts',
	wait: ({ script }) => script.pause(20_000 * Math.random()),
};

/** Moments of the kills, used in turn. Those at n8n's writes come twice. */
export const KILL_MOMENTS: readonly KillMoment[] = [
	AT_FIRST_WRITE,
	AFTER_RESPONSES,
	DURING_POLL,
	AT_FIRST_WRITE,
	DURING_EXECUTION,
	AFTER_RESPONSES,
	DURING_START,
];
