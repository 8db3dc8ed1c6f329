/** Result of one node in an execution. */
export interface NodeReport {
	/** Time in ms, n8n's own `executionTime` of the run data. */
	milliseconds: number;
	/** Number of items of the first output. */
	itemCount: number;
	/** Number of items with an `error`, which On Error "Continue" adds. */
	failedItemCount: number;
}

/** Report of the hook inside n8n about one execution. */
export interface ExecutionReport {
	status: string;
	/** Message of the node that stopped the execution. */
	errorMessage?: string;
	nodes: Record<string, NodeReport>;
	/** Highest resident set of the n8n process so far, in bytes. */
	peakBytes: number;
	/** Processor time of the n8n process during the execution, in ms. */
	processorMs: number;
}

/** Names of the environment variables that the hook reads. */
export const HOOK_VARIABLES = {
	/** Folder for the reports, each named after its workflow. */
	reports: 'GOFIVE_BENCH_REPORTS',
	/** `1`: the process ends with its first report, because `n8n execute` would print all data. */
	once: 'GOFIVE_BENCH_ONCE',
} as const;
