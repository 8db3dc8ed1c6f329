import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { explainRows } from '../../api/answer/rows';
import { listOf, recordsOf } from '../../api/answer/envelope';
import { withFate } from '../../api/answer/fate';
import { effectOf } from '../../api/request/request';
import { Client } from '../../api/send/client';
import { Failure, failureOf, toNodeError } from '../../api/words/failure';
import { clock } from '../../time/clock';
import { readOptions } from '../fields/options';
import type { Batch, Operation, Values } from '../types';
import { callsOf, sendCall, type Call } from './batches';
import { identityOf } from './columns';
import { Hints, sameAgain } from './hints';
import { asItems, restAfter, restOfCalls, type Result } from './items';
import { LookupDesk } from './lookups';
import { rowsOfPages } from './pages';
import { emptyRecord, neededLookups, outputOf, presenter, sorted } from './present';
import { received } from './received';
import { carried, nothingFor, withSubject } from './subject';
import { expressionsIn, isWrite, questionOf, readTasks, sentWith, type Task } from './task';

const IF_NONE = "Check the values that were sent, or choose another way in the option 'If Nothing Found'.";

/** A task whose values could be read. */
type Ready = Exclude<Task['ask'], Failure>;

/** Runs one operation over the input items of one execution. */
class Run {
	private readonly hints = new Hints();
	private readonly items: INodeExecutionData[];
	private readonly tasks: Task[];
	private readonly goesOn: boolean;
	private readonly client: Client;
	private readonly lookups: LookupDesk;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
	) {
		this.items = context.getInputData();
		this.goesOn = context.continueOnFail();
		const hint = (kind: string, text: string) => this.hints.add(kind, text);
		const about = { now: clock.now(), hint, isExpression: expressionsIn(context.getNode()) };
		this.tasks = readTasks(context, operation, about);
		// Pace and time-out belong to the run, so the first item that can be read decides.
		const first = this.tasks.map(({ ask }) => ask).find((ask) => !(ask instanceof Failure));
		this.client = new Client(context, first instanceof Failure || !first ? readOptions({}) : first.values.options);
		this.lookups = new LookupDesk(this.client, (text) => this.hints.add(text, text));
	}

	/** @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues */
	async results(): Promise<INodeExecutionData[]> {
		const unreadable = this.tasks.findIndex(({ ask }) => ask instanceof Failure);
		if (unreadable >= 0 && !this.goesOn) this.fail(this.tasks[unreadable]?.ask as Failure, unreadable);

		this.hintAtEqual();
		const results = await this.allResults();
		const limited = results.some((result) => result instanceof Failure && result.cause?.cause === 'rate-limited');
		this.hints.waited(this.client.pausedFor, limited);
		this.hints.repeated(this.client.repeated);
		this.hints.failed(
			results.flatMap((result, item) => (result instanceof Failure ? [this.nameOf(item)] : [])),
			results.length,
		);
		this.hints.show(this.context);
		return asItems(results, this.context, this.tasks);
	}

	private async allResults(): Promise<Result[]> {
		const { batch } = this.operation;
		if (batch) return await this.inCalls(batch);
		return await (this.tasks.some(isWrite) ? this.oneByOne() : this.sideBySide());
	}

	private async sideBySide(): Promise<Result[]> {
		const results = await Promise.all(
			this.tasks.map(async (task) => {
				const result = await this.resultOf(task);
				if (result instanceof Failure && !this.goesOn) this.client.stop();
				return result;
			}),
		);
		if (this.goesOn || this.isCancelled()) return results;
		const failures = results.flatMap((result, item) => (result instanceof Failure ? [{ result, item }] : []));
		const failed = failures.find(({ result }) => !result.isStop) ?? failures[0];
		return failed ? this.fail(failed.result, failed.item) : results;
	}

	private async oneByOne(): Promise<Result[]> {
		const results: Result[] = [];
		for (const [item, task] of this.tasks.entries()) {
			const result = await this.resultOf(task);
			if (result instanceof Failure && !this.goesOn && !this.isCancelled())
				this.fail(result.reworded({ description: result.description + restAfter(item, this.items.length) }), item);
			results.push(result);
		}
		return results;
	}

	/** Many items in one call, one call after the other. */
	private async inCalls(batch: Batch): Promise<Result[]> {
		const results: Result[] = this.tasks.map(({ ask }) => (ask instanceof Failure ? ask : []));
		const rows = this.tasks.flatMap(({ ask, subject }, item) =>
			ask instanceof Failure ? [] : [{ item, subject, request: ask.request }],
		);
		const sent = new Set<number>();
		for (const call of callsOf(rows, batch)) {
			for (const [item, answer] of await sendCall(call, batch, async (request) => await this.client.send(request))) {
				const task = this.tasks[item] as Task;
				sent.add(item);
				results[item] = answer instanceof Failure ? answer : await this.finish(task, [answer], task.ask as Ready);
			}
			this.failAfter(call, results, sent);
		}
		return results;
	}

	/** Where the node stops at a failed item, it does so once the call that held it has ended. */
	private failAfter({ rows }: Call, results: Result[], sent: Set<number>): void {
		const failed = rows.find(({ item }) => results[item] instanceof Failure);
		if (!failed || this.goesOn || this.isCancelled()) return;
		const failure = results[failed.item] as Failure;
		const rest = restOfCalls(results, sent, (item) => this.nameOf(item));
		this.fail(failure.reworded({ description: failure.description + rest }), failed.item);
	}

	/** A cancelled execution is no failed one, and n8n would take it for one if its node threw. */
	private isCancelled(): boolean {
		return this.context.getExecutionCancelSignal()?.aborted === true;
	}

	private fail(failure: Failure, item: number): never {
		throw toNodeError(this.context.getNode(), failure, item);
	}

	private async resultOf(task: Task): Promise<Result> {
		const { ask, subject } = task;
		if (ask instanceof Failure) return ask;
		let data: unknown;
		try {
			data = await this.dataFor(ask);
		} catch (thrown) {
			return withSubject(failureOf(thrown), subject);
		}
		return await this.finish(task, data, ask);
	}

	/** GoFive's data for one item; of a list in pages all the rows that are wanted. */
	private async dataFor({ values, request }: Ready): Promise<unknown> {
		const { entity, receive = recordsOf, pages = values.paging } = this.operation;
		const send = async (one: typeof request) => await this.client.send(one);
		if (!pages) return await send(request);
		return await rowsOfPages({
			request,
			pages,
			most: values.limit,
			send,
			rowsOf: (data) => receive(request.whole ? data : listOf(data), values),
			identityOf: (row) => identityOf(row, entity ?? { columns: {} }),
			unsure: () => this.hints.add('same again', sameAgain(entity?.plural ?? 'records')),
		});
	}

	/** What an item gives out of GoFive's data. */
	private async finish(task: Task, data: unknown, { values, request }: Ready): Promise<Result> {
		const { pages = values.paging } = this.operation;
		try {
			const records = pages ? (data as IDataObject[]) : received(this.operation, data, values, task);
			const refused = isWrite(task) && !request.whole ? explainRows(records, request.labels) : undefined;
			if (refused) return withSubject(refused, task.subject);
			const isWritten = isWrite(task) && (records.length === 0 || typeof data !== 'object');
			const written = isWritten ? [{ ...sentWith(task), ...records[0] }] : records;
			if (written.length === 0) return this.nothingFound(task, values);
			return await this.shape(written, task, values, pages !== undefined);
		} catch (thrown) {
			return withFate(failureOf(thrown), 'carriedOut', effectOf(request));
		}
	}

	/** Sorts and cuts the records, and gives them the form that was chosen. @param isPart whether there may be more of them */
	private async shape(all: IDataObject[], task: Task, values: Values, isPart: boolean): Promise<IDataObject[]> {
		const { entity, notice } = this.operation;
		const { limit, options } = values;
		const output = outputOf(values);
		const records = sorted(all, entity, values).slice(0, limit);
		const plural = entity?.plural ?? 'records';
		if (records.length < all.length) this.hints.cut(records.length, isPart ? undefined : all.length, plural);
		for (const record of records) {
			const text = notice?.(record, values);
			if (text) this.hints.add('notice', text);
		}
		const names = entity ? await this.lookups.fetch(entity, neededLookups(entity, output)) : {};
		const beside = { timeZone: options.timeZone, names, sent: sentWith(task) };
		return records.flatMap(presenter(entity, output, beside));
	}

	private nothingFound({ subject }: Task, values: Values): Result {
		const { entity, ifNone = IF_NONE } = this.operation;
		const { ifNothingFound } = values.options;
		if (ifNothingFound === 'nothing') return [];
		if (ifNothingFound === 'error') return nothingFor(entity?.plural ?? 'records', ifNone, subject);
		return [emptyRecord(entity, outputOf(values), carried(subject))];
	}

	/** Many items that ask for one thing are hardly meant: each of them gives all of it. */
	private hintAtEqual(): void {
		const [first, ...others] = this.tasks;
		if (!first || others.length === 0) return;
		const asked = questionOf(first);
		if (asked === undefined || others.some((task) => questionOf(task) !== asked)) return;
		this.hints.equal(this.tasks.length, first.subject?.text);
	}

	/** How a hint names an item. */
	private nameOf(item: number): string {
		const value = this.tasks[item]?.subject?.value;
		return value === undefined ? `item ${item}` : String(value);
	}
}

/** Executes an operation for every input item: output in input order, paired, failures as n8n's settings ask. */
export async function runOperation(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]> {
	return [await new Run(context, operation).results()];
}
