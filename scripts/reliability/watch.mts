import { setTimeout as sleep } from 'node:timers/promises';
import { PlainStop } from '../start/plain.mts';
import { unexpectedEnd, type N8nProcess } from '../start/server.mts';
import type { Session } from '../start/session.mts';
import type { Snapshot } from './database.mts';
import type { Ledger } from './ledger.mts';

export const FIRST_PATIENCE = 180_000;
/** Milliseconds between two looks into the database. */
const LOOK = 1_500;

/** Looks into n8n's database. */
export type Look = () => Promise<Snapshot>;

/** What is there at publication is no news; until it is stored, nothing new may come. */
export async function baseline(session: Session, look: Look, n8n: N8nProcess, durable: boolean): Promise<void> {
	const looked = async (): Promise<Snapshot | undefined> => {
		const snapshot = await look();
		return snapshot.stored && snapshot;
	};
	const snapshot = await Promise.race([session.until(looked, FIRST_PATIENCE, LOOK), unexpectedEnd(session, n8n)]);
	if (!snapshot) throw new PlainStop('The trigger stored no baseline within three minutes.', `See ${session.log}`);
	if (snapshot.durable === durable)
		return console.log(`The trigger knows ${snapshot.stored?.size} events that were there before.`);
	const next = 'See scripts/reliability/engine.mts for the variables that decide.';
	throw new PlainStop(`n8n runs ${durable ? 'without' : 'with'} its durable poller.`, next);
}

/** Looks into the database again and again while n8n runs. */
export function watch(look: Look, ledger: Ledger): { failed: Promise<never>; end(): Promise<void> } {
	let goesOn = true;
	const goOn = async (): Promise<void> => {
		while (goesOn) {
			const snapshot = await look();
			if (goesOn) ledger.watch(snapshot, Date.now());
			await sleep(LOOK);
		}
	};
	const looking = goOn();
	const failed = looking.then(() => new Promise<never>(() => undefined));
	return {
		failed,
		async end() {
			goesOn = false;
			await looking;
		},
	};
}

/**
 * Watches until the moment has come, ends n8n by the blow, and tells the ledger what its database shows before it starts again.
 * @param come settles at the moment
 */
export async function strike(
	look: Look,
	ledger: Ledger,
	kill: number,
	come: Promise<unknown>,
	blow: () => Promise<void>,
): Promise<{ snapshot: Snapshot; between: ReturnType<Ledger['atKill']> }> {
	const watching = watch(look, ledger);
	await Promise.race([come, watching.failed]);
	const at = Date.now();
	const lastLook = watching.end();
	await blow();
	await lastLook;
	const snapshot = await look();
	return { snapshot, between: ledger.atKill(kill, snapshot, at) };
}
