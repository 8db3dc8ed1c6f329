// Tries operations with the account: which requests are sent, and with which records.
// Imported by `executeOperation.ts`.
// Start with AccessTrial. accessResults.ts says what the responses mean.
import type { Client, ClientOptions } from '../../../api/client';
import { findFirstError, type GoFiveError } from '../../../api/errors';
import { CHECK_MAX_CONCURRENCY } from '../../../api/concurrency';
import { SECOND_MS } from '../../../shared/units';
import { clock } from '../../../time/clock';
import { createDaysRange } from '../../../time/range';
import { readColumn, toIdText } from '../../records/records';
import type { OperationValues } from '../../field';
import type { ListedParts, Part, ReadOperation } from '../../operation';
import type { AccessCheck, AccessOperation } from '../index';
import { formatItems } from '../../run/formatItems';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import type { Task } from '../../run/tasks';
import {
	CHANGES_DATA,
	describeAccess,
	toAccessRecord,
	toEnteredAccess,
	toFailedAccess,
	toListAccess,
	toMissingId,
	toReadAccess,
	toUnchecked,
	type CheckedAccess,
} from './accessResults';
import { completeValues } from '../../reading/buildRequest';
import { readParts, SINGLE_PART, toListedPart, type PartResult } from '../../reading/readParts';

/**
 * Requests of a check: few at a time, and short ones. The total time is longer than the time without data, because only
 * the latter shows the limiter that the first request has ended.
 */
const CLIENT_OPTIONS: ClientOptions = {
	maxParallelRequests: CHECK_MAX_CONCURRENCY,
	timeoutSeconds: 10,
	totalTimeoutSeconds: 11,
	maxRateLimitWaitMs: 20 * SECOND_MS,
	maxRetryAfterMs: 5 * SECOND_MS,
};
/** Time in ms after which no other request is sent, so that a check ends within two minutes if every path is silent. */
const MAX_DURATION_MS = 105 * SECOND_MS;
/** Number of records to read from a list in pages. Keys that differ between them are no names of fields. */
const RECORDS_PER_LIST = 2;
/** Number of days before today of which a list without pages is read. */
const DAYS_BEFORE_TODAY = 30;

/** Values with which an operation is tried, by the name of the field. */
type TrialValues = Record<string, unknown>;

/** Check of an operation that reads data. The others are not tried. */
interface ReadCheck extends AccessCheck {
	operation: ReadOperation;
}

/** Returns the check of an operation that reads data. The compiler requires that all of them can be read. */
function toReadCheck({ resource, operation }: AccessCheck): ReadCheck | undefined {
	return operation.kind === 'read' ? { resource, operation } : undefined;
}

/** Returns the parts of a list, of which one has to work. */
const getListParts = (operation: ReadOperation, period: TrialValues): Part[] | ListedParts =>
	operation.parts?.(completeValues(operation, period)) ?? [SINGLE_PART];

const hasRecords = (result: PartResult): boolean => 'records' in result && result.records.length > 0;

/** Whether an error says nothing about the path of its list. GoFive permits or forbids each path on its own. */
const isPathUnknown = ({ isCommon, fault, kind }: GoFiveError): boolean =>
	fault === 'run' || (isCommon && kind !== 'forbidden');

/** @throws GoFiveError if no list was read, and no error says something about a path, for example with a misspelled host */
function assertUsable(lists: CheckedAccess[]): void {
	const errors = lists.map(({ error }) => error);
	const firstError = errors[findFirstError(errors)];
	if (firstError?.isCommon && errors.every((error) => error && isPathUnknown(error))) throw firstError;
}

/** Tries operations: first the lists, then the operations that need a record of a list. */
class AccessTrial {
	private lists: CheckedAccess[] = [];

	/** @param values - Values of the form: IDs of records by the name of the field, and the options. */
	constructor(
		private readonly values: OperationValues,
		private readonly client: Client,
	) {}

	/** Tries all operations. Those that change data are not tried. */
	async tryAll(checks: AccessCheck[]): Promise<CheckedAccess[]> {
		const isList = ({ operation }: ReadCheck): boolean =>
			operation.idField === undefined && Array.isArray(getListParts(operation, this.getPeriod(operation)));
		const readChecks = checks.map(toReadCheck).filter((check) => check !== undefined);
		this.lists = await Promise.all(readChecks.filter(isList).map((check) => this.tryOperation(check)));
		assertUsable(this.lists);
		const tryCheck = async (check: AccessCheck): Promise<CheckedAccess> => {
			const list = this.lists.find(({ operation }) => operation === check.operation);
			const readCheck = toReadCheck(check);
			if (!readCheck) return toUnchecked(check, CHANGES_DATA);
			return list ?? (await this.tryOperation(readCheck));
		};
		return await Promise.all(checks.map(tryCheck));
	}

	private async tryOperation(check: ReadCheck): Promise<CheckedAccess> {
		const { idField } = check.operation;
		const period = this.getPeriod(check.operation);
		if (idField === undefined) {
			const parts = getListParts(check.operation, period);
			return Array.isArray(parts)
				? await this.tryParts(check, parts, period)
				: await this.tryListed(check, parts, period);
		}
		return await this.tryRecord(check, idField, period);
	}

	/** Tries an operation whose parts are the records of a list. */
	private async tryListed(check: ReadCheck, listed: ListedParts, period: TrialValues): Promise<CheckedAccess> {
		const list = this.lists.find(({ operation }) => operation === listed.operation);
		const found = (list?.records ?? []).map((record) => toListedPart(record, listed));
		const parts = found.filter((part) => part !== undefined);
		if (list && parts.length === 0) return toListAccess(check, list);
		return await this.tryParts(check, parts, period);
	}

	/** Tries parts until one returns a record. The best result counts. */
	private async tryParts(check: ReadCheck, parts: Part[], values: TrialValues): Promise<CheckedAccess> {
		let isFound = false;
		const results = await readParts(check.operation, values, parts, this.client, {
			page: { take: RECORDS_PER_LIST, skip: 0 },
			onResult: (result) => (isFound ||= hasRecords(result)),
			isObsolete: () => isFound,
		});
		const best = results.find(hasRecords) ?? results.find((result) => 'records' in result);
		if (best && 'records' in best) return toReadAccess(check, best.records);
		const errors = results.map((result) => ('error' in result ? result.error : undefined));
		return toFailedAccess(check, errors[findFirstError(errors)] as GoFiveError);
	}

	/** Tries an operation that reads one record: the entered one, or one of a list. */
	private async tryRecord(check: ReadCheck, idField: string, values: TrialValues): Promise<CheckedAccess> {
		const tryId = async (id: unknown) =>
			await this.tryParts(check, [{ ...SINGLE_PART, values: { [idField]: id } }], values);
		const enteredId = (this.values.recordIds as TrialValues)[idField];
		if (enteredId !== undefined) return toEnteredAccess(await tryId(enteredId));
		const lists = this.findLists(check, idField);
		const listedIds = lists.flatMap(({ operation, records }) =>
			records.map((record) => readColumn(record, idField, operation.entity)),
		);
		const id = listedIds.find((listedId) => toIdText(listedId) !== '');
		return id === undefined ? toMissingId(check, lists[0]) : await tryId(id);
	}

	/** Finds the lists whose records have the ID, first those of the same resource. */
	private findLists({ resource }: AccessCheck, idField: string): CheckedAccess[] {
		const ofResource = this.lists.filter((list) => list.resource === resource);
		return [...ofResource, ...this.lists].filter(({ operation }) => operation.entity?.columns[idField]);
	}

	/** Limits a list without pages to the last days. */
	private getPeriod(operation: ReadOperation): TrialValues {
		if (operation.pages) return {};
		const { timeZone } = this.values.options;
		return { dateRange: createDaysRange(DAYS_BEFORE_TODAY, 0, clock.now(), timeZone) };
	}
}

/** Tries the operations with the account, within the time of a check. */
async function runCheck(run: OperationRun<AccessOperation>, task: Task): Promise<ItemResult> {
	const { client, hints, operation } = run;
	const deadline = clock.timeoutSignal(MAX_DURATION_MS);
	deadline.onabort = () => client.stop();
	try {
		const checked = await new AccessTrial(task.values, client).tryAll(operation.checks);
		const { redactText } = client.redactor;
		const records = checked.map((access) => toAccessRecord(access, redactText));
		const access = describeAccess(records);
		hints.add(access, access);
		const rows = records.map((record) => ({ record }));
		return await formatItems(run, task, rows);
	} finally {
		deadline.onabort = null;
	}
}

/** Tries the operations for each task. */
export const accessRunner: Runner<AccessOperation> = {
	createSteps: (run, tasks) => ({ inParallel: createTaskSteps(tasks, async (task) => await runCheck(run, task)) }),
	clientOptions: CLIENT_OPTIONS,
};
