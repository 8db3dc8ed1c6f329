import Table from 'cli-table3';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ReliabilityResult, ReliabilityOptions } from './reliabilityRun.mts';
import type { RecordId } from './watchedSources.mts';

/** Builds the rows of the figures, with the names that docs/reliability.md uses. */
export function buildReportRows(
	{ deliveries, crmActivity, polls, finalSnapshot, killCounts, hitCounts }: ReliabilityResult,
	{ kills, stops, source: { pluralName } }: Pick<ReliabilityOptions, 'kills' | 'stops' | 'source'>,
	minutes: number,
): Array<[title: string, value: string | number]> {
	const { faultCounts, createdCount, changedCount } = crmActivity;
	const { executions, scheduledPolls } = finalSnapshot;
	const countExecutions = (finalStatus: string): number =>
		executions.filter(({ status, recordIds }) => status === finalStatus && recordIds.length > 0).length;
	return [
		['kills', kills],
		['ordinary stops', stops],
		...[...killCounts].map(([scenario, count]): [string, number] => [`of these ${scenario}`, count]),
		['kills during an execution', hitCounts.executions],
		["kills between n8n's two writes", hitCounts.gaps],
		['minutes', minutes],
		[`polls that read ${pluralName}`, polls],
		["polls that n8n's scheduler completed", scheduledPolls],
		['manipulated responses: one customer / all', `${faultCounts.onePart} / ${faultCounts.allParts}`],
		['executions that report a failed poll', executions.filter(({ pollError }) => pollError !== undefined).length],
		[
			`executions with ${pluralName}: success / crashed`,
			`${countExecutions('success')} / ${countExecutions('crashed')}`,
		],
		[`${pluralName} created`, createdCount],
		[`${pluralName} changed`, changedCount],
		['started the workflow exactly once', deliveries.deliveredOnce.length],
		['lost by the trigger', formatIds(deliveries.lost)],
		['duplicated by the trigger', formatIds(deliveries.duplicated)],
		['reported by the trigger, but not new', formatIds(deliveries.unexpected)],
		["lost between n8n's two writes", formatIds(deliveries.lostBetweenWrites)],
		["duplicated between n8n's two writes", formatIds(deliveries.duplicatedBetweenWrites)],
		['in executions that were interrupted before they reported them', formatIds(deliveries.interrupted)],
		['reported by a workflow, but in no execution', formatIds(deliveries.receivedWithoutExecution)],
		['executions that cannot be read', formatIds(deliveries.unreadableExecutions)],
	];
}

/**
 * Prints the figures of a run.
 * @throws UserFacingError if records were lost, duplicated or unexpected, and n8n's two writes do not explain it
 */
export function printReliabilityReport(result: ReliabilityResult, options: ReliabilityOptions, minutes: number): void {
	const { deliveries, crmActivity } = result;
	const table = new Table({ style: { head: [], border: [] } });
	table.push(...buildReportRows(result, options, minutes));
	console.log(`\n${table.toString()}\n`);

	const { lost, duplicated, unexpected, receivedWithoutExecution, unreadableExecutions } = deliveries;
	const n8nFailures = [...deliveries.lostBetweenWrites, ...deliveries.duplicatedBetweenWrites];
	const failures = [lost, duplicated, unexpected, receivedWithoutExecution, unreadableExecutions];
	if (options.durable) failures.push(n8nFailures);
	if (failures.flat().length > 0) {
		const nextStep = `To repeat the run, add --seed ${options.seed}. The trigger is in nodes/GoFive/trigger.`;
		const problem = `Not every change of ${options.source.pluralName} started the workflow exactly once.`;
		throw new UserFacingError(problem, nextStep);
	}
	const deliveredCount = crmActivity.expectedIds.size - n8nFailures.length;
	console.log(
		`Each of the ${deliveredCount} ${options.source.pluralName} started the workflow exactly once, with ${options.kills} kills and ${options.stops} stops.`,
	);
	if (n8nFailures.length > 0)
		console.log(
			`${n8nFailures.length} others were lost or duplicated between n8n's two writes. Only the durable poller joins the two writes.`,
		);
	console.log('Next: copy the figures to docs/reliability.md.');
}

function formatIds(ids: RecordId[]): string | number {
	return ids.length === 0 || ids.length > 20 ? ids.length : `${ids.length} (${ids.join(', ')})`;
}
