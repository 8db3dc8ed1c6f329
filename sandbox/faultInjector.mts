import type { FaultResponse, Fault } from './sandboxTypes.mts';

/** Properties of a request that a fault can match. */
export interface FaultTarget {
	operationId: string | undefined;
	path: string;
	customerCode: string | undefined;
}

function matchesTarget(match: Fault['match'], target: FaultTarget): boolean {
	if (target.operationId === 'createToken' && match?.operationId === undefined && match?.path === undefined)
		return false;
	return (
		(match?.operationId === undefined || match.operationId === target.operationId) &&
		(match?.path === undefined || match.path === target.path) &&
		(match?.customerCode === undefined || match.customerCode === target.customerCode)
	);
}

/** Queue of the pending faults, in the order in which they were added. */
export class FaultInjector {
	private pendingFaults: Array<{ fault: Fault; skip: number; remaining: number }> = [];

	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.pendingFaults.push({ fault, skip, remaining: times === 'always' ? Infinity : times });
	}

	clear(): void {
		this.pendingFaults = [];
	}

	/** Returns the response of the first matching fault, and counts its use. */
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
