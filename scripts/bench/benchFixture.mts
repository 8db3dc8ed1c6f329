import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { SandboxBehaviour, ReceivedRequest } from '../../sandbox/sandboxTypes.mts';
import type { Bound } from '../bounds.mts';
import { createSandboxCredential, type PreparedInstance } from '../instance/startInstance.mts';
import type { ImportedCredential } from '../instance/exampleWorkflowFiles.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { WorkflowNode } from '../instance/workflowBuilder.mts';
import type { WorkflowExecutor, ExecutionMode, ProcessFlags } from './workflowExecutor.mts';
import type { GatewayUrls } from './nginx.mts';
import { summarizeProfile, type ProfileShare } from './cpuProfile.mts';
import {
	buildMeasuredGoFiveNodes,
	HEADER_CREDENTIAL_REF,
	buildHttpRequestNodes,
	buildBenchWorkflow,
	type EventQuery,
	type BenchWorkflow,
	type HttpRequestQuery,
	type GoFiveQuery,
} from './benchWorkflows.mts';

/** Milliseconds that the sandbox works on each request. */
export const SERVER_DELAY_MS = 50;
/** Events of each of the many customers. */
const EVENTS_PER_CUSTOMER = 3;
/** Events of the one large customer. */
export const LARGE_CUSTOMER_EVENTS = 100_000;

/** One execution of a way. */
export interface ExecutionSample {
	/** Milliseconds of the measured nodes together, as n8n tells them. */
	milliseconds: number;
	/** Codes whose events did not come. */
	lostCodes?: number;
	/** Highest memory in use by the n8n process. */
	peakBytes?: number;
	/** Where the time went, when that was asked for. */
	parts?: ProfileShare[];
}

/** What the sandbox received during one execution, added to it. */
export interface MeasuredSample extends ExecutionSample {
	requests: ReceivedRequest[];
}

/** One way to do a job. */
export interface BenchVariant {
	title: string;
	/** Imported into n8n before anything is measured. */
	workflow?: BenchWorkflow;
	execute(mode: ExecutionMode): Promise<ExecutionSample>;
	/** How often it is executed; default: as often as its case says. */
	times?: number;
	/** How the sandbox differs from its usual behaviour, beside what the case says. */
	behaviour?: Partial<SandboxBehaviour>;
}

/** Gives all executions of a way. */
export type SampleLookup = (way: BenchVariant) => MeasuredSample[];

/** Ways to do one job side by side, and what has to be kept. */
export interface BenchCase {
	title: string;
	variants: BenchVariant[];
	mode: ExecutionMode;
	/** How often each way is executed. */
	times: number;
	behaviour?: Partial<SandboxBehaviour>;
	bounds?: Array<{ what: string; bound: Bound; value(getSamples: SampleLookup): number }>;
	/** What is told of a way beside its time. */
	formatNote?(samples: MeasuredSample[]): string;
	/** Printed below the tables. */
	formatFooter?(of: SampleLookup): string;
}

/** How a workflow with our node or its rival is executed. */
interface VariantOptions extends ProcessFlags, Pick<BenchVariant, 'times' | 'behaviour'> {
	/** Events that each code has to give, unless some are lost. */
	eventsEach?: number;
}

/** The ways of one n8n with the package, and the sandbox with its customers. */
export class BenchFixture {
	/** Codes of 1,000 customers. */
	readonly codes: string[];
	readonly largeCustomerCode = 'LARGE';
	private workflowCount = 0;

	constructor(
		readonly script: ScriptContext,
		readonly instance: PreparedInstance,
		readonly executor: WorkflowExecutor,
		/** Folder of the compiled scripts that n8n's own Node runs. */
		readonly scriptsFolder: string,
		private readonly gatewayUrls: GatewayUrls | undefined,
	) {
		const { store } = instance.sandbox;
		this.codes = store.seedCustomers(1000, EVENTS_PER_CUSTOMER);
		store.seedCustomer(this.largeCustomerCode, LARGE_CUSTOMER_EVENTS);
	}

	/** What the workflows sign in with, beside the credential of the examples. */
	async createCredentials(): Promise<ImportedCredential[]> {
		const data = { name: 'Authorization', value: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}` };
		const nginxCredentials = Object.entries<string>({ ...this.gatewayUrls }).map(async ([limit, url]) => {
			const id = `nginx-${limit}`;
			return { ...(await createSandboxCredential(url)), id, name: id };
		});
		return [{ ...HEADER_CREDENTIAL_REF, type: 'httpHeaderAuth', data }, ...(await Promise.all(nginxCredentials))];
	}

	/** Our node. */
	createGoFiveVariant(title: string, query: GoFiveQuery, options: VariantOptions = {}): BenchVariant {
		return this.createVariant(title, query, buildMeasuredGoFiveNodes(query), options);
	}

	/** HTTP Request and Split Out, and what stands behind them. */
	createHttpVariant(
		title: string,
		query: HttpRequestQuery,
		{ followingNodes = [], ...options }: VariantOptions & { followingNodes?: WorkflowNode[] } = {},
	): BenchVariant {
		const nodes = buildHttpRequestNodes(this.instance.sandbox.url, SANDBOX_CREDENTIAL_DATA.subscriptionApiKey, query);
		return this.createVariant(title, query, [...nodes, ...followingNodes], options);
	}

	private createVariant(
		title: string,
		{ codes }: EventQuery,
		nodes: WorkflowNode[],
		{ eventsEach = EVENTS_PER_CUSTOMER, ...options }: VariantOptions,
	): BenchVariant {
		const expectedItemCount = codes.length * eventsEach;
		const workflow = buildBenchWorkflow(`bench-${this.workflowCount++}`, codes, nodes);
		const execute = async (mode: ExecutionMode): Promise<ExecutionSample> => {
			const report = await this.executor.execute(workflow, mode, options);
			const nodes = workflow.measuredNodes.flatMap((name) => report.nodes[name] ?? []);
			const [lostCodes, items] = [nodes[0]?.failedItemCount ?? Number.NaN, nodes.at(-1)?.itemCount];
			if (lostCodes === 0 && items !== expectedItemCount) {
				const what = `${title} gave ${items} items instead of ${expectedItemCount}.`;
				throw new UserFacingError(what, 'Such a time means nothing; see what the sandbox received.');
			}
			const parts = report.profile && nodes[0] ? { parts: summarizeProfile(report, nodes[0]) } : {};
			return {
				milliseconds: nodes.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
				lostCodes,
				peakBytes: report.peakBytes,
				...parts,
			};
		};
		return { ...options, title, workflow, execute };
	}
}
