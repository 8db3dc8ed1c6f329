import type { Answer, Fault } from './types.mts';

/** What of a request a fault can ask for. */
export interface Subject {
	operationId: string | undefined;
	method: string;
	path: string;
	customerCode: string | undefined;
}

function fits(match: Fault['match'], subject: Subject): boolean {
	if (subject.operationId === 'createToken' && match?.operationId === undefined && match?.path === undefined) return false;
	return (
		(match?.operationId === undefined || match.operationId === subject.operationId) &&
		(match?.method === undefined || match.method.toUpperCase() === subject.method) &&
		(match?.path === undefined || match.path === subject.path) &&
		(match?.customerCode === undefined || match.customerCode === subject.customerCode)
	);
}

/** The faults still to come, in the order they were added. */
export class Faults {
	private waiting: Array<{ fault: Fault; skip: number; left: number }> = [];

	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.waiting.push({ fault, skip, left: times === 'always' ? Infinity : times });
	}

	clear(): void {
		this.waiting = [];
	}

	/** The answer a request gets instead of the true one, if any; uses the fault up by one. */
	take(subject: Subject): Answer | undefined {
		for (const entry of this.waiting) {
			if (!fits(entry.fault.match, subject)) continue;
			if (entry.skip > 0) {
				entry.skip--;
				continue;
			}
			if (--entry.left <= 0) this.waiting = this.waiting.filter((other) => other !== entry);
			return entry.fault.answer;
		}
		return undefined;
	}
}
