import type { Execution, Snapshot } from '../../scripts/reliability/database.mts';
import { Ledger } from '../../scripts/reliability/ledger.mts';

const NEW = [1, 2, 3, 4];

function snapshot(stored: number[], ...emitted: number[][]): Snapshot {
	const executions = emitted.map((eventIds, index): Execution => ({ id: index + 1, status: 'success', eventIds }));
	return { stored: new Set([100, ...stored]), durable: false, executions, scheduledPolls: 0 };
}

/** Everything that a verdict on what was read last names, by kind; `once` and `cut` aside. */
function judged(ledger: Ledger, last: Snapshot): Record<string, number[]> {
	const { once, cut, ...kinds } = ledger.verdict(last, []);
	expect(once.length + cut.length).toBeGreaterThan(0);
	return Object.fromEntries(Object.entries(kinds).filter(([, ids]) => ids.length > 0));
}

let ledger: Ledger;
beforeEach(() => (ledger = new Ledger(new Set(NEW))));

test('each event in one execution: nothing to tell', () => {
	expect(judged(ledger, snapshot(NEW, [1, 2], [3, 4]))).toEqual({});
});

test('an event that is nowhere is lost', () => {
	ledger.atKill(1, snapshot([], [1, 2]), 0);
	expect(judged(ledger, snapshot(NEW, [1, 2], [4]))).toEqual({ lost: [3] });
});

test('stored right at a kill, without an execution: lost between the two writes', () => {
	ledger.watch(snapshot([1], [1]), 0);
	expect(ledger.atKill(1, snapshot([1, 2, 3], [1]), 1_000)).toEqual({ lost: 2, doubled: 0 });
	expect(ledger.atKill(2, snapshot([1, 2, 3], [1]), 2_000)).toEqual({ lost: 0, doubled: 0 });
	expect(judged(ledger, snapshot(NEW, [1], [4]))).toEqual({ lostBetweenWrites: [2, 3] });
});

test('stored without an execution while n8n goes on: lost by the trigger, also when a kill follows', () => {
	ledger.watch(snapshot([1, 2], [1]), 0);
	ledger.watch(snapshot([1, 2], [1]), 11_000);
	ledger.atKill(1, snapshot([1, 2], [1]), 12_000);
	expect(judged(ledger, snapshot(NEW, [1], [3, 4]))).toEqual({ lost: [2] });
});

test('an execution that holds only a part of what its poll stored: the rest is lost by the trigger', () => {
	ledger.watch(snapshot([]), 0);
	ledger.atKill(1, snapshot([1, 2], [1]), 1_000);
	expect(judged(ledger, snapshot(NEW, [1], [3, 4]))).toEqual({ lost: [2] });
});

test('started right at a kill, but not stored: doubled between the two writes, once per such kill', () => {
	expect(ledger.atKill(1, snapshot([], [1]), 0)).toEqual({ lost: 0, doubled: 1 });
	expect(judged(ledger, snapshot(NEW, [1], [1, 2, 3, 4]))).toEqual({ doubledBetweenWrites: [1] });
	expect(judged(ledger, snapshot(NEW, [1], [1, 2, 3, 4], [1]))).toEqual({ doubled: [1] });
});

test('doubled without a kill, and what was there before: by the trigger', () => {
	expect(judged(ledger, snapshot(NEW, [1, 2], [2, 3, 4, 100]))).toEqual({ doubled: [2], uncalledFor: [100] });
});

test('what a running workflow told counts only with its execution', () => {
	const { withoutExecution, cut } = ledger.verdict(
		snapshot(NEW, [1, 2, 3]),
		[1, 4].map((eventId) => ({ eventId, executionId: 1 })),
	);
	expect({ withoutExecution, cut }).toEqual({ withoutExecution: [4], cut: [2, 3] });
});

test('an execution that a recovery after the kill emptied keeps what it was started with', () => {
	ledger.atKill(1, snapshot(NEW, NEW), 0);
	expect(judged(ledger, snapshot(NEW, []))).toEqual({});
	expect(new Ledger(new Set(NEW)).verdict(snapshot(NEW, [], NEW), []).unreadable).toEqual([1]);
});
