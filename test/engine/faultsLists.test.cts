import { stringify } from 'flatted';
import { NodeApiError } from 'n8n-workflow';
import { WRONG_ENVELOPES } from '../../sandbox/index.mts';
import type { Answer, Fault } from '../../sandbox/index.mts';
import { expectClear, expectNoSecret } from './accounts.cts';
import { DRIP, FAULTS, UNUSUAL } from './faultCases.cts';
import { loadOptions, testCredential } from './harness.cts';
import { hurry } from './hurry.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const operationId = 'getCustomerEventTypes';
const sent = (): number => world.sent(operationId).length;
const answerWith = (answer: Answer, times?: Fault['times']): void => world.sandbox.addFault({ match: { operationId }, times, answer });

/** The list, or the text of what n8n shows instead. */
async function list(): Promise<{ values: unknown[]; text?: string }> {
	try {
		return { values: (await loadOptions('getEventTypes', { credential: world.credential })).map(({ value }) => value) };
	} catch (thrown) {
		expect(thrown).toBeInstanceOf(NodeApiError);
		const error = thrown as NodeApiError;
		const text = `${error.message}. ${error.description}`;
		expectClear(text);
		expectNoSecret(world, text, JSON.stringify(error), stringify(error));
		return { values: [], text };
	}
}

const types = () => world.sandbox.store.eventTypes.map(({ eventTypeId }) => eventTypeId);
/** Somebody looks at the list and waits for it, so it waits for twenty seconds at most. */
const isSoon = (answer: Answer): boolean => answer.kind !== 'rateLimited' || (answer.seconds ?? 1) <= 20;

describe.each(FAULTS)('a dropdown meets $name', ({ answer, readAgain, token, limited, text }) => {
	test('once: it is filled, or says why', async () => {
		answerWith(answer);
		const { values, text: told } = await list();
		const again = readAgain === true && isSoon(answer);
		if (again) expect(values).toEqual(types());
		else expect(told).toMatch(text);
		expect(sent()).toBe(again ? 2 : 1);
	});

	test('always: it says why', async () => {
		answerWith(answer, 'always');
		expect((await list()).text).toMatch(text);
		if (limited) expect(sent()).toBeLessThanOrEqual(45);
		else expect(sent()).toBe(readAgain ? (token ? 3 : 5) : 1);
	});
});

test.each(UNUSUAL)('a dropdown meets $name, which is data', async ({ answer }) => {
	answerWith(answer);
	expect((await list()).values).toEqual(types());
});

test.each(WRONG_ENVELOPES.map((body) => [JSON.stringify(body), body]))('a dropdown meets %s: it is empty, or says why', async (_, body) => {
	answerWith({ status: 200, body }, 'always');
	const { values, text } = await list();
	if (text !== undefined) expect(text).toMatch(/^(?:GoFive's answer does not have the form|The answer is plain text instead of data|GoFive answered: Success \(without a code\))/);
	expect(values).toEqual([]);
});

test.each<[string, Answer]>([
	['hangs', { kind: 'hang' }],
	['drips', DRIP.answer],
])('a dropdown whose answer %s is given up after ten times its sixty seconds', async (_, answer) => {
	answerWith(answer);
	const undo = hurry(world.sandbox);
	const { text } = await list();
	undo();
	expect(text).toMatch(DRIP.text);
	expect(sent()).toBe(1);
});

describe('the test of the credential', () => {
	// Where no answer came, n8n's own text stands: the name of the condition on 2.x, a sentence on 1.x.
	const noAnswer = ['reset before the answer', 'reset after it was carried out', 'cut body', 'cut gzip', 'damaged gzip', 'damaged brotli'];

	test.each(FAULTS)('meets $name: it does not work, and says why', async ({ name, answer }) => {
		answerWith(answer, 'always');
		const { status, message, logs } = await testCredential(world.credential);
		expect(status).toBe('Error');
		expect(message).not.toBe('');
		expectNoSecret(world, message, logs);
		if (!noAnswer.includes(name)) expectClear(message);
		expect(sent()).toBeLessThanOrEqual(2);
	});

	test.each(UNUSUAL)('meets $name: it works', async ({ answer }) => {
		answerWith(answer, 'always');
		expect(await testCredential(world.credential)).toMatchObject({ status: 'OK' });
	});

	test.each(WRONG_ENVELOPES.map((body) => [JSON.stringify(body), body]))('meets %s: it ends', async (_, body) => {
		answerWith({ status: 200, body }, 'always');
		const { message } = await testCredential(world.credential);
		if (message !== 'Connection successful!') expectClear(message);
	});
});
