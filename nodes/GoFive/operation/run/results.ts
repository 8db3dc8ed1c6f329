import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../../api/client';
import { findFirstError, toNodeError, type GoFiveError } from '../../api/errors';
import type { PartFailurePolicy } from '../reading/readAll';
import { withRecordReference } from './recordReference';
import { findError, type ItemResult, type TaskResult } from './step';
import type { InputItem, Task } from './tasks';
import { describeProgress } from './writeProgress';

/**
 * Results of the input items, and whether the run continues. `executeSteps.ts` lists all ways in which a run ends.
 * Nothing else decides by On Error. `readAll` applies the decision to the parts of a list, and `nodeItems.ts` the form of error items.
 */
export class Results implements PartFailurePolicy {
	readonly continueOnFail: boolean;
	/** Results by item. The result of an item with invalid parameters is its error. */
	readonly byItem: ItemResult[];
	/** Error of each task that is not started, because a result has ended the run. */
	endError?: GoFiveError;
	/** Items whose tasks were started. */
	private readonly startedItems = new Set<number>();
	private hasFailed = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: Client,
		private readonly inputItems: InputItem[],
	) {
		this.continueOnFail = context.continueOnFail();
		this.byItem = inputItems.map((inputItem) => ('error' in inputItem ? [inputItem.error] : []));
	}

	/** Whether a task has failed and On Error stops, so that no other step is executed. */
	get isStopped(): boolean {
		return this.hasFailed && this.stopsOnError;
	}

	/** Stores the result of a task that was started. */
	add({ task, items, endsRunWith }: TaskResult): void {
		this.byItem[task.item] = items;
		this.startedItems.add(task.item);
		this.endError ??= endsRunWith;
		if (!findError(items)) return;
		this.hasFailed = true;
		this.onFailure();
	}

	/** Stores an error for tasks that are not started. */
	addUnsent(tasks: Task[], error: GoFiveError): void {
		for (const { item, reference } of tasks) this.byItem[item] = [withRecordReference(error, reference)];
	}

	/** Stops the client, if On Error stops. Called as soon as a request has failed, before its task ends. */
	readonly onFailure = (): void => {
		if (!this.continueOnFail) this.client.stop();
	};

	/**
	 * Ends the node with the error of the first item that failed, if On Error stops.
	 * @param isWrite - Whether the error describes what happened to the other items.
	 * @throws NodeApiError or NodeOperationError
	 */
	throwFirstError(isWrite = false): void {
		const item = findFirstError(this.byItem.map(findError));
		const error = findError(this.byItem[item]);
		if (!error || !this.stopsOnError) return;
		const progress = isWrite ? describeProgress(this.inputItems, this.byItem, this.startedItems) : '';
		const nodeError = this.client.redactor.redact(error.with({ description: error.description + progress }));
		throw toNodeError(this.context.getNode(), nodeError, { itemIndex: item });
	}

	/** Whether On Error stops. A cancelled execution throws no error, because n8n would show it as failed. */
	private get stopsOnError(): boolean {
		return !this.continueOnFail && !this.context.getExecutionCancelSignal()?.aborted;
	}
}
