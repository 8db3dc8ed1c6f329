import type { EventEmitter } from 'node:events';
import pLimit from 'p-limit';
import { Faults } from './faults.mts';
import { Hold } from './hold.mts';
import { RateLimiter } from './rateLimiter.mts';
import { Store } from './store.mts';
import { Tokens } from './tokens.mts';
import type { Behaviour, Fault, ReceivedRequest } from './types.mts';

const START: Behaviour = {
	delayMs: 0,
	workers: null,
	rateLimit: null,
	tokenLifetimeRequests: null,
	tokenLifetimeSeconds: 3600,
	newTokenEndsOlder: false,
	acceptPastedToken: true,
	dropGetBody: false,
	businessErrorStatus: 200,
	listIn: 'data',
	pageCap: null,
	ignoredPageKeys: [],
};

/** Everything the sandbox remembers, and what it can be told. */
export class State {
	readonly store = new Store();
	readonly tokens = new Tokens();
	readonly faults = new Faults();
	/** Every API request in order of arrival. */
	readonly requests: ReceivedRequest[] = [];
	/** The behaviour now in force. */
	behaviour: Readonly<Behaviour> = START;
	private readonly holds = new Map<string | undefined, Hold>();
	private readonly open = new Set<EventEmitter>();
	private limiter: RateLimiter | undefined;
	/** Lets so many requests be worked on at once as there are workers; the rest waits, first come, first served. */
	atWork = pLimit(Infinity);

	/** Changes the behaviour that is named, keeps the rest; a rate limit begins anew when it is named. */
	set(change: Partial<Behaviour>): void {
		this.behaviour = { ...this.behaviour, ...change };
		if ('workers' in change) this.atWork = pLimit(change.workers ?? Infinity);
		if ('rateLimit' in change) this.limiter = change.rateLimit ? new RateLimiter(change.rateLimit) : undefined;
	}

	/** Adds a fault; of several that fit, the one added first answers. */
	addFault(fault: Fault): void {
		this.faults.add(fault);
	}

	/** Forgets the faults that are still to come. */
	clearFaults(): void {
		this.faults.clear();
	}

	/** Refuses the tokens issued so far. */
	expireTokens(): void {
		this.tokens.expire();
	}

	/** Counts a request against the limit; gives 0, or the seconds to wait when it is refused. */
	refusedFor(operationId: string | undefined): number {
		if (!this.limiter || (operationId === 'createToken' && !this.behaviour.rateLimit?.countTokenCalls)) return 0;
		return this.limiter.take(performance.now());
	}

	/** API requests since the start that are not answered yet. */
	get inFlight(): number {
		return this.open.size;
	}

	/** Counts a request as under way. @param reply emits `close` when it has its answer, or never will */
	enter(reply: EventEmitter): void {
		this.open.add(reply);
		reply.once('close', () => this.open.delete(reply));
	}

	/** Keeps back every answer to an operation from now on, until what is returned releases it. */
	hold(operationId: string): Hold {
		const hold = new Hold();
		this.holds.get(operationId)?.end();
		this.holds.set(operationId, hold);
		return hold;
	}

	/** Resolves when a request for an operation may be answered. */
	async released(operationId: string | undefined): Promise<void> {
		await this.holds.get(operationId)?.keep();
	}

	/** Puts data, behaviour, faults, request log and tokens back to the start. */
	reset(): void {
		this.store.reset();
		this.expireTokens();
		this.clearFaults();
		for (const hold of this.holds.values()) hold.end();
		this.holds.clear();
		this.requests.length = 0;
		// Those that hang may end much later.
		this.open.clear();
		this.set(START);
	}
}
