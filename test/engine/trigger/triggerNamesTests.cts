// When names are looked up in a poll. Which codes have names is in everyOperation/addedFieldsTests.cts, and what the
// name of a code is in operation/addedNamesTests.cts.
import { setupTriggerFixture, POLL_BUDGET_MS } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const OPTIONS = { addNames: true };
const QUOTATIONS = { triggerOn: 'newOrChangedQuotation', output: 'simplified', options: OPTIONS };
const createQuotation = () => void fixture.sandbox.records.quotations.create({ customerCode: 'C000055' });
const countLookups = () =>
	fixture.apiRequests.filter(({ operationId = '' }) => ['getCustomer', 'findEmployees'].includes(operationId)).length;

test('only reported records get names, and another name is no change', async () => {
	const workflow = await fixture.activateWorkflow(QUOTATIONS);
	expect((await workflow.poll()).data).toBeNull();
	expect(countLookups()).toBe(0);
	createQuotation();
	const { items, logs } = await workflow.poll();
	expect(items).toMatchObject([{ customerName: 'Chao Phraya Trading Co., Ltd.', staffName: 'สมหญิง ใจดี' }]);
	// The list of employees takes two requests.
	expect(countLookups()).toBe(3);
	expect(logs).not.toContain('names');
	fixture.sandbox.records.customers.update('C000055', { customerName: 'Renamed' });
	expect((await workflow.poll()).data).toBeNull();
});

test("if the names cannot be loaded, the codes are reported, and n8n's log says so", async () => {
	const workflow = await fixture.activateWorkflow(QUOTATIONS);
	createQuotation();
	for (const id of ['getCustomer', 'findEmployees']) fixture.addFault(id, { status: 500 }, { times: 'always' });
	const { items, logs, emittedErrors } = await workflow.poll();
	expect(items).toMatchObject([{ customerName: 'C000055', staffName: items[0]?.staffCode }]);
	expect(logs).toMatch(/warn The names of the \w+ could not be loaded: .*\(HTTP 500\)/);
	expect(emittedErrors).toEqual([]);
	expect((await workflow.poll()).data).toBeNull();
});

test('Fetch Test Event shows names', async () => {
	fixture.createEvent('A', 1);
	const { items } = await fixture.fetchTestEvent({ output: 'simplified', options: OPTIONS });
	expect(items[0]?.customerName).toBe('Customer A');
});

test.each([true, false])('without time for the names, the codes are reported (durable: %s)', async (isDurable) => {
	fixture.pauseTime();
	const workflow = fixture.createWorkflow(
		{ output: 'simplified', customerCodes: 'A,B', options: { ...OPTIONS, timeoutSeconds: 3600 } },
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
