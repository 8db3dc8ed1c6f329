import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import type { Running } from '../start/bringUp.mts';
import type { CredentialFile } from '../start/examples.mts';
import type { Session } from '../start/session.mts';
import type { Findings } from './findings.mts';
import type { N8nRuns } from './n8nRuns.mts';
import { goFive, HEADER_CREDENTIAL, httpRequest, type Batching, type BenchWorkflow, type Days } from './workflows.mts';

/** Milliseconds that the sandbox waits before each answer. */
export const DELAY = 50;
/** Events of each of the many customers. */
export const EVENTS_EACH = 3;
/** Events of the one large customer. */
export const LARGE = 100_000;

/** What the cases build upon: the sandbox with its customers, and nodes that ask it. */
export class Kit {
	/** Codes of 1,000 customers. */
	readonly codes: string[];
	readonly largeCode = 'LARGE';

	constructor(
		readonly session: Session,
		readonly running: Running,
	) {
		const { sandbox } = running;
		sandbox.set({ delayMs: DELAY });
		this.codes = sandbox.store.seedCustomers(1000, EVENTS_EACH);
		sandbox.store.seedCustomer(this.largeCode, LARGE);
	}

	/** The pasted token as a header, the way the HTTP Request node takes it. */
	get headerCredential(): CredentialFile {
		const data = { name: 'Authorization', value: `Bearer ${SANDBOX_SIGN_IN.accessToken}` };
		return { ...HEADER_CREDENTIAL, type: 'httpHeaderAuth', data };
	}

	/** Our node; see `goFive` in workflows.mts. */
	goFive(days: Days, width?: number): ReturnType<typeof goFive> {
		return goFive(days, { id: 'gofive-sandbox', name: 'GoFive sandbox' }, width);
	}

	/** HTTP Request and Split Out; see `httpRequest` in workflows.mts. */
	http(days: Days, batch?: Batching): ReturnType<typeof httpRequest> {
		return httpRequest(this.running.sandbox.url, SANDBOX_SIGN_IN.subscriptionApiKey, days, batch);
	}
}

/** Tells in one line what is going on. */
export type Tell = (line: string) => void;

/** One case of the bench. */
export interface Case {
	title: string;
	/** The workflows that it executes. */
	workflows: BenchWorkflow[];
	run(runs: N8nRuns, tell: Tell): Promise<Findings>;
}
