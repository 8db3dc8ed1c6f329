import type { IDataObject } from 'n8n-workflow';
import { hasNames } from '../../../nodes/GoFive/operation/records/defineColumns';
import type { Output } from '../../../nodes/GoFive/operation/field';
import {
	allOperations,
	findOperation,
	getOptionValues,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ hasToken: true });

// New records of the sandbox contain the current time, and the results of two executions are compared.
beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(Date.now()));
afterEach(() => jest.restoreAllMocks());

/** Operations that the sandbox executes only once with the same values. */
const ONCE_ONLY = ['customer.upsert', 'customerEvent.delete', 'quotation.convertToSalesOrder'];

/** Input items of a sheet. Some keys are those of GoFive's columns. */
const INPUT_ITEMS: IDataObject[] = [
	{ region: 'เหนือ', salesperson: { name: 'Nok', teams: ['A'] }, customerName: 'From the sheet', remark: 'x' },
	{ region: 'ใต้', salesperson: null, customerCode: 'From the sheet', description: 'x' },
];

/** Columns of the names, by the key of the code. */
const NAME_KEYS: Record<string, string> = {
	approvedByUserId: 'approvedByUserName',
	assignToUserId: 'assignToUserName',
	assignedToUserId: 'assignedToUserName',
	createdByUserId: 'createdByUserName',
	customerCode: 'customerName',
	owner: 'ownerName',
	staffCode: 'staffName',
	updatedByUserId: 'updatedByUserName',
	waitingApproveByUserId: 'waitingApproveByUserName',
};

/** Returns the values of the parameter Output. An operation without it has one format. */
function getModes({ operation }: OperationEntry): Array<Output['mode']> {
	const [property] = operation.fields.output?.properties('output') ?? [];
	return property ? (getOptionValues(property) as Array<Output['mode']>) : ['simplified'];
}

/** Returns the items of an execution, from the initial data of the sandbox, and the number of requests. */
async function run({ name }: OperationEntry, output: string, options: IDataObject, data?: [string, unknown]) {
	fixture.sandbox.reset();
	if (data) fixture.respondWithData(data[0], data[1], { times: 'always' });
	const items = ONCE_ONLY.includes(name) ? INPUT_ITEMS.slice(0, 1) : INPUT_ITEMS;
	const { outputs, error } = await fixture.runExample(name, { output, options }, { items });
	expect(error).toBeUndefined();
	const outputItems = outputs
		.flat()
		.map(({ json, pairedItem }) => ({ json, item: (pairedItem as { item: number }).item }));
	return { items: outputItems, requestCount: fixture.apiRequests.length };
}

type RunItems = Awaited<ReturnType<typeof run>>['items'];

/** Formats items as JSON, so that the order of the keys counts. */
const toText = (items: RunItems): string[] => items.map((item) => JSON.stringify(item));

const addInputFields = (items: RunItems, mode: string): RunItems =>
	mode === 'raw' ? items : items.map(({ json, item }) => ({ json: { ...INPUT_ITEMS[item], ...json }, item }));

/** Operations of each kind: with lines, without known columns, with an ID only, and a batch. */
const OPERATIONS_OF_EACH_KIND = [
	'customerEvent.getByCustomerCode',
	'quotation.getAll',
	'salesOrder.get',
	'product.getUnits',
	'customerEvent.create',
	'customerEvent.delete',
	'quotation.upsert',
	'product.updateStock',
	'endpoint.sendRequest',
].map(findOperation);

test.each(OPERATIONS_OF_EACH_KIND)(
	"$name: Include Input Fields puts the fields of the input before GoFive's",
	async (entry) => {
		for (const mode of getModes(entry)) {
			const plain = await run(entry, mode, {});
			const complete = await run(entry, mode, { includeInputFields: true });
			expect(plain.items.length).toBeGreaterThan(0);
			expect(toText(complete.items)).toEqual(toText(addInputFields(plain.items, mode)));
			expect(complete.requestCount).toBe(plain.requestCount);
		}
	},
);

const reads = allOperations.filter(({ operation }) => operation.effect === 'read');
const readsOfEachKind = OPERATIONS_OF_EACH_KIND.filter(
	({ resource, operation }) => operation.effect === 'read' && resource !== 'endpoint',
);

test.each(readsOfEachKind)('$name: Include Input Fields adds them to the item of If Nothing Found', async (entry) => {
	const noData: [string, unknown] = [await findOperationId(entry), []];
	for (const mode of getModes(entry)) {
		const plain = await run(entry, mode, { ifNothingFound: 'emptyItem' }, noData);
		const complete = await run(entry, mode, { ifNothingFound: 'emptyItem', includeInputFields: true }, noData);
		expect(plain.items).toHaveLength(INPUT_ITEMS.length);
		expect(toText(complete.items)).toEqual(toText(addInputFields(plain.items, mode)));
	}
});

const readsWithNames = reads.filter(({ operation }) => hasNames(operation.entity));

test('finds the reads with codes of employees and customers', () =>
	expect(readsWithNames.map(({ name }) => name)).toEqual([
		'activity.get',
		'case.get',
		'contract.get',
		'customerEvent.getByCustomerCode',
		'expense.get',
		'expense.getAll',
		'expense.getTotals',
		'quotation.get',
		'quotation.getAll',
		'quotation.getTotals',
		'salesOrder.get',
	]));

/** Names by code. */
type SandboxNames = Map<unknown, IDataObject[string]>;

/** Returns the names in the sandbox, by code. */
function getSandboxNames(): SandboxNames {
	const names: SandboxNames = new Map();
	for (const { staffCode, userId, fullname } of fixture.sandbox.records.employees.records)
		names.set(staffCode, fullname as string).set(userId, fullname as string);
	for (const { customerCode, customerName } of fixture.sandbox.records.customers.records)
		names.set(customerCode, customerName as string);
	return names;
}

/** Adds the name after each code that declares names. */
function addNames(items: RunItems, { operation }: OperationEntry, names: SandboxNames): RunItems {
	const { columns = {} } = operation.entity ?? {};
	return items.map(({ json, item }) => {
		const named: IDataObject = {};
		for (const [key, value] of Object.entries(json)) {
			named[key] = value;
			if (columns[key]?.names) named[NAME_KEYS[key] ?? ''] = names.get(value) ?? value;
		}
		return { json: named, item };
	});
}

test.each(readsWithNames)('$name: Add Names puts each name after its code', async (entry) => {
	for (const mode of getModes(entry)) {
		const plain = await run(entry, mode, {});
		const complete = await run(entry, mode, { addNames: true, includeInputFields: true });
		// Totals of all records show no code of a group. totalsListsTests.cts groups by codes.
		const named = mode === 'raw' ? plain.items : addNames(plain.items, entry, getSandboxNames());
		expect(toText(complete.items)).toEqual(toText(addInputFields(named, mode)));
		const getShown = (isShown: (key: string) => boolean) =>
			mode === 'raw' ? [] : plain.items.flatMap(({ json }) => Object.entries(json).filter(([key]) => isShown(key)));
		const customers = getShown(
			(key) => key === 'customerCode' && entry.operation.entity?.columns[key]?.names !== undefined,
		);
		const employees = getShown((key) => key in NAME_KEYS && key !== 'customerCode');
		// Two pages, of which the last one is empty.
		const employeeRequests = employees.some(([, code]) => code !== null) ? 2 : 0;
		expect(fixture.findRequests('findEmployees')).toHaveLength(employeeRequests);
		expect(fixture.findRequests('getCustomer')).toHaveLength(new Set(customers.map(([, code]) => code)).size);
	}
});

test.each(readsWithNames)('$name: every code in the data of the sandbox has a name', async (entry) => {
	const { items } = await run(entry, 'simplified', { addNames: true });
	const shown = items.flatMap(({ json }) =>
		Object.entries(NAME_KEYS).map(([key, nameKey]) => [json[key], json[nameKey]]),
	);
	const named = shown.filter(([code, name]) => code && name);
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter(([code, name]) => code === name)).toEqual([]);
});

const operationsWithoutNames = OPERATIONS_OF_EACH_KIND.filter(
	({ operation }) => !hasNames(operation.entity) || operation.effect === 'write',
);

test.each(operationsWithoutNames)('$name: Add Names of another operation has no effect', async (entry) => {
	const plain = await run(entry, 'simplified', {});
	const complete = await run(entry, 'simplified', { addNames: true });
	expect(complete).toEqual(plain);
});
