import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Failure, failureOf, toNodeError } from '../api/words/failure';
import { withFate } from '../api/answer/fate';
import { effectOf } from '../api/request/request';
import { Client } from '../api/send/client';
import { clock } from '../time/clock';
import { Hints } from './hints';
import { LookupDesk } from './lookups';
import { readOptions } from './options';
import { arrange, choicesOf, emptyRecord, neededLookups, present } from './output';
import { carried, nothingFor, withSubject } from './subject';
import { expressionsIn, isWrite, questionOf, readTask, sentRecord, type Task } from './task';
import type { Operation, Values } from './types';

const IF_NONE = "Check the values that were sent, or choose another way in the option 'If Nothing Found'.";

/** What an input item ended as. */
type Result = IDataObject[] | Failure;

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
		this.tasks = this.items.map((_, item) => readTask(context, operation, item, about));
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
		const results = await (this.tasks.some(isWrite) ? this.oneByOne() : this.sideBySide());
		const limited = results.some((result) => result instanceof Failure && result.cause?.cause === 'rate-limited');
		this.hints.waited(this.client.pausedFor, limited);
		this.hints.repeated(this.client.repeated);
		this.hints.failed(
			results.flatMap((result, item) => (result instanceof Failure ? [this.nameOf(item)] : [])),
			results.length,
		);
		this.hints.show(this.context);
		return this.asItems(results);
	}

	private async sideBySide(): Promise<Result[]> {
		const results = await Promise.all(
			this.tasks.map(async (task) => {
				const result = await this.carryOut(task);
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
			const result = await this.carryOut(task);
			if (result instanceof Failure && !this.goesOn && !this.isCancelled())
				this.fail(this.withRest(result, item), item);
			results.push(result);
		}
		return results;
	}

	/** A cancelled execution is no failed one, and n8n would take it for one if its node threw. */
	private isCancelled(): boolean {
		return this.context.getExecutionCancelSignal()?.aborted === true;
	}

	private fail(failure: Failure, item: number): never {
		throw toNodeError(this.context.getNode(), failure, item);
	}

	/** Says how far the writes came, since nothing else does once the node has stopped. */
	private withRest(failure: Failure, item: number): Failure {
		if (this.items.length === 1) return failure;
		const rest = `Items carried out before this one: ${item}; not sent: ${this.items.length - item - 1}.`;
		const again = item > 0 ? ' When you run it again, leave out the items already carried out.' : '';
		return failure.reworded({ description: `${failure.description} ${rest}${again}` });
	}

	private async carryOut(task: Task): Promise<Result> {
		const { ask, subject } = task;
		if (ask instanceof Failure) return ask;
		const { values, request } = ask;
		let data: unknown;
		try {
			data = await this.client.send(request);
		} catch (thrown) {
			return withSubject(failureOf(thrown), subject);
		}
		try {
			const received = this.operation.receive(data, values);
			const written = isWrite(task) && received.length === 0 ? [sentRecord(task)] : received;
			return written.length > 0 ? await this.shape(written, values) : this.nothingFound(task, values);
		} catch (thrown) {
			return withFate(failureOf(thrown), 'carriedOut', effectOf(request));
		}
	}

	/** Sorts and cuts the records, and gives them the form that was chosen. */
	private async shape(all: IDataObject[], values: Values): Promise<IDataObject[]> {
		const { entity } = this.operation;
		const choices = choicesOf(values);
		const records = arrange(all, entity, values, choices);
		if (records.length < all.length) this.hints.cut(records.length, all.length, entity?.plural ?? 'records');
		const names = entity ? await this.lookups.fetch(entity, neededLookups(entity, choices)) : {};
		return records.map((record) => present(record, entity, values, choices, names));
	}

	private nothingFound({ subject }: Task, values: Values): Result {
		const { entity } = this.operation;
		const { ifNothingFound } = values.options;
		if (ifNothingFound === 'nothing') return [];
		if (ifNothingFound === 'error') return nothingFor(entity?.plural ?? 'records', entity?.ifNone ?? IF_NONE, subject);
		return [emptyRecord(entity, values, choicesOf(values), subject)];
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

	private asItems(results: Result[]): INodeExecutionData[] {
		const output: INodeExecutionData[] = [];
		for (const [item, result] of results.entries()) {
			const pairedItem = { item };
			if (result instanceof Failure) output.push({ json: this.failedItem(result, item), pairedItem });
			else for (const json of result) output.push({ json, pairedItem });
		}
		return output;
	}

	/** n8n itself adds the input to an item on the error output, but only to one that holds nothing else. */
	private failedItem(failure: Failure, item: number): IDataObject {
		const error = this.items.length > 1 ? `${failure.text} [Item ${item}]` : failure.text;
		if (this.context.getNode().onError === 'continueErrorOutput') return { error };
		return { ...carried(this.tasks[item]?.subject), ...this.items[item]?.json, error };
	}
}

/** Executes an operation for every input item: output in input order, paired, failures as n8n's settings ask. */
export async function runOperation(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]> {
	return [await new Run(context, operation).results()];
}
