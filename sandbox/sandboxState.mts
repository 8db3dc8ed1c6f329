import type { EventEmitter } from 'node:events';
import pLimit from 'p-limit';
import { FaultInjector } from './faultInjector.mts';
import { ResponseGate } from './responseGate.mts';
import { RateLimiter } from './rateLimiter.mts';
import { DataStore } from './dataStore.mts';
import { TokenIssuer } from './tokenIssuer.mts';
import type { SandboxBehaviour, Fault, ReceivedRequest } from './sandboxTypes.mts';

const DEFAULT_BEHAVIOUR: SandboxBehaviour = {
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
export class SandboxState {
	readonly store = new DataStore();
	readonly tokens = new TokenIssuer();
	readonly faults = new FaultInjector();
	/** Every API request in order of arrival. */
	readonly requestLog: ReceivedRequest[] = [];
	/** The behaviour now in force. */
	behaviour: Readonly<SandboxBehaviour> = DEFAULT_BEHAVIOUR;
	private readonly responseGates = new Map<string | undefined, ResponseGate>();
	private readonly openResponses = new Set<EventEmitter>();
	private rateLimiter: RateLimiter | undefined;
	/** Lets so many requests be worked on at once as there are workers; the rest waits, first come, first served. */
	runOnWorker = pLimit(Infinity);

	/** Changes the behaviour that is named, keeps the rest; a rate limit begins anew when it is named. */
	setBehaviour(changes: Partial<SandboxBehaviour>): void {
		this.behaviour = { ...this.behaviour, ...changes };
		if ('workers' in changes) this.runOnWorker = pLimit(changes.workers ?? Infinity);
		if ('rateLimit' in changes) this.rateLimiter = changes.rateLimit ? new RateLimiter(changes.rateLimit) : undefined;
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
		this.tokens.expireTokens();
	}

	/** Counts a request against the limit; gives 0, or the seconds to wait when it is refused. */
	countAgainstRateLimit(operationId: string | undefined): number {
		if (!this.rateLimiter || (operationId === 'createToken' && !this.behaviour.rateLimit?.countTokenCalls)) return 0;
		return this.rateLimiter.take(performance.now());
	}

	/** API requests since the start that are not answered yet. */
	get inFlight(): number {
		return this.openResponses.size;
	}

	/** Counts a request as under way. @param reply emits `close` when it has its answer, or never will */
	trackInFlight(reply: EventEmitter): void {
		this.openResponses.add(reply);
		reply.once('close', () => this.openResponses.delete(reply));
	}

	/** Keeps back every answer to an operation from now on, until what is returned releases it. */
	hold(operationId: string): ResponseGate {
		const gate = new ResponseGate();
		this.responseGates.get(operationId)?.end();
		this.responseGates.set(operationId, gate);
		return gate;
	}

	/** Resolves when a request for an operation may be answered. */
	async waitForRelease(operationId: string | undefined): Promise<void> {
		await this.responseGates.get(operationId)?.waitForRelease();
	}

	/** Puts data, behaviour, faults, request log and tokens back to the start. */
	reset(): void {
		this.store.reset();
		this.expireTokens();
		this.clearFaults();
		for (const gate of this.responseGates.values()) gate.end();
		this.responseGates.clear();
		this.requestLog.length = 0;
		// Those that hang may end much later.
		this.openResponses.clear();
		this.setBehaviour(DEFAULT_BEHAVIOUR);
	}
}
