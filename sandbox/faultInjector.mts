import type { FaultResponse, Fault } from './sandboxTypes.mts';

/** What of a request a fault can ask for. */
export interface FaultTarget {
	operationId: string | undefined;
	method: string;
	path: string;
	customerCode: string | undefined;
}

function matchesTarget(match: Fault['match'], target: FaultTarget): boolean {
	if (target.operationId === 'createToken' && match?.operationId === undefined && match?.path === undefined)
		return false;
	return (
		(match?.operationId === undefined || match.operationId === target.operationId) &&
		(match?.method === undefined || match.method.toUpperCase() === target.method) &&
		(match?.path === undefined || match.path === target.path) &&
		(match?.customerCode === undefined || match.customerCode === target.customerCode)
	);
}

/** The faults still to come, in the order they were added. */
export class FaultInjector {
	private pendingFaults: Array<{ fault: Fault; skip: number; remaining: number }> = [];

	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.pendingFaults.push({ fault, skip, remaining: times === 'always' ? Infinity : times });
	}

	clear(): void {
		this.pendingFaults = [];
	}

	/** The answer a request gets instead of the true one, if any; uses the fault up by one. */
	take(target: FaultTarget): FaultResponse | undefined {
		for (const entry of this.pendingFaults) {
			if (!matchesTarget(entry.fault.match, target)) continue;
			if (entry.skip > 0) {
				entry.skip--;
				continue;
			}
			if (--entry.remaining <= 0) this.pendingFaults = this.pendingFaults.filter((other) => other !== entry);
			return entry.fault.answer;
		}
		return undefined;
	}
}
