import type { FaultResponse, Fault } from './sandboxTypes.mts';

/** Properties of a request that a fault can match. */
export type FaultTarget = Record<keyof NonNullable<Fault['match']>, string | undefined>;

function matchesTarget(match: Fault['match'] = {}, target: FaultTarget): boolean {
	if (target.operationId === 'createToken' && match.operationId === undefined && match.path === undefined) return false;
	const properties = Object.entries(match) as Array<[keyof FaultTarget, string | undefined]>;
	return properties.every(([name, value]) => value === undefined || value === target[name]);
}

/** Queue of the pending faults, in the order in which they were added. */
export class FaultInjector {
	private pendingFaults: Array<{ fault: Fault; skip: number; remaining: number }> = [];

	/** Adds a fault. If several match a request, the first one is used. */
	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.pendingFaults.push({ fault, skip, remaining: times === 'always' ? Infinity : times });
	}

	/** Removes the pending faults. */
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
