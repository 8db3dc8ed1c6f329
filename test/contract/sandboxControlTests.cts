import type { Sandbox } from '../../sandbox/index.mts';
import { callControlApi, sendRawRequest, buildEventsRequest, setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

const getEventsStatus = async () => (await sendRawRequest(sandbox.url, buildEventsRequest())).status;

test.each([
	{ host: 'evil.example' },
	{ host: 'localhost.evil.example' },
	{ host: '127.0.0.1.evil.example' },
	{ origin: 'https://evil.example' },
])('rejects a control request that a web page could send: %j', async ({ host = 'localhost', origin = null }) => {
	const { port } = new URL(sandbox.url);
	const headers = { Host: `${host}:${port}`, Origin: origin, 'Content-Type': null };
	await getEventsStatus();
	expect((await sendRawRequest(sandbox.url, { method: 'POST', path: '/__sandbox/reset', headers })).status).toBe(403);
	expect(sandbox.requestLog).toHaveLength(1);
	const allowedHeaders = { Host: `localhost:${port}`, 'Content-Type': null };
	const allowed = { method: 'POST', path: '/__sandbox/reset', headers: allowedHeaders };
	expect((await sendRawRequest(sandbox.url, allowed)).status).toBe(200);
});

test('sets behaviour, faults and tokens, and resets them', async () => {
	const rateLimit = { requests: 1, perSeconds: 60 };
	expect(await callControlApi(sandbox, 'POST', 'behaviour', { rateLimit })).toMatchObject({ delayMs: 0, rateLimit });
	expect([await getEventsStatus(), await getEventsStatus()]).toEqual([200, 429]);
	await callControlApi(sandbox, 'POST', 'behaviour', { rateLimit: null });
	const answer = { kind: 'quota' };
	await callControlApi(sandbox, 'POST', 'faults', { answer, match: { customerCode: 'C000055' }, times: 'always' });
	expect(await getEventsStatus()).toBe(403);
	await callControlApi(sandbox, 'DELETE', 'faults');
	expect(await getEventsStatus()).toBe(200);
	await callControlApi(sandbox, 'POST', 'behaviour', { rateLimit });
	expect([await getEventsStatus(), await getEventsStatus()]).toEqual([200, 429]);
	await callControlApi(sandbox, 'POST', 'reset');
	expect(await getEventsStatus()).toBe(200);
	expect(await callControlApi(sandbox, 'GET', 'behaviour')).toEqual(sandbox.behaviour);
});

test.each([
	['behaviour', { delay: 5 }, 400],
	['behaviour', { delayMs: 'long' }, 400],
	['faults', { answer: { kind: 'nothing' } }, 400],
	['faults', { answer: {} }, 400],
	['faults', { answer: { kind: 'hang' }, time: 1 }, 400],
	['events', { customerCode: 'C000055' }, 400],
	['customers', { customer: 'C000055' }, 400],
	['records/invoices', { count: 1 }, 400],
	['records/deals', { counts: 1 }, 400],
	['records/deals', { count: 0 }, 400],
	['nothing', {}, 404],
])('rejects a misspelt call: %s %j', async (path, body, status) => {
	expect(await callControlApi(sandbox, 'POST', path, body)).toBe(status);
	expect(sandbox.requestLog).toEqual([]);
});
