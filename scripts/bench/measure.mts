import type { ReceivedRequest, Sandbox } from '../../sandbox/types.mts';
import { PlainStop } from '../start/plain.mts';
import type { Row } from './findings.mts';
import type { Tell } from './kit.mts';
import type { NodeReport, Report } from './report.mts';
import type { BenchWorkflow } from './workflows.mts';

/** One way to do a job. */
export interface Variant {
	title: string;
	workflow: BenchWorkflow;
	/** Called before each execution, e.g. to set a rate limit. */
	before?: () => void;
	/** How many items its last node has to give; not checked when absent. */
	items?: number;
}

/** All executions of one variant; the arrays belong together. */
export interface Measured {
	variant: Variant;
	/** Milliseconds of the measured nodes together. */
	times: number[];
	reports: Report[];
	/** What the sandbox received. */
	requests: ReceivedRequest[][];
}

const nodesOf = ({ workflow }: Variant, { nodes }: Report): NodeReport[] =>
	workflow.measured.flatMap((name) => nodes[name] ?? []);

/**
 * Executes variants in turn, there and back, so that a machine that slows down or speeds up favours none.
 * @throws PlainStop when one gives another number of items than it should
 */
export async function inTurn(
	sandbox: Sandbox,
	variants: Variant[],
	repetitions: number,
	execute: (workflow: BenchWorkflow) => Promise<Report>,
	tell: Tell,
): Promise<Measured[]> {
	const measured = variants.map((variant): Measured => ({ variant, times: [], reports: [], requests: [] }));
	for (let round = 0; round < repetitions; round++) {
		for (const one of round % 2 === 0 ? measured : [...measured].reverse()) {
			const { variant } = one;
			tell(`${variant.title}, ${round + 1} of ${repetitions}`);
			sandbox.requests.length = 0;
			variant.before?.();
			const report = await execute(variant.workflow);
			const nodes = nodesOf(variant, report);
			const items = nodes.at(-1)?.items;
			if (variant.items !== undefined && items !== variant.items) {
				const what = `${variant.title} gave ${items} items instead of ${variant.items}.`;
				throw new PlainStop(what, 'Such a time means nothing; see what the sandbox received.');
			}
			one.times.push(nodes.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
			one.reports.push(report);
			one.requests.push([...sandbox.requests]);
		}
	}
	return measured;
}

/** A measured variant as a row of the table. */
export const rowOf = ({ variant, times }: Measured, note?: string): Row => ({
	what: variant.title,
	times,
	...(note === undefined ? {} : { note }),
});

/** Items that failed in the first measured node, per execution. */
export const lost = ({ variant, reports }: Measured): number[] =>
	reports.map((report) => nodesOf(variant, report)[0]?.failed ?? Number.NaN);

/** How many requests of one operation the sandbox received, per execution. */
export const received = ({ requests }: Measured, operation: string): number[] =>
	requests.map((all) => all.filter(({ operationId }) => operationId === operation).length);
