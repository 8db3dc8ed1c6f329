import type { IDataObject } from 'n8n-workflow';
import { WRONG_ENVELOPES } from '../../sandbox/index.mts';
import type { Fault } from '../../sandbox/index.mts';
import { accountsOf, expectClear, expectNoSecretIn } from './accounts.cts';
import { DRIP, FAULTS, SILENT, UNUSUAL } from './faultCases.cts';
import { hurry } from './hurry.cts';
import { goSilent, whenHanging } from './sockets.cts';
import { sumOf, worldWithoutWaiting } from './world.cts';

let codes: string[];
const world = worldWithoutWaiting(({ sandbox }) => {
	codes = sandbox.store.seedCustomers(4, 2, 'F');
});

async function read(fault?: Partial<Fault> & Pick<Fault, 'answer'>, options: IDataObject = {}, onError?: 'stopWorkflow') {
	if (fault) world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, ...fault });
	const items = codes.map((code) => ({ code }));
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', options };
	const result = await world.run('getByCustomerCode', parameters, { items, onError: onError ?? 'continueRegularOutput' });
	expectNoSecretIn(world, result);
	return result;
}

/** What item `item` gives when all is well. */
const eventsOf = (item: number): unknown[] => world.sandbox.store.customers.get(codes[item] ?? '')?.events ?? [];
const sent = (): number => world.sent('getCustomerEvents').length;

/** Expects data for every item but one, and that nothing was sent twice. */
function expectAllBut(failed: number, text: RegExp, result: Awaited<ReturnType<typeof read>>): void {
	const expected = codes.map((_, item): unknown => ({ data: eventsOf(item) }));
	expected[failed] = { data: [], message: expect.stringMatching(text) };
	expect(accountsOf(result, codes.length)).toEqual(expected);
	expect(sent()).toBe(codes.length);
}

describe.each(FAULTS)('reading meets $name', ({ answer, readAgain, ends, token, limited, text }) => {
	test('once, at the second item: that one recovers or says why, the others have their data', async () => {
		const result = await read({ answer, match: { operationId: 'getCustomerEvents', customerCode: codes[1] } });
		const accounts = accountsOf(result, 4);
		expect(accounts[0]).toEqual({ data: eventsOf(0) });
		if (readAgain) expect(accounts.map(({ data }) => data)).toEqual(codes.map((_, item) => eventsOf(item)));
		else expect(accounts[1]).toEqual({ data: [], message: expect.stringMatching(text) });
		for (const [item, { data, message }] of accounts.slice(2).entries()) {
			if (ends && message !== undefined) expect(message).toMatch(text);
			else expect(data).toEqual(eventsOf(item + 2));
		}
		expect(world.sent('getCustomerEvents').filter(({ query }) => query.includes(codes[1] ?? '')).length).toBeLessThanOrEqual(readAgain ? 2 : 1);
	});

	test('always: every item says why', async () => {
		const result = await read({ answer, times: 'always' });
		expect(accountsOf(result, 4)).toEqual(codes.map((): unknown => ({ data: [], message: expect.stringMatching(text) })));
		expect(sent()).toBeLessThanOrEqual(ends ? 3 : token ? codes.length + 2 : limited ? 45 : readAgain ? codes.length * 5 : codes.length);
		// A fresh token that was refused is looked for once more, after a pause.
		expect(world.slept().length > 0).toBe(readAgain === true || token === true);
	});

	test('always, where the node stops: one message for the first item', async () => {
		const { error, outputs } = await read({ answer, times: 'always' }, {}, 'stopWorkflow');
		expect(outputs).toEqual([]);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(`${error?.message}. ${error?.description}`).toMatch(text);
		expectClear(`${error?.message}. ${error?.description}`);
	});
});

test('a rate limit that lets nothing through ends the run after ten minutes, not each item after ten of its own', async () => {
	codes = world.sandbox.store.seedCustomers(30, 1, 'L');
	const accounts = accountsOf(await read({ answer: { kind: 'rateLimited', seconds: 60 }, times: 'always' }), 30);
	for (const { message } of accounts) expect(message).toMatch(/^GoFive keeps refusing the request because of its rate limit/);
	expect(sumOf(world.slept())).toBe(10 * 60_000);
	expect(sent()).toBe(11);
});

test('what is refused for ten minutes while others get through is lost alone', async () => {
	const result = await read({ answer: { kind: 'rateLimited', seconds: 110 }, times: 'always', match: { customerCode: codes[2] } });
	const accounts = accountsOf(result, 4);
	expect(accounts.map(({ data }) => data)).toEqual(codes.map((_, item) => (item === 2 ? [] : eventsOf(item))));
});

test.each(SILENT)('reading meets $name at the second item: it is given up, the others have their data', async ({ answer, text }) => {
	const undo = whenHanging(world.sandbox, goSilent);
	const result = await read({ answer, times: 'always', match: { customerCode: codes[1] } }, { maxParallelRequests: 1 });
	undo();
	expectAllBut(1, text, result);
});

test('reading meets a slow drip at the second item: it is given up, the others have their data', async () => {
	const undo = hurry(world.sandbox);
	const result = await read({ answer: DRIP.answer, match: { customerCode: codes[1] } }, { maxParallelRequests: 1 });
	undo();
	expectAllBut(1, DRIP.text, result);
});

describe.each(UNUSUAL)('reading meets $name', ({ answer }) => {
	test('which is data', async () => {
		const accounts = accountsOf(await read({ answer, times: 'always' }), 4);
		expect(accounts.map(({ data }) => data)).toEqual(codes.map((_, item) => eventsOf(item)));
	});
});

describe.each(WRONG_ENVELOPES.map((body) => ({ shown: JSON.stringify(body), body })))('reading meets $shown', ({ body }) => {
	test.each(['raw', 'simplified'])('which is nothing or a message; %s', async (output) => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, times: 'always', answer: { status: 200, body } });
		const result = await world.run('getByCustomerCode', { customerCode: 'C000055', output }, { onError: 'continueRegularOutput' });
		const [account] = accountsOf(result, 1);
		expect(account?.data).toEqual([]);
		if (account?.message !== undefined) expect(account.message).toMatch(/^(?:GoFive's answer does not have the form|The answer is plain text instead of data|GoFive answered: Success \(without a code\))/);
		expect(sent()).toBe(1);
	});
});

test.each([1, 2, 3, 5])('a token that dies after %i requests, again and again, costs no data', async (tokenLifetimeRequests) => {
	world.sandbox.set({ tokenLifetimeRequests });
	const accounts = accountsOf(await read(), 4);
	expect(accounts.map(({ data }) => data)).toEqual(codes.map((_, item) => eventsOf(item)));
});

test.each([[2, true], [3, false]])('401 for the token %i times in a row', async (times, recovers) => {
	const accounts = accountsOf(await read({ answer: { kind: 'unauthorized', because: 'token' }, times }), 4);
	if (recovers) expect(accounts.map(({ data }) => data)).toEqual(codes.map((_, item) => eventsOf(item)));
	else expect(accounts[0]?.message).toMatch(/^GoFive does not accept the access token that it has just issued/);
});
