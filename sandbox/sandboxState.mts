import type { EventEmitter } from 'node:events';
import { FaultInjector } from './faultInjector.mts';
import { ResponseGate } from './responseGate.mts';
import { TokenBucket } from './tokenBucket.mts';
import type { ContractValidator } from './contractValidator.mts';
import { createRecordLists, type RecordLists } from './recordLists.mts';
import { TokenIssuer } from './tokenIssuer.mts';
import type { ReceivedRequest, SandboxBehaviour } from './sandboxTypes.mts';

const DEFAULT_BEHAVIOUR: SandboxBehaviour = {
	delayMs: 0,
	rateLimit: null,
	tokenLifetimeRequests: null,
	tokenLifetimeSeconds: 3600,
	newTokenEndsOlder: false,
	dropGetBody: false,
	listIn: 'data',
	groupsRows: false,
	pageCap: null,
	clearsOmitted: false,
	staleReadMs: 0,
	normalizesTexts: false,
	recordForm: null,
	ignoredPageKeys: [],
};

/** State of the sandbox, with the methods that change it. */
export class SandboxState {
	/** All records. Tests can change them. */
	readonly records: RecordLists;
	readonly tokens = new TokenIssuer();
	readonly faults = new FaultInjector();
	/** API requests in order of arrival. */
	readonly requestLog: ReceivedRequest[] = [];
	/** Current behaviour. */
	behaviour: Readonly<SandboxBehaviour> = DEFAULT_BEHAVIOUR;
	private readonly responseGates = new Map<string | undefined, ResponseGate>();
	private readonly openResponses = new Set<EventEmitter>();
	private tokenBucket: TokenBucket | undefined;

	constructor(contract: ContractValidator) {
		this.records = createRecordLists(contract);
	}

	/** Updates parts of the behaviour. A rate limit starts again if it is one of them. */
	setBehaviour(changes: Partial<SandboxBehaviour>): void {
		this.behaviour = { ...this.behaviour, ...changes };
		if ('rateLimit' in changes) this.tokenBucket = changes.rateLimit ? new TokenBucket(changes.rateLimit) : undefined;
	}

	/** Counts a request against the rate limit. Returns 0, or the seconds to wait if it is rejected. */
	countAgainstRateLimit(operationId: string | undefined): number {
		if (!this.tokenBucket || operationId === 'createToken' || this.tokenBucket.takeToken()) return 0;
		return Math.max(1, Math.ceil(this.tokenBucket.secondsToNextToken));
	}

	/** Number of API requests without a response. */
	get inFlight(): number {
		return this.openResponses.size;
	}

	/**
	 * Counts a request as in flight.
	 * @param reply - Emits `close` after its response, or when its connection ends
	 */
	trackInFlight(reply: EventEmitter): void {
		this.openResponses.add(reply);
		reply.once('close', () => this.openResponses.delete(reply));
	}

	/** Holds all further responses to an operation until the gate releases them. */
	hold(operationId: string): ResponseGate {
		const gate = new ResponseGate();
		this.responseGates.get(operationId)?.end();
		this.responseGates.set(operationId, gate);
		return gate;
	}

	/** Resolves when the response to a request for an operation may be sent. */
	async waitForRelease(operationId: string | undefined): Promise<void> {
		await this.responseGates.get(operationId)?.waitForRelease();
	}

	/** Restores data and behaviour, and ends faults and held responses. Keeps the request log and the tokens. */
	restoreDefaults(): void {
		for (const recordList of Object.values(this.records)) recordList.reset();
		this.faults.clear();
		for (const gate of this.responseGates.values()) gate.end();
		this.responseGates.clear();
		this.setBehaviour(DEFAULT_BEHAVIOUR);
	}

	/** Resets data, behaviour, faults, request log and tokens. */
	reset(): void {
		this.restoreDefaults();
		this.tokens.expireAll();
		this.requestLog.length = 0;
		// Hanging requests may end much later.
		this.openResponses.clear();
	}
}
