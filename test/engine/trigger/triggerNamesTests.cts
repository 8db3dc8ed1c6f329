import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture, POLL_BUDGET_MS } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const OPTIONS = { addNames: true };
const countLookups = () =>
	fixture.apiRequests.filter(({ operationId = '' }) => ['getCustomer', 'findEmployees'].includes(operationId)).length;

/** A source with codes: its parameters, a new record, and the names that it is reported with. */
interface NamedSource {
	parameters: INodeParameters;
	create(): void;
	names: IDataObject;
	/** Number of requests for the names. The list of employees takes two. */
	lookups: number;
	changeNames(): void;
}

const renameCustomer = () => {
	fixture.sandbox.store.ensureCustomer('A').customerName = 'Renamed';
	fixture.sandbox.records.customers.update('C000055', { customerName: 'Renamed' });
};
const renameEmployees = () => {
	for (const employee of fixture.sandbox.records.employees.records) employee.fullname = 'Renamed';
};

const SOURCES: Record<string, NamedSource> = {
	Event: {
		parameters: { triggerOn: 'newOrChangedEvent', customerCodes: 'A' },
		create: () => void fixture.createEvent('A', 1),
		names: { customerName: 'Customer A' },
		lookups: 1,
		changeNames: renameCustomer,
	},
	Expense: {
		parameters: { triggerOn: 'newOrChangedExpense', expenseTypeIds: [1001] },
		create: () =>
			void fixture.sandbox.records.expenses.create({
				dateTransaction: '2025-06-15T00:00:00+0700',
				expenseDetails: [{ expenseTypeId: 1001 }],
			}),
		names: { createdByUserName: 'มานะ รักงาน' },
		lookups: 2,
		changeNames: renameEmployees,
	},
	Quotation: {
		parameters: { triggerOn: 'newOrChangedQuotation' },
		create: () => void fixture.sandbox.records.quotations.create({ customerCode: 'C000055' }),
		names: { customerName: 'Chao Phraya Trading Co., Ltd.', staffName: 'สมหญิง ใจดี' },
		lookups: 3,
		changeNames: renameCustomer,
	},
};

describe.each(Object.entries(SOURCES))('%s', (_, { parameters, create, names, lookups, changeNames }) => {
	test.each(['simplified', 'selected'])('%s: only reported records get names', async (output) => {
		const workflow = await fixture.activateWorkflow({ ...parameters, output, options: OPTIONS });
		expect((await workflow.poll()).data).toBeNull();
		expect(countLookups()).toBe(0);
		create();
		const { items, logs } = await workflow.poll();
		expect(items).toEqual([expect.objectContaining(names)]);
		expect(countLookups()).toBe(lookups);
		expect(logs).not.toContain('names');
		changeNames();
		expect((await workflow.poll()).data).toBeNull();
	});

	test('Raw and the default have no names', async () => {
		const [raw, plain] = [
			await fixture.activateWorkflow({ ...parameters, output: 'raw', options: OPTIONS }),
			await fixture.activateWorkflow({ ...parameters, output: 'simplified' }),
		];
		create();
		for (const workflow of [raw, plain]) {
			const { items } = await workflow.poll();
			expect(items).toHaveLength(1);
			expect(Object.keys(items[0] ?? {}).filter((key) => key in names)).toEqual([]);
		}
		expect(countLookups()).toBe(0);
	});

	test("if the names cannot be loaded, the codes are reported, and n8n's log says so", async () => {
		const workflow = await fixture.activateWorkflow({ ...parameters, output: 'simplified', options: OPTIONS });
		create();
		for (const id of ['getCustomer', 'findEmployees']) fixture.addFault(id, { status: 500 }, { times: 'always' });
		const { items, logs, emittedErrors } = await workflow.poll();
		const [nameKey = ''] = Object.keys(names);
		const codeKeys = [nameKey.replace(/Name$/, 'Code'), nameKey.replace(/Name$/, 'Id')];
		expect(items).toHaveLength(1);
		expect(codeKeys.map((key) => items[0]?.[key])).toContain(items[0]?.[nameKey]);
		expect(logs).toMatch(/warn The names of the \w+ could not be loaded: .*\(HTTP 500\)\. Codes are shown instead\./);
		expect(emittedErrors).toEqual([]);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('the fields to watch offer no name', async () => {
		const [nameKey = ''] = Object.keys(names);
		const poll = fixture.createWorkflow({ ...parameters, output: 'selected', fields: [nameKey], options: OPTIONS });
		expect((await poll.activate()).error?.message).toContain(`'Fields' cannot contain "${nameKey}"`);
	});
});

test('Fetch Test Event shows names', async () => {
	fixture.createEvent('A', 1);
	const { items } = await fixture.fetchTestEvent({ output: 'simplified', options: OPTIONS });
	expect(items[0]?.customerName).toBe('Customer A');
});

test.each([true, false])('without time for the names, the codes are reported (durable: %s)', async (isDurable) => {
	fixture.pauseTime();
	const workflow = fixture.createWorkflow(
		{ output: 'simplified', customerCodes: 'A,B', options: { ...OPTIONS, timeout: 3600 } },
		isDurable,
	);
	await workflow.activate();
	fixture.createEvent('A', 1);
	fixture.createEvent('B', 1);
	const hold = fixture.sandbox.hold('getCustomer');
	const poll = workflow.poll({ pollBudgetMs: POLL_BUDGET_MS });
	await hold.waitForRequests(2, poll);
	hold.release(1);
	await fixture.waitUntilIdle();
	const { items, logs, error } = await fixture.finishPoll(poll, POLL_BUDGET_MS * 0.85);
	hold.end();
	expect(error).toBeUndefined();
	expect(items.map(({ customerName }) => customerName).sort()).toEqual(['B', 'Customer A']);
	expect(logs).toContain('The names of the customers could not be loaded: ');
	expect((await workflow.poll({ pollBudgetMs: POLL_BUDGET_MS })).data).toBeNull();
});
