import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';
import { buildLimitHint } from '../resultAssertions.cts';
import { buildServerError, REJECTED, startsWith } from '../../support/expectedMessages.cts';

const fixture = setupExecutionFixture();

const readExpenses = async (parameters: IDataObject, options = {}) =>
	await fixture.runExample('expense.getAll', { output: 'raw', ...parameters }, options);
const getErrors = (items: IDataObject[]) => items.map(({ error }) => error);
const getIds = (items: IDataObject[]) => items.map(({ expenseId }) => expenseId);

/** Responds to the requests of the expense types, which are sent in this order, with expenses of these IDs. */
function respondWithExpenses(...responses: number[][]) {
	for (const ids of responses) {
		const expenses = ids.map((expenseId) => ({ expenseId, expenseNo: `E${expenseId}` }));
		fixture.respondWithData('findExpenses', expenses);
	}
}

/** One request at a time, so that the responses belong to the types in the order of the form: 1001, 1002, 1003. */
const ONE_AT_A_TIME = { expenseTypeIds: [1003, 1001, 1002], options: { maxParallelRequests: 1 } };

test('records of several parts are returned once, in the order of the form', async () => {
	respondWithExpenses([1, 2], [2, 3], [3, 1, 4]);
	const { items, hints } = await readExpenses({ ...ONE_AT_A_TIME, returnAll: true });
	expect(fixture.getSentBodies('findExpenses').map(({ expenseTypeId }) => expenseTypeId)).toEqual([1001, 1002, 1003]);
	expect(getIds(items)).toEqual([1, 2, 3, 4]);
	expect(hints).toEqual([]);
});

test('a limit counts a record of several parts once', async () => {
	respondWithExpenses([1, 2, 3], [3, 2, 4], [4, 5]);
	const { items, hints } = await readExpenses({ ...ONE_AT_A_TIME, limit: 2 });
	expect(getIds(items)).toEqual([1, 2]);
	expect(hints).toEqual([expect.objectContaining({ message: buildLimitHint('2 of 5 expenses') })]);
});

test('a part that GoFive rejects is named, with advice only if there are other parts', async () => {
	fixture.addFault('findExpenses', { status: 400 }, { times: 'always' });
	const ofOne = await readExpenses({ expenseTypeIds: [1001] });
	expect(ofOne.error?.message).toMatch(/ for expense type '[^']+'$/);
	expect(ofOne.error?.description).not.toContain('On Error');
	const ofAll = await readExpenses({ expenseTypeIds: [] });
	expect(ofAll.error?.message).toMatch(/ for expense type '[^']+'$/);
	expect(ofAll.error?.description).toContain("set 'On Error' in the settings of this node to 'Continue'");
});

test('with On Error = Continue, empty parts next to a rejected one are no empty result', async () => {
	fixture.addFault('findExpenses', { status: 400 });
	respondWithExpenses([], []);
	const { options } = ONE_AT_A_TIME;
	const parameters = { ...ONE_AT_A_TIME, options: { ...options, ifNothingFound: 'error' } };
	const { items } = await readExpenses(parameters, { onError: 'continueRegularOutput' });
	expect(getErrors(items)).toEqual([expect.stringMatching(startsWith(REJECTED))]);
});

test('with On Error = Continue, a part is lost by any failure, and only this part', async () => {
	respondWithExpenses([1]);
	fixture.addFault('findExpenses', { status: 500 });
	respondWithExpenses([3]);
	const { items } = await readExpenses(ONE_AT_A_TIME, { onError: 'continueRegularOutput' });
	expect(getIds(items)).toEqual([1, 3, undefined]);
	expect(getErrors(items.slice(2))).toEqual([
		expect.stringMatching(startsWith(`${buildServerError(500)} for expense type 'Entertainment'`)),
	]);
});

describe('with On Error', () => {
	const ERRORS = ['Accommodation', 'Fuel'].map((type): unknown =>
		expect.stringMatching(new RegExp(`^${REJECTED}.* for expense type '${type}'`)),
	);

	/** Rejects the first and the third of three types. */
	beforeEach(() => {
		fixture.addFault('findExpenses', { status: 400 });
		respondWithExpenses([1, 2]);
		fixture.addFault('findExpenses', { status: 400 });
	});

	test('Continue returns the records of the others, and then the errors in the order of the parts', async () => {
		const { items, hints } = await readExpenses(ONE_AT_A_TIME, { onError: 'continueRegularOutput' });
		expect(getIds(items)).toEqual([1, 2, undefined, undefined]);
		expect(getErrors(items.slice(2))).toEqual(ERRORS);
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining('2 of the requests failed, so the output is incomplete'),
			}),
		]);
	});

	test('Continue (using error output) moves only the errors to the error output, with the input item', async () => {
		const { outputs } = await readExpenses(ONE_AT_A_TIME, { items: [{ row: 1 }], onError: 'continueErrorOutput' });
		const [records = [], errors = []] = outputs.map((output) => output.map(({ json }) => json));
		expect(getIds(records)).toEqual([1, 2]);
		expect(errors).toEqual(ERRORS.map((error) => ({ row: 1, error })));
	});
});
