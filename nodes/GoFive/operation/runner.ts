import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { Client } from '../api/client';
import { doubtful } from '../api/explain';
import { Failure, failureOf, toNodeError } from '../api/failure';
import { isWrite, type ApiRequest } from '../api/request';
import { clock } from '../time/clock';
import { Hints } from './hints';
import { LookupDesk } from './lookups';
import { readOptions } from './options';
import { arrange, choicesOf, emptyRecord, neededLookups, present } from './output';
import type { Operation, ReadContext, Values } from './types';
import { readValues } from './values';

interface Task {
	values: Values;
	request: ApiRequest;
}

/** What an input item ended as. */
type Result = IDataObject[] | Failure;

/** @returns whether a parameter, or a part of a list, is stored as an expression; a lone "=" is a field left empty */
function expressionsIn({ parameters }: INode): ReadContext['isExpression'] {
	return (name) => [parameters[name]].flat().some((stored) => typeof stored === 'string' && /^=\s*\S/.test(stored));
}

function readTask(
	context: IExecuteFunctions,
	operation: Operation,
	item: number,
	about: Omit<ReadContext, 'timeZone'>,
): Task | Failure {
	const get = (name: string): unknown => context.getNodeParameter(name, item, null);
	try {
		const values = readValues(operation.fields, get, about);
		return { values, request: operation.request(values) };
	} catch (thrown) {
		return failureOf(thrown);
	}
}

/** The records of an answer. Where a write was answered in an unknown form, it may have been carried out. */
function recordsIn(data: unknown, operation: Operation, { values, request }: Task): IDataObject[] | Failure {
	try {
		return operation.receive(data, values);
	} catch (thrown) {
		const failure = failureOf(thrown);
		return isWrite(request) ? doubtful(failure) : failure;
	}
}

/** Runs one operation over the input items of one execution. */
class Run {
	private readonly hints = new Hints();
	private readonly items: INodeExecutionData[];
	private readonly goesOn: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
	) {
		this.items = context.getInputData();
		this.goesOn = context.continueOnFail();
	}

	/** @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues */
	async results(): Promise<INodeExecutionData[]> {
		const about = {
			now: clock.now(),
			hint: (kind: string, text: string) => this.hints.add(kind, text),
			isExpression: expressionsIn(this.context.getNode()),
		};
		const tasks = this.items.map((_, item) => readTask(this.context, this.operation, item, about));
		const unreadable = tasks.findIndex((task) => task instanceof Failure);
		if (unreadable >= 0 && !this.goesOn)
			throw toNodeError(this.context.getNode(), tasks[unreadable] as Failure, unreadable);

		const first = tasks.find((task): task is Task => !(task instanceof Failure));
		// Pace and time-out belong to the run, so the first item that can be read decides.
		const client = new Client(this.context, first?.values.options ?? readOptions({}));
		const results =
			first && isWrite(first.request) ? await this.oneByOne(tasks, client) : await this.sideBySide(tasks, client);

		const limited = results.some((result) => result instanceof Failure && result.cause?.cause === 'rate-limited');
		this.hints.waited(client.pausedFor, limited);
		this.hints.repeated(client.repeated);
		this.hints.tell(this.context);
		return this.asItems(results);
	}

	private async sideBySide(tasks: Array<Task | Failure>, client: Client): Promise<Result[]> {
		const lookups = new LookupDesk(client, (text) => this.hints.add(text, text));
		const results = await Promise.all(
			tasks.map(async (task) => {
				const result = await this.carryOut(task, client, lookups);
				if (result instanceof Failure && !this.goesOn) client.stop();
				return result;
			}),
		);
		// A cancelled execution is no failed one, and n8n would take it for one if this threw.
		if (this.goesOn || this.context.getExecutionCancelSignal()?.aborted) return results;
		const failures = results.flatMap((result, item) => (result instanceof Failure ? [{ result, item }] : []));
		const failed = failures.find(({ result }) => !result.isStop) ?? failures[0];
		if (failed) throw toNodeError(this.context.getNode(), failed.result, failed.item);
		return results;
	}

	private async oneByOne(tasks: Array<Task | Failure>, client: Client): Promise<Result[]> {
		const lookups = new LookupDesk(client, (text) => this.hints.add(text, text));
		const results: Result[] = [];
		for (const [item, task] of tasks.entries()) {
			const result = await this.carryOut(task, client, lookups);
			if (result instanceof Failure && !this.goesOn)
				throw toNodeError(this.context.getNode(), this.withRest(result, item), item);
			results.push(result);
		}
		return results;
	}

	/** Says how far the writes came, since nothing else does once the node has stopped. */
	private withRest(failure: Failure, item: number): Failure {
		if (this.items.length === 1) return failure;
		const rest = `Items carried out before this one: ${item}; not sent: ${this.items.length - item - 1}.`;
		const description = `${failure.description} ${rest}${item > 0 ? ' Leave out the former when you run it again.' : ''}`;
		return new Failure({ message: failure.message, description, cause: failure.cause }, failure.httpCode);
	}

	private async carryOut(task: Task | Failure, client: Client, lookups: LookupDesk): Promise<Result> {
		if (task instanceof Failure) return task;
		const { operation } = this;
		const { values, request } = task;
		try {
			const data = await client.send(request);
			const choices = choicesOf(values);
			const all = recordsIn(data, operation, task);
			if (all instanceof Failure) return all;
			if (all.length === 0) return this.nothingFound(values);

			const records = arrange(all, operation.entity, values, choices);
			if (records.length < all.length)
				this.hints.cut(records.length, all.length, operation.entity?.plural ?? 'records');
			const names = operation.entity
				? await lookups.fetch(operation.entity, neededLookups(operation.entity, choices))
				: {};
			return records.map((record) => present(record, operation.entity, values, choices, names));
		} catch (thrown) {
			return failureOf(thrown);
		}
	}

	private nothingFound(values: Values): Result {
		const { ifNothingFound } = values.options;
		if (ifNothingFound === 'emptyItem') return [emptyRecord(this.operation.entity, values, choicesOf(values))];
		if (ifNothingFound === 'nothing') return [];
		const { plural = 'records', ifNone = '' } = this.operation.entity ?? {};
		const whose = values.customerCode === undefined ? '' : `, for customer code '${values.customerCode}'`;
		throw new Failure({ message: `GoFive has no ${plural} that match${whose}`, description: ifNone });
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
		const input = this.context.getNode().onError === 'continueErrorOutput' ? {} : this.items[item]?.json;
		return { ...input, error };
	}
}

/** Executes an operation for every input item: output in input order, paired, failures as n8n's settings ask. */
export async function runOperation(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]> {
	return [await new Run(context, operation).results()];
}
