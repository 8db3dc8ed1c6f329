import type { RecordList } from '../../sandbox/recordLists.mts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { SandboxBehaviour, ReceivedRequest } from '../../sandbox/sandboxTypes.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import type { ImportedCredential } from '../instance/exampleWorkflowFiles.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { WorkflowNode } from '../instance/workflowBuilder.mts';
import type { WorkflowExecutor, ExecutionMode } from './workflowExecutor.mts';
import * as workflows from './benchWorkflows.mts';
import type { BenchWorkflow, EventQuery, GoFiveQuery, HttpRequestQuery } from './benchWorkflows.mts';

/** Number of events of each of the 1,000 customers. */
const EVENTS_PER_CUSTOMER = 3;
/** Numbers of customers in the list, by state. */
const LISTED_CUSTOMERS = { 11300: 1500, 11100: 1000, 11200: 500 };
/** Number of events of the large customer. */
export const LARGE_CUSTOMER_EVENTS = 100_000;

/** Measurements of one execution. */
export interface ExecutionSample {
	/** Time in ms of all measured nodes, as n8n reports it. */
	milliseconds: number;
	/** Number of codes whose events were not returned. */
	lostCodes?: number;
	/** Highest memory of the n8n process, in bytes. */
	peakBytes?: number;
	/** Processor time of the n8n process, in ms. */
	processorMs?: number;
	/** Number of characters of the state that a trigger stored. */
	stateLength?: number;
}

/** Measurements of one execution with the requests that the sandbox received. */
export interface MeasuredSample extends ExecutionSample {
	requests: ReceivedRequest[];
}

/** One of the ways to do a job that a case compares. */
export interface BenchVariant {
	title: string;
	/** Workflow to import into n8n before the first measurement. */
	workflow?: BenchWorkflow;
	execute(mode: ExecutionMode): Promise<ExecutionSample>;
	/** Number of executions. Defaults to that of the case. */
	times?: number;
}

/** Returns the measurements of all executions of a variant. */
export type SampleLookup = (variant: BenchVariant) => MeasuredSample[];

/** Highest value of a figure of a case. */
export interface BenchBound {
	title: string;
	bound: number;
	value(getSamples: SampleLookup): number;
}

/** Variants of one job, with the bounds on their measurements. */
export interface BenchCase {
	title: string;
	variants: BenchVariant[];
	mode: ExecutionMode;
	/** Number of executions of each variant. */
	times: number;
	behaviour?: Partial<SandboxBehaviour>;
	bounds?: BenchBound[];
	/** Formats the measurements to print next to the time. */
	formatNote?(samples: MeasuredSample[]): string;
}

/** Options of a variant. */
interface VariantOptions extends Pick<BenchVariant, 'times'> {
	/** Number of events that each code must return. */
	eventsPerCode?: number;
	/** Number of customers whose events must be returned. Defaults to the number of codes. */
	customerCount?: number;
}

/** Creates the variants for one prepared n8n and fills the sandbox with customers. */
export class BenchFixture {
	/** Codes of 1,000 customers with three events each. */
	readonly codes: string[];
	readonly largeCustomerCode = 'LARGE';
	/** Number of customers in the list of customers, with three events each. */
	readonly customerCount: number;
	/** Credentials of the workflows, in addition to that of the examples. */
	readonly credentials: ImportedCredential[];
	private workflowCount = 0;

	constructor(
		readonly script: ScriptContext,
		readonly instance: PreparedInstance,
		readonly executor: WorkflowExecutor,
		/** Folder of the compiled scripts that run on n8n's own Node. */
		readonly scriptsFolder: string,
	) {
		const { store } = instance.sandbox;
		const data = { name: 'Authorization', value: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}` };
		this.credentials = [{ ...workflows.HEADER_CREDENTIAL_REF, type: 'httpHeaderAuth', data }];
		this.codes = store.seedCustomers(1000, EVENTS_PER_CUSTOMER);
		store.seedCustomer(this.largeCustomerCode, LARGE_CUSTOMER_EVENTS);
		this.customerCount = this.listCustomers();
	}

	/** Creates a variant with the GoFive node. */
	createGoFiveVariant(title: string, query: GoFiveQuery, options: VariantOptions = {}): BenchVariant {
		return this.createVariant(title, query, workflows.buildMeasuredGoFiveNodes(query), options);
	}

	/** Creates a variant with HTTP Request, Split Out and any nodes after them. */
	createHttpVariant(
		title: string,
		query: HttpRequestQuery,
		{ followingNodes = [], ...options }: VariantOptions & { followingNodes?: WorkflowNode[] } = {},
	): BenchVariant {
		const nodes = workflows.buildHttpRequestNodes(this.instance.sandbox.url, query);
		return this.createVariant(title, query, [...nodes, ...followingNodes], options);
	}

	/** Creates a variant that reads the events of all listed customers. */
	createAllCustomersVariant(title: string, nodes: WorkflowNode[]): BenchVariant {
		return this.createVariant(title, { codes: [] }, nodes, { customerCount: this.customerCount });
	}

	/** Creates a variant with GoFive Trigger. In the measured poll, the first record of the list is new. */
	createPollVariant(title: string, triggerOn: string, recordList: RecordList): BenchVariant {
		const replaceRecord = (): void => {
			recordList.create();
			recordList.records.pop();
		};
		return {
			title,
			execute: () => this.executor.executePoll(workflows.buildPollWorkflow(title, triggerOn), replaceRecord),
		};
	}

	/**
	 * Fills the list of customers. All of them have events.
	 * @returns the number of customers
	 */
	private listCustomers(): number {
		const { store, records } = this.instance.sandbox;
		records.customers.records = [];
		for (const [customerType, count] of Object.entries(LISTED_CUSTOMERS))
			for (const customerCode of store.seedCustomers(count, EVENTS_PER_CUSTOMER, `LISTED-${customerType}-`))
				records.customers.create({ customerCode, customerType: Number(customerType) });
		return records.customers.records.length;
	}

	private createVariant(
		title: string,
		{ codes }: EventQuery,
		nodes: WorkflowNode[],
		{ eventsPerCode = EVENTS_PER_CUSTOMER, customerCount = codes.length, ...options }: VariantOptions,
	): BenchVariant {
		const expectedItemCount = customerCount * eventsPerCode;
		const workflow = workflows.buildBenchWorkflow(`bench-${this.workflowCount++}`, codes, nodes);
		const execute = async (mode: ExecutionMode): Promise<ExecutionSample> => {
			const report = await this.executor.execute(workflow, mode);
			const nodes = workflow.measuredNodes.flatMap((name) => report.nodes[name] ?? []);
			const lostCodes = nodes[0]?.failedItemCount ?? Number.NaN;
			const items = nodes.at(-1)?.itemCount;
			if (lostCodes === 0 && items !== expectedItemCount) {
				const problem = `${title} returned ${items} items instead of ${expectedItemCount}.`;
				throw new UserFacingError(problem, 'Check the parameters of the workflow and the data of the sandbox.');
			}
			return {
				milliseconds: nodes.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
				lostCodes,
				peakBytes: report.peakBytes,
				processorMs: report.processorMs,
			};
		};
		return { ...options, title, workflow, execute };
	}
}
