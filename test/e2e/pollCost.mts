import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { goFiveTrigger } from '../../scripts/reliability/workflow.mts';
import type { Session } from '../../scripts/start/session.mts';
import { chain } from '../../scripts/start/workflows.mts';
import type { Whole } from './whole.mts';

/** Milliseconds until all customers must be read. */
const PATIENCE = 90_000;

/** What a poll takes: seconds, and seconds of main's processor time. */
export interface PollCost {
	seconds: number;
	cpu: number;
}

export const shown = ({ seconds, cpu }: PollCost): string => `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time`;

/** Publishes a trigger that watches 500 customers, and measures its first poll. */
export async function pollOfMany(session: Session, main: Whole): Promise<PollCost> {
	const codes = main.sandbox.store.seedCustomers(500, 0, 'MANY');
	const id = await main.rest.save(chain('Many', [goFiveTrigger(codes)]));
	const count = main.count;
	const reads = () => main.received(count).filter(({ operationId }) => operationId === 'getCustomerEvents');
	const answered = () => reads().flatMap(({ answeredAt }) => answeredAt ?? []);
	try {
		await main.rest.publish(id);
		await session.until(() => reads().length > 0, PATIENCE, 5);
		const before = cpuOf(main);
		await session.until(() => answered().length >= codes.length, PATIENCE, 20);
		const cpu = cpuOf(main) - before;
		const done = answered();
		assert.ok(done.length >= codes.length, `${done.length} of ${codes.length} customers were read within ${PATIENCE / 1_000} seconds`);
		const seconds = (Math.max(...done) - (reads()[0]?.at ?? 0)) / 1_000;
		assert.equal(new Set(reads().map(({ path, query }) => `${path}?${query}`)).size, codes.length, 'so many customers were read');
		assert.equal(reads().length, codes.length, 'so many reads were sent');
		return { seconds, cpu };
	} finally {
		await main.rest.unpublish(id);
	}
}

/** Seconds of processor time that main has taken so far; Linux counts them in hundredths. */
function cpuOf({ server }: Whole): number {
	const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
