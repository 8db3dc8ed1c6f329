import { setTimeout as sleep } from 'node:timers/promises';
import { UserFacingError } from '../instance/userFacingError.mts';
import { failOnUnexpectedExit, type N8nProcess } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { DatabaseSnapshot } from './executionDatabase.mts';
import type { DeliveryLedger } from './deliveryLedger.mts';

/** Time limit in ms for the baseline, and for a poll: n8n polls every minute. */
export const BASELINE_TIMEOUT_MS = 180_000;
/** Time in ms between two snapshots. */
const SNAPSHOT_INTERVAL_MS = 1_500;

/** Reads a snapshot of n8n's database. */
export type SnapshotReader = () => Promise<DatabaseSnapshot>;

/**
 * Waits until the trigger has stored the records that exist at publication. No record may be created before.
 * @throws UserFacingError if there is no baseline in time, or if n8n uses the wrong poller
 */
export async function waitForBaseline(
	script: ScriptContext,
	readCurrentSnapshot: SnapshotReader,
	n8nProcess: N8nProcess,
	isDurable: boolean,
): Promise<DatabaseSnapshot> {
	const readBaseline = async (): Promise<DatabaseSnapshot | undefined> => {
		const snapshot = await readCurrentSnapshot();
		return snapshot.storedRecords && snapshot;
	};
	const snapshot = await Promise.race([
		script.waitFor(readBaseline, BASELINE_TIMEOUT_MS, SNAPSHOT_INTERVAL_MS),
		failOnUnexpectedExit(script, n8nProcess),
	]);
	if (!snapshot)
		throw new UserFacingError('The trigger stored no baseline within three minutes.', `See ${script.logFile}`);
	if (snapshot.isDurable === isDurable) {
		console.log(`The trigger has stored ${snapshot.storedRecords?.size} existing records.`);
		return snapshot;
	}
	const nextStep = 'Check the environment variables in scripts/reliability/pollerSettings.mts.';
	throw new UserFacingError(`n8n runs ${isDurable ? 'without' : 'with'} its durable poller.`, nextStep);
}

/** Records snapshots continuously while n8n runs. The promise `failed` rejects if one cannot be read. */
export function watchSnapshots(
	readCurrentSnapshot: SnapshotReader,
	deliveryLedger: DeliveryLedger,
): { failed: Promise<never>; end(): Promise<void> } {
	let isWatching = true;
	const watchUntilEnded = async (): Promise<void> => {
		while (isWatching) {
			const snapshot = await readCurrentSnapshot();
			if (isWatching) deliveryLedger.recordSnapshot(snapshot, Date.now());
			await sleep(SNAPSHOT_INTERVAL_MS);
		}
	};
	const watchLoop = watchUntilEnded();
	const failed = watchLoop.then(() => new Promise<never>(() => undefined));
	return {
		failed,
		async end() {
			isWatching = false;
			await watchLoop;
		},
	};
}

/**
 * Records snapshots until the moment of a kill, ends n8n, and records the kill before n8n starts again.
 * @param momentReached - Resolves at the moment of the kill
 * @returns the snapshot after the kill, and the numbers of records between n8n's two writes
 */
export async function endAndRecord(
	readCurrentSnapshot: SnapshotReader,
	deliveryLedger: DeliveryLedger,
	kill: number,
	momentReached: Promise<unknown>,
	endProcess: () => Promise<void>,
): Promise<{ snapshot: DatabaseSnapshot; between: ReturnType<DeliveryLedger['recordKill']> }> {
	const snapshotWatcher = watchSnapshots(readCurrentSnapshot, deliveryLedger);
	await Promise.race([momentReached, snapshotWatcher.failed]);
	const endedAtMs = Date.now();
	const lastRead = snapshotWatcher.end();
	await endProcess();
	await lastRead;
	const snapshot = await readCurrentSnapshot();
	return { snapshot, between: deliveryLedger.recordKill(kill, snapshot, endedAtMs) };
}
