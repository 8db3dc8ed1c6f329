import type { RecordedExecution, DatabaseSnapshot } from '../../scripts/reliability/executionDatabase.mts';
import { DeliveryLedger } from '../../scripts/reliability/deliveryLedger.mts';

const NEW_EVENT_IDS = [1, 2, 3, 4];

function buildSnapshot(stored: number[], ...emittedEventIds: number[][]): DatabaseSnapshot {
	const executions = emittedEventIds.map(
		(recordIds, index): RecordedExecution => ({ id: index + 1, status: 'success', recordIds }),
	);
	const storedRecords = new Map([100, ...stored].map((id) => [id, 'digest']));
	return { storedRecords, isDurable: false, executions, scheduledPolls: 0 };
}

/** Returns the report on the last snapshot by kind, without empty kinds, `deliveredOnce` and `interrupted`. */
function getReportFindings(deliveryLedger: DeliveryLedger, lastSnapshot: DatabaseSnapshot): Record<string, unknown[]> {
	const { deliveredOnce, interrupted, ...kinds } = deliveryLedger.buildReport(lastSnapshot, []);
	expect(deliveredOnce.length + interrupted.length).toBeGreaterThan(0);
	return Object.fromEntries(Object.entries(kinds).filter(([, ids]) => ids.length > 0));
}

let ledger: DeliveryLedger;
beforeEach(() => (ledger = new DeliveryLedger(new Set(NEW_EVENT_IDS))));

test('each event in one execution: no loss', () => {
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1, 2], [3, 4]))).toEqual({});
});

test('an event without an execution is lost', () => {
	ledger.recordKill(1, buildSnapshot([], [1, 2]), 0);
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1, 2], [4]))).toEqual({ lost: [3] });
});

test('stored immediately before a kill, without an execution: lost between the two writes', () => {
	ledger.recordSnapshot(buildSnapshot([1], [1]), 0);
	expect(ledger.recordKill(1, buildSnapshot([1, 2, 3], [1]), 1_000)).toEqual({ lost: 2, duplicated: 0 });
	expect(ledger.recordKill(2, buildSnapshot([1, 2, 3], [1]), 2_000)).toEqual({ lost: 0, duplicated: 0 });
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1], [4]))).toEqual({ lostBetweenWrites: [2, 3] });
});

test('stored without an execution while n8n continues: lost by the trigger, even if a kill follows', () => {
	ledger.recordSnapshot(buildSnapshot([1, 2], [1]), 0);
	ledger.recordSnapshot(buildSnapshot([1, 2], [1]), 11_000);
	ledger.recordKill(1, buildSnapshot([1, 2], [1]), 12_000);
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1], [3, 4]))).toEqual({ lost: [2] });
});

test('an execution with only some of the events that its poll stored: the others are lost by the trigger', () => {
	ledger.recordSnapshot(buildSnapshot([]), 0);
	ledger.recordKill(1, buildSnapshot([1, 2], [1]), 1_000);
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1], [3, 4]))).toEqual({ lost: [2] });
});

test('started immediately before a kill but not stored: duplicated between the two writes, once per kill', () => {
	expect(ledger.recordKill(1, buildSnapshot([], [1]), 0)).toEqual({ lost: 0, duplicated: 1 });
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1], [1, 2, 3, 4]))).toEqual({
		duplicatedBetweenWrites: [1],
	});
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1], [1, 2, 3, 4], [1]))).toEqual({ duplicated: [1] });
});

test('duplicated without a kill, or existing before the trigger: by the trigger', () => {
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, [1, 2], [2, 3, 4, 100]))).toEqual({
		duplicated: [2],
		unexpected: [100],
	});
});

test('an event of a running workflow counts only with its execution', () => {
	const { receivedWithoutExecution, interrupted } = ledger.buildReport(
		buildSnapshot(NEW_EVENT_IDS, [1, 2, 3]),
		[1, 4].map((recordId) => ({ recordId, executionId: 1 })),
	);
	expect([receivedWithoutExecution, interrupted]).toEqual([[4], [2, 3]]);
});

test('an execution emptied by a recovery after the kill keeps its input', () => {
	ledger.recordKill(1, buildSnapshot(NEW_EVENT_IDS, NEW_EVENT_IDS), 0);
	expect(getReportFindings(ledger, buildSnapshot(NEW_EVENT_IDS, []))).toEqual({});
	expect(
		new DeliveryLedger(new Set(NEW_EVENT_IDS)).buildReport(buildSnapshot(NEW_EVENT_IDS, [], NEW_EVENT_IDS), [])
			.unreadableExecutions,
	).toEqual([1]);
});

test('a record that existed at publication is stored as changed once its digest differs', () => {
	const baseline = new Map([
		[1, 'old'],
		[2, 'old'],
	]);
	const changedLedger = new DeliveryLedger(new Set([1, 2]), baseline);
	const snapshot = buildSnapshot([]);
	expect(changedLedger.recordKill(1, { ...snapshot, storedRecords: baseline }, 0)).toEqual({ lost: 0, duplicated: 0 });
	const storedRecords = new Map([...baseline, [2, 'new']]);
	expect(changedLedger.recordKill(2, { ...snapshot, storedRecords }, 0)).toEqual({ lost: 1, duplicated: 0 });
	const executions = buildSnapshot([], [1]).executions;
	expect(changedLedger.recordKill(3, { ...snapshot, storedRecords, executions }, 0)).toEqual({
		lost: 0,
		duplicated: 1,
	});
	expect(getReportFindings(changedLedger, buildSnapshot([], [1]))).toEqual({ lostBetweenWrites: [2] });
});
