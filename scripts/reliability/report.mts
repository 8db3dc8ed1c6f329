import Table from 'cli-table3';
import { PlainStop } from '../start/plain.mts';
import type { Outcome, ReliabilityOptions } from './run.mts';

/**
 * Prints the figures of a run.
 * @throws PlainStop when an event was lost, doubled or uncalled for, and n8n's two writes do not explain it
 */
export function report(outcome: Outcome, { kills, durable, seed }: ReliabilityOptions, minutes: number): void {
	const { verdict, life, polls, last, moments, met } = outcome;
	const { faults, changed } = life;
	const created = life.created.size;
	const reports = last.executions.filter(({ report }) => report !== undefined);
	const started = last.executions.filter(({ eventIds }) => eventIds.length > 0);
	const statuses = new Map<string, number>();
	for (const { status } of started) statuses.set(status, (statuses.get(status) ?? 0) + 1);
	const listed = (counts: Map<string, number>): string =>
		[...counts].map(([name, count]) => `${count} ${name}`).join(', ');
	const scheduled = durable ? `; ${last.scheduledPolls} tasks of n8n's scheduler succeeded` : '';

	const table = new Table({ style: { head: [], border: [] } });
	table.push(
		['Kills', `${kills}: ${listed(moments)}`],
		['Kills that met an execution under way', met.executions],
		["Kills between n8n's two writes", met.gaps],
		['Minutes in all', minutes],
		['Polls that asked for events', `${polls}${scheduled}`],
		['Answers spoilt', `${faults.one} for one customer, ${faults.all} for all; executions that report a poll: ${reports.length}`],
		['Executions with events', `${started.length}: ${listed(statuses)}`],
		['Events created', `${created}; changes of them, which are no news: ${changed}`],
		['Started the workflow exactly once', verdict.once.length],
		['Lost', show(verdict.lost)],
		['Doubled', show(verdict.doubled)],
		['Uncalled for', show(verdict.uncalledFor)],
		["Lost between n8n's two writes", show(verdict.lostBetweenWrites)],
		["Doubled between n8n's two writes", show(verdict.doubledBetweenWrites)],
		['In executions that were cut before they came to them', show(verdict.cut)],
		['Told by a workflow, but in no execution', show(verdict.withoutExecution)],
		['Executions that cannot be read', show(verdict.unreadable)],
	);
	console.log(`\n${table.toString()}\n`);

	const { lost, doubled, uncalledFor, withoutExecution, unreadable } = verdict;
	const ours = [lost, doubled, uncalledFor, withoutExecution, unreadable].flat();
	const n8ns = [...verdict.lostBetweenWrites, ...verdict.doubledBetweenWrites];
	if (ours.length > 0 || (durable && n8ns.length > 0)) {
		const next = `Repeat it with --seed ${seed}, and see nodes/GoFive/trigger.`;
		throw new PlainStop('Not every event started the workflow exactly once.', next);
	}
	console.log(`Each of the ${created - n8ns.length} events started the workflow exactly once, over ${kills} kills.`);
	const gap = "fell between n8n's two writes, which no node can join; the durable poller has no such gap";
	if (n8ns.length > 0) console.log(`${n8ns.length} ${gap}.`);
	console.log('Next: write the figures into docs/reliability.md.');
}

function show(ids: number[]): string {
	return ids.length > 20 ? `${ids.length}` : [String(ids.length), ids.join(' ')].filter(Boolean).join(': ');
}
