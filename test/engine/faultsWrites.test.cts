import type { IDataObject } from 'n8n-workflow';
import { WRONG_ENVELOPES } from '../../sandbox/index.mts';
import type { Answer, Fault } from '../../sandbox/index.mts';
import { accountsOf, expectClear, expectNoSecretIn } from './accounts.cts';
import { DRIP, FAULTS, SILENT, UNUSUAL } from './faultCases.cts';
import { hurry } from './hurry.cts';
import { goSilent, whenHanging } from './sockets.cts';
import { worldWithoutWaiting } from './world.cts';

let ids: string[];
const world = worldWithoutWaiting(({ sandbox }) => {
	ids = sandbox.store.seedCustomer('F', 3).events.map(({ eventId }) => String(eventId));
});

const NAMES = ['เขียน 1', 'เขียน 2', 'เขียน 3'];
const EVENT = { customerCode: 'F', eventName: '={{ $json.name }}', eventType: 1, eventDate: '2025-02-01T10:00:00', output: 'raw' };
const MAY_BE_DONE = 'GoFive may have carried it out all the same';
const WAS_DONE = 'GoFive has carried it out all the same, so do not send this item again.';
const isSuccess = (body: unknown) => JSON.stringify(body)?.includes('"code":"1000"') === true;

type Operation = 'create' | 'update' | 'delete';
const OPERATIONS = {
	create: { operationId: 'createCustomerEvent', parameters: EVENT },
	update: { operationId: 'updateCustomerEvent', parameters: { ...EVENT, eventId: '={{ $json.id }}' } },
	delete: { operationId: 'deleteCustomerEvent', parameters: { eventId: '={{ $json.id }}' } },
};

/** How often the server received the write of each item, and how often it carried it out. */
function counted(operation: Operation): { sent: number[]; done: number[] } {
	const { events } = world.sandbox.store;
	const sent = world.sent(OPERATIONS[operation].operationId);
	return {
		sent: NAMES.map((name, item) => sent.filter(({ body, path }) => (operation === 'delete' ? path.endsWith(`/${ids[item]}`) : body.includes(name))).length),
		done: NAMES.map((name, item) => (operation === 'delete' ? Number(!events.some(({ eventId }) => String(eventId) === ids[item])) : events.filter(({ eventName }) => eventName === name).length)),
	};
}

async function write(operation: Operation, fault?: Omit<Fault, 'match'>, options: IDataObject = {}, onError?: 'stopWorkflow') {
	const { operationId, parameters } = OPERATIONS[operation];
	if (fault) world.sandbox.addFault({ match: { operationId }, ...fault });
	const items = NAMES.map((name, item) => ({ name, id: ids[item] ?? '' }));
	const result = await world.run(operation, { ...parameters, options }, { items, onError: onError ?? 'continueRegularOutput' });
	expectNoSecretIn(world, result);
	return { result, ...counted(operation) };
}

const acts = (answer: Answer): boolean => ('acts' in answer && answer.acts === true) || ['resetAfter', 'cutBody', 'cutGzip', 'drip'].includes(answer.kind ?? '');
const ALL: Operation[] = ['create', 'update', 'delete'];
// To a deletion GoFive need not answer with anything.
const CASES = FAULTS.flatMap((fault) => ALL.filter((operation) => operation !== 'delete' || fault.answer.kind !== 'empty').map((operation) => ({ operation, ...fault })));

describe.each(CASES)('$operation meets $name', ({ operation, answer, writeAgain, doubtful, ends, token, limited, text }) => {
	test('once, at the second item: sent again only where it cannot have been carried out', async () => {
		const { result, sent, done } = await write(operation, { answer, skip: 1 });
		const [first, second, third] = accountsOf(result, 3);
		expect(sent).toEqual([1, writeAgain ? 2 : 1, ends ? 0 : 1]);
		expect(done).toEqual([1, writeAgain || acts(answer) ? 1 : 0, ends ? 0 : 1]);
		expect([first?.data.length, second?.data.length, third?.data.length]).toEqual([1, writeAgain ? 1 : 0, ends ? 0 : 1]);
		if (writeAgain) return;
		expect(second?.message).toMatch(text);
		expect(second?.message?.includes(MAY_BE_DONE)).toBe(doubtful === true);
	});

	test('always: every item says why', async () => {
		const { result, sent, done } = await write(operation, { answer, times: 'always' });
		expect(accountsOf(result, 3)).toEqual(NAMES.map((): unknown => ({ data: [], message: expect.stringMatching(text) })));
		if (ends) expect(sent).toEqual([1, 0, 0]);
		else if (token) expect(sent).toEqual([3, 1, 1]);
		else if (limited) {
			expect(sent[0]).toBeLessThanOrEqual(45);
			expect(sent.slice(1)).toEqual([0, 0]);
		}
		else expect(sent).toEqual([1, 1, 1]);
		expect(done).toEqual(NAMES.map(() => Number(acts(answer))));
	});

	test('always, where the node stops: the first item says why and how far it came, the others are not sent', async () => {
		const { result, sent } = await write(operation, { answer, times: 'always' }, {}, 'stopWorkflow');
		const { error, outputs } = result;
		expect(outputs).toEqual([]);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expectClear(`${error?.message}. ${error?.description}`);
		expect(`${error?.message}. ${error?.description}`).toMatch(text);
		expect(error?.description).toMatch(/Items carried out before this one: 0; not sent: 2\.$/);
		expect(sent.slice(1)).toEqual([0, 0]);
	});
});

describe.each([...SILENT, DRIP].flatMap((fault) => ALL.map((operation) => ({ operation, ...fault }))))('$operation meets $name', ({ operation, answer, text }) => {
	test('it is given up and not sent again; the others go on', async () => {
		const undo = answer.kind === 'drip' ? hurry(world.sandbox) : whenHanging(world.sandbox, goSilent);
		const { result, sent, done } = await write(operation, { answer, skip: 1 });
		undo();
		const [first, second, third] = accountsOf(result, 3);
		expect(second?.message).toMatch(text);
		expect(second?.message).toContain(MAY_BE_DONE);
		expect([first?.data.length, third?.data.length]).toEqual([1, 1]);
		expect(sent).toEqual([1, 1, 1]);
		expect(done).toEqual([1, Number(acts(answer)), 1]);
	});
});

describe.each(UNUSUAL.flatMap((fault) => ALL.map((operation) => ({ operation, ...fault }))))('$operation meets $name', ({ operation, answer }) => {
	test('which is data', async () => {
		const { result, sent, done } = await write(operation, { answer, times: 'always' });
		expect(accountsOf(result, 3).map(({ data }) => data.length)).toEqual([1, 1, 1]);
		expect([sent, done]).toEqual([[1, 1, 1], [1, 1, 1]]);
	});
});

test.each([200, 202, 204])('a deletion that is answered with %i and no body is done', async (status) => {
	const { result, sent, done } = await write('delete', { answer: { status, body: '', acts: true }, times: 'always' });
	expect(accountsOf(result, 3).map(({ data }) => data)).toEqual(NAMES.map(() => [{ eventId: expect.any(Number), deleted: true }]));
	expect([sent, done]).toEqual([[1, 1, 1], [1, 1, 1]]);
});

const ENVELOPES = WRONG_ENVELOPES.flatMap((body) => ALL.map((operation) => ({ operation, shown: JSON.stringify(body), body })));
test.each(ENVELOPES)('$operation that is answered with $shown is sent once, and is data or a message of its own', async ({ operation, body }) => {
	const { result, sent } = await write(operation, { answer: { status: 200, body, acts: true }, times: 'always' });
	for (const { message } of accountsOf(result, 3)) {
		if (message === undefined) continue;
		expect(message).toMatch(/^(?:GoFive's answer does not have the form|The answer is plain text instead of data|GoFive answered: Success \(without a code\))/);
		// A success whose records cannot be read is a success.
		expect(message).toContain(isSuccess(body) ? WAS_DONE : MAY_BE_DONE);
	}
	expect(sent).toEqual([1, 1, 1]);
});

test.each(ALL)('%s: a token that dies after every request costs nothing and repeats nothing', async (operation) => {
	world.sandbox.set({ tokenLifetimeRequests: 1 });
	const { result, done } = await write(operation);
	expect(accountsOf(result, 3).map(({ data }) => data.length)).toEqual([1, 1, 1]);
	expect(done).toEqual([1, 1, 1]);
});
