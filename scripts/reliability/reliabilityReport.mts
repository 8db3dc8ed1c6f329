import Table from 'cli-table3';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ReliabilityResult, ReliabilityOptions } from './reliabilityRun.mts';

/**
 * Prints the figures of a run.
 * @throws UserFacingError if events were lost, duplicated or unexpected, and n8n's two writes do not explain it
 */
export function printReliabilityReport(
	result: ReliabilityResult,
	{ kills, durable, seed }: ReliabilityOptions,
	minutes: number,
): void {
	const { deliveries, crmActivity, polls, finalSnapshot, killCounts, hitCounts } = result;
	const { faultCounts, changedCount } = crmActivity;
	const createdCount = crmActivity.createdEventIds.size;
	const pollErrorExecutions = finalSnapshot.executions.filter(({ pollError }) => pollError !== undefined);
	const startedExecutions = finalSnapshot.executions.filter(({ eventIds }) => eventIds.length > 0);
	const countByStatus = new Map<string, number>();
	for (const { status } of startedExecutions) countByStatus.set(status, (countByStatus.get(status) ?? 0) + 1);
	const formatCounts = (counts: Map<string, number>): string =>
		[...counts].map(([name, count]) => `${count} ${name}`).join(', ');
	const schedulerNote = durable ? `; ${finalSnapshot.scheduledPolls} tasks of n8n's scheduler succeeded` : '';

	const table = new Table({ style: { head: [], border: [] } });
	table.push(
		['Kills', `${kills}: ${formatCounts(killCounts)}`],
		['Kills that met an execution under way', hitCounts.executions],
		["Kills between n8n's two writes", hitCounts.gaps],
		['Minutes in all', minutes],
		['Polls that asked for events', `${polls}${schedulerNote}`],
		[
			'Answers spoilt',
			`${faultCounts.oneCustomer} for one customer, ${faultCounts.allCustomers} for all; executions that report a poll: ${pollErrorExecutions.length}`,
		],
		['Executions with events', `${startedExecutions.length}: ${formatCounts(countByStatus)}`],
		['Events created', `${createdCount}; changes of them, which are no news: ${changedCount}`],
		['Started the workflow exactly once', deliveries.deliveredOnce.length],
		['Lost', formatIds(deliveries.lost)],
		['Doubled', formatIds(deliveries.duplicated)],
		['Uncalled for', formatIds(deliveries.unexpected)],
		["Lost between n8n's two writes", formatIds(deliveries.lostBetweenWrites)],
		["Doubled between n8n's two writes", formatIds(deliveries.duplicatedBetweenWrites)],
		['In executions that were cut before they came to them', formatIds(deliveries.interrupted)],
		['Told by a workflow, but in no execution', formatIds(deliveries.receivedWithoutExecution)],
		['Executions that cannot be read', formatIds(deliveries.unreadableExecutions)],
	);
	console.log(`\n${table.toString()}\n`);

	const { lost, duplicated, unexpected, receivedWithoutExecution, unreadableExecutions } = deliveries;
	const n8nFailures = [...deliveries.lostBetweenWrites, ...deliveries.duplicatedBetweenWrites];
	const failures = [
		lost,
		duplicated,
		unexpected,
		receivedWithoutExecution,
		unreadableExecutions,
		durable ? n8nFailures : [],
	];
	if (failures.flat().length > 0) {
		const nextStep = `Repeat it with --seed ${seed}, and see nodes/GoFive/trigger.`;
		throw new UserFacingError('Not every event started the workflow exactly once.', nextStep);
	}
	console.log(
		`Each of the ${createdCount - n8nFailures.length} events started the workflow exactly once, over ${kills} kills.`,
	);
	const gapExplanation = "fell between n8n's two writes, which no node can join; the durable poller has no such gap";
	if (n8nFailures.length > 0) console.log(`${n8nFailures.length} ${gapExplanation}.`);
	console.log('Next: write the figures into docs/reliability.md.');
}

function formatIds(ids: number[]): string {
	return ids.length > 20 ? `${ids.length}` : [String(ids.length), ids.join(' ')].filter(Boolean).join(': ');
}
