/** What one node of an execution did. */
export interface NodeReport {
	/** n8n's own measure, `executionTime` of the run data. */
	milliseconds: number;
	/** n8n's own measure, `startTime` of the run data: milliseconds since 1970. */
	startedAt: number;
	/** Items of the first output. */
	itemCount: number;
	/** Items among them that carry `error`, as On Error "Continue" leaves them. */
	failedItemCount: number;
	firstItem?: Record<string, unknown>;
}

/** The parts of a V8 CPU profile that are read; times in microseconds. */
export interface CpuProfile {
	nodes: Array<{ id: number; callFrame: { functionName: string; url: string }; children?: number[] }>;
	startTime: number;
	samples: number[];
	timeDeltas: number[];
}

/** What the hook inside n8n tells about one execution. */
export interface ExecutionReport {
	status: string;
	/** Message of the node that stopped the execution. */
	errorMessage?: string;
	nodes: Record<string, NodeReport>;
	/** Highest memory in use by the n8n process so far (resident set). */
	peakBytes: number;
	profile?: CpuProfile & { startedAt: number };
}

/** Names of the environment variables that the hook reads. */
export const HOOK_VARIABLES = {
	/** The folder that takes the reports, each named after its workflow. */
	reports: 'GOFIVE_BENCH_REPORTS',
	/** `1`: the process ends with its first report, since `n8n execute` would print all the data. */
	once: 'GOFIVE_BENCH_ONCE',
	/** `1`: requests are answered inside the process, at once and without data. */
	offline: 'GOFIVE_BENCH_OFFLINE',
	/** `1`: a CPU profile of the execution goes with the report. */
	profile: 'GOFIVE_BENCH_PROFILE',
} as const;
