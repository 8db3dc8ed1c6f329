import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Sandbox } from '../../sandbox/index.mts';
import { listenOnLoopback } from '../support/waitForCondition.cts';
import { sendRawRequest, buildEventsRequest, parseResponseBody, setupSandbox, type RawRequest } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

async function callControlApi(method: string, path: string, body?: unknown): Promise<unknown> {
	const headers: RawRequest['headers'] = body === undefined ? { 'Content-Type': null } : {};
	const answer = await sendRawRequest(sandbox.url, { method, path: `/__sandbox/${path}`, body, headers });
	return answer.status === 200 ? parseResponseBody(answer) : answer.status;
}
const getEventsStatus = async () => (await sendRawRequest(sandbox.url, buildEventsRequest('C000055'))).status;

test('logs requests except calls that control the sandbox', async () => {
	const body = '{"DateFrom":"2025-01-01T00:00:00"}';
	await sendRawRequest(sandbox.url, buildEventsRequest('ลูกค้า 1', { body }));
	await sendRawRequest(sandbox.url, { path: '/v1/customerEvent/event-types' });
	expect(await callControlApi('GET', 'requests')).toHaveLength(2);
	expect(await callControlApi('GET', 'requests?operationId=getCustomerEvents')).toMatchObject([
		{
			method: 'GET',
			path: '/v1/customerEvent/filter',
			query: new URLSearchParams({ customerCode: 'ลูกค้า 1' }).toString(),
			body,
			bodyLength: body.length,
			status: 200,
		},
	]);
	expect(await callControlApi('DELETE', 'requests')).toEqual({ forgotten: 2 });
	expect(await callControlApi('GET', 'requests')).toEqual([]);
});

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])(
	'rejects control requests to the host %s, which a web page could use',
	async (host) => {
		const { port } = new URL(sandbox.url);
		const resetWithHost = async (name: string) =>
			await sendRawRequest(sandbox.url, {
				method: 'POST',
				path: '/__sandbox/reset',
				headers: { Host: `${name}:${port}`, 'Content-Type': null },
			});
		await sendRawRequest(sandbox.url, buildEventsRequest('C000055'));
		expect((await resetWithHost(host)).status).toBe(403);
		expect(sandbox.requestLog).toHaveLength(1);
		expect((await resetWithHost('localhost')).status).toBe(200);
	},
);

test('sets behaviour, faults and tokens, and resets them', async () => {
	expect(await callControlApi('POST', 'behaviour', { rateLimit: { requests: 1, perSeconds: 60 } })).toMatchObject({
		delayMs: 0,
		rateLimit: { requests: 1 },
	});
	expect([await getEventsStatus(), await getEventsStatus()]).toEqual([200, 429]);
	await callControlApi('POST', 'behaviour', { rateLimit: null });
	await callControlApi('POST', 'faults', {
		answer: { kind: 'quota' },
		match: { customerCode: 'C000055' },
		times: 'always',
	});
	expect(await getEventsStatus()).toBe(403);
	await callControlApi('DELETE', 'faults');
	expect(await getEventsStatus()).toBe(200);
	await callControlApi('POST', 'behaviour', { acceptPastedToken: false });
	expect(await getEventsStatus()).toBe(401);
	expect(await callControlApi('POST', 'expire-tokens')).toEqual({ tokens: 'none' });
	await callControlApi('POST', 'reset');
	expect(await getEventsStatus()).toBe(200);
	expect(await callControlApi('GET', 'behaviour')).toEqual(sandbox.behaviour);
});

test('adds customers and events', async () => {
	expect(await callControlApi('POST', 'customers', { count: 3, events: 2 })).toEqual({
		customerCodes: ['BULK0001', 'BULK0002', 'BULK0003'],
	});
	expect(await callControlApi('POST', 'customers', { customerCode: 'BIG', events: 1000 })).toEqual({
		customerCodes: ['BIG'],
	});
	expect(sandbox.store.findEvents('BIG')).toHaveLength(1000);
	const event = { customerCode: 'BULK0003', eventName: 'ใหม่', eventType: 2, eventDate: '2026-01-01T08:00:00' };
	const createdEvent = (await callControlApi('POST', 'events', event)) as { eventId: number };
	expect(createdEvent).toMatchObject({ eventName: 'ใหม่', eventDate: '2026-01-01T08:00:00+0700' });
	expect(await callControlApi('PUT', `events/${createdEvent.eventId}`, { eventName: 'Changed' })).toMatchObject({
		eventName: 'Changed',
		eventType: 2,
	});
	expect(await callControlApi('DELETE', `events/${createdEvent.eventId}`)).toEqual({ deleted: true });
	expect(await callControlApi('GET', 'customers')).toContainEqual(
		expect.objectContaining({ customerCode: 'BULK0003', events: 2 }),
	);
	expect(await callControlApi('GET', 'events')).toEqual(sandbox.store.events);
});

test.each([
	['behaviour', { delay: 5 }],
	['behaviour', { delayMs: 'long' }],
	['faults', { answer: { kind: 'nothing' } }],
	['faults', { answer: {} }],
	['faults', { answer: { kind: 'hang' }, time: 1 }],
	['events', { customerCode: 'C000055' }],
	['customers', { customer: 'C000055' }],
])('rejects a misspelt call: %s %j', async (path, body) => {
	expect(await callControlApi('POST', path, body)).toBe(400);
});

test('an unknown control call is not treated as an API request', async () => {
	expect(await callControlApi('GET', 'nothing')).toBe(404);
	expect(sandbox.requestLog).toEqual([]);
});

describe('command line', () => {
	const SANDBOX_ARGUMENTS = ['--import', 'tsx', 'sandbox/main.mts', '--port'];
	const cwd = join(__dirname, '..', '..');

	test('prints its address and the next steps, and stops on Ctrl-C', async () => {
		const child = spawn(process.execPath, [...SANDBOX_ARGUMENTS, '0'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
		const exit = once(child, 'exit');
		let text = '';
		for await (const line of createInterface(child.stdout)) {
			text += line;
			if (line.includes('Ctrl-C')) break;
		}
		expect(text).toContain('Next: ');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
		expect((await sendRawRequest(url, buildEventsRequest('C000055'))).status).toBe(200);
		child.kill('SIGINT');
		expect(await exit).toEqual([0, null]);
	});

	test('reports a port that is in use', async () => {
		const occupyingServer = createServer();
		const port = await listenOnLoopback(occupyingServer);
		const { status, stderr } = spawnSync(process.execPath, [...SANDBOX_ARGUMENTS, String(port)], {
			cwd,
			encoding: 'utf8',
		});
		expect([status, stderr]).toEqual([1, `Port ${port} is in use. Select another port with --port ${port + 1}.\n`]);
		occupyingServer.close();
	});
});
