import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import type { Behaviour, ReceivedRequest } from '../../sandbox/types.mts';
import type { Bound } from '../bounds.mts';
import { sandboxCredential, type Running } from '../start/bringUp.mts';
import type { CredentialFile } from '../start/examples.mts';
import { PlainStop } from '../start/plain.mts';
import type { Session } from '../start/session.mts';
import type { NodeInput } from '../start/workflows.mts';
import type { N8nRuns, Place, Switches } from './n8nRuns.mts';
import type { Gateways } from './nginx.mts';
import { partsOf, type Part } from './profile.mts';
import {
	goFive,
	HEADER_CREDENTIAL,
	httpRequest,
	workflowOf,
	type Asked,
	type BenchWorkflow,
	type HttpAsked,
	type OwnAsked,
} from './workflows.mts';

/** Milliseconds that the sandbox works on each request. */
export const DELAY = 50;
/** Events of each of the many customers. */
const EVENTS_EACH = 3;
/** Events of the one large customer. */
export const LARGE = 100_000;

/** One execution of a way. */
export interface Sample {
	/** Milliseconds of the measured nodes together, as n8n tells them. */
	milliseconds: number;
	/** Codes whose events did not come. */
	lost?: number;
	/** Highest memory in use by the n8n process. */
	peakBytes?: number;
	/** Where the time went, when that was asked for. */
	parts?: Part[];
}

/** What the sandbox received during one execution, added to it. */
export interface Measured extends Sample {
	requests: ReceivedRequest[];
}

/** One way to do a job. */
export interface Way {
	title: string;
	/** Imported into n8n before anything is measured. */
	workflow?: BenchWorkflow;
	execute(place: Place): Promise<Sample>;
	/** How often it is executed; default: as often as its case says. */
	times?: number;
	/** How the sandbox differs from its usual behaviour, beside what the case says. */
	behaviour?: Partial<Behaviour>;
}

/** Gives all executions of a way. */
export type Of = (way: Way) => Measured[];

/** Ways to do one job side by side, and what has to be kept. */
export interface Case {
	title: string;
	ways: Way[];
	place: Place;
	/** How often each way is executed. */
	times: number;
	behaviour?: Partial<Behaviour>;
	bounds?: Array<{ what: string; bound: Bound; value(of: Of): number }>;
	/** What is told of a way beside its time. */
	note?(samples: Measured[]): string;
	/** Printed below the tables. */
	text?(of: Of): string;
}

/** How a workflow with our node or its rival is executed. */
interface WayOptions extends Switches, Pick<Way, 'times' | 'behaviour'> {
	/** Events that each code has to give, unless some are lost. */
	eventsEach?: number;
}

/** The ways of one n8n with the package, and the sandbox with its customers. */
export class Kit {
	/** Codes of 1,000 customers. */
	readonly codes: string[];
	readonly largeCode = 'LARGE';
	private workflows = 0;

	constructor(
		readonly session: Session,
		readonly running: Running,
		readonly runs: N8nRuns,
		/** Folder of the compiled scripts that n8n's own Node runs. */
		readonly scripts: string,
		private readonly gateways: Gateways | undefined,
	) {
		const { store } = running.sandbox;
		this.codes = store.seedCustomers(1000, EVENTS_EACH);
		store.seedCustomer(this.largeCode, LARGE);
	}

	/** What the workflows sign in with, beside the credential of the examples. */
	async credentials(): Promise<CredentialFile[]> {
		const data = { name: 'Authorization', value: `Bearer ${SANDBOX_SIGN_IN.accessToken}` };
		const behindNginx = Object.entries<string>({ ...this.gateways }).map(async ([limit, url]) => {
			const id = `nginx-${limit}`;
			return { ...(await sandboxCredential(url)), id, name: id };
		});
		return [{ ...HEADER_CREDENTIAL, type: 'httpHeaderAuth', data }, ...(await Promise.all(behindNginx))];
	}

	/** Our node. */
	goFive(title: string, asked: OwnAsked, options: WayOptions = {}): Way {
		return this.way(title, asked, goFive(asked), options);
	}

	/** HTTP Request and Split Out, and what stands behind them. */
	http(title: string, asked: HttpAsked, { behind = [], ...options }: WayOptions & { behind?: NodeInput[] } = {}): Way {
		const nodes = httpRequest(this.running.sandbox.url, SANDBOX_SIGN_IN.subscriptionApiKey, asked);
		return this.way(title, asked, [...nodes, ...behind], options);
	}

	private way(title: string, { codes }: Asked, nodes: NodeInput[], { eventsEach = EVENTS_EACH, ...options }: WayOptions): Way {
		const expected = codes.length * eventsEach;
		const workflow = workflowOf(`bench-${this.workflows++}`, codes, nodes);
		const execute = async (place: Place): Promise<Sample> => {
			const report = await this.runs.execute(workflow, place, options);
			const nodes = workflow.measured.flatMap((name) => report.nodes[name] ?? []);
			const [lost, items] = [nodes[0]?.failed ?? Number.NaN, nodes.at(-1)?.items];
			if (lost === 0 && items !== expected) {
				const what = `${title} gave ${items} items instead of ${expected}.`;
				throw new PlainStop(what, 'Such a time means nothing; see what the sandbox received.');
			}
			const parts = report.profile && nodes[0] ? { parts: partsOf(report, nodes[0]) } : {};
			return {
				milliseconds: nodes.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
				lost,
				peakBytes: report.peakBytes,
				...parts,
			};
		};
		return { ...options, title, workflow, execute };
	}
}
