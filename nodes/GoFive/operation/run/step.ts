import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Client, ClientOptions } from '../../api/client';
import { GoFiveError } from '../../api/errors';
import type { OperationBase } from '../operation';
import type { PartFailurePolicy } from '../reading/readAll';
import type { NameLookup } from '../records/columns';
import type { Hints } from './hints';
import type { Task } from './tasks';

/** What the tasks of one execution share. */
export interface OperationRun<O extends OperationBase = OperationBase> {
	context: IExecuteFunctions;
	operation: O;
	client: Client;
	hints: Hints;
	names: NameLookup;
	/** What the failure of a part of a list means for its other parts. */
	partFailurePolicy: PartFailurePolicy;
	/** Start of the run in ms since 1970. */
	now: number;
}

/** Output data of an input item, or its error. Errors of single parts follow the data of the others. */
export type ItemResult = Array<IDataObject | GoFiveError>;

/** Returns the first error of a result. */
export const findError = (result: ItemResult | undefined): GoFiveError | undefined =>
	result?.find((entry) => entry instanceof GoFiveError);

/** Result of a task. */
export interface TaskResult {
	task: Task;
	items: ItemResult;
	/** Set if the run ends after this task, whatever On Error says: the error of each task that was not started. */
	endsRunWith?: GoFiveError;
}

/** What is executed as a whole: one task, or the tasks whose records one request contains. */
export interface Step {
	tasks: Task[];
	/** @throws GoFiveError that is the result of each of the tasks */
	execute(): Promise<TaskResult[]>;
}

/** Steps of a run. In order, a step starts after the step before it has ended. */
export type Steps = { inParallel: Step[] } | { inOrder: Step[] };

/** How the operations of a kind run. `executeSteps` executes the steps, and decides what the failure of a step means. */
export interface Runner<O extends OperationBase> {
	/** Divides the tasks of a run into steps. May read what all of them need. */
	createSteps(run: OperationRun<O>, tasks: Task[]): Steps | Promise<Steps>;
	/** Options of the client. Defaults to those of the first item. */
	clientOptions?: ClientOptions;
}

/** Creates a step for each task. */
export const createTaskSteps = (tasks: Task[], runTask: (task: Task) => Promise<ItemResult>): Step[] =>
	tasks.map((task) => ({ tasks: [task], execute: async () => [{ task, items: await runTask(task) }] }));
