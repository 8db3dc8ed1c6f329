import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { listening } from '../until.cts';
import { call, events, jsonOf, type Outgoing } from './call.cts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
	const headers: Outgoing['headers'] = body === undefined ? { 'Content-Type': null } : {};
	const answer = await call(sandbox.url, { method, path: `/__sandbox/${path}`, body, headers });
	return answer.status === 200 ? jsonOf(answer) : answer.status;
}
const statusOf = async () => (await call(sandbox.url, events('C000055'))).status;

test('the log of requests, without the calls to the sandbox itself', async () => {
	const body = '{"DateFrom":"2025-01-01T00:00:00"}';
	await call(sandbox.url, events('ลูกค้า 1', { body }));
	await call(sandbox.url, { path: '/v1/customerEvent/event-types' });
	expect(await control('GET', 'requests')).toHaveLength(2);
	expect(await control('GET', 'requests?operationId=getCustomerEvents')).toMatchObject([
		{ method: 'GET', path: '/v1/customerEvent/filter', query: new URLSearchParams({ customerCode: 'ลูกค้า 1' }).toString(), body, bodyLength: body.length, status: 200 },
	]);
	expect(await control('DELETE', 'requests')).toEqual({ forgotten: 2 });
	expect(await control('GET', 'requests')).toEqual([]);
});

test('behaviour, faults, tokens, reset', async () => {
	expect(await control('POST', 'behaviour', { rateLimit: { requests: 1, perSeconds: 60 } })).toMatchObject({ delayMs: 0, rateLimit: { requests: 1 } });
	expect([await statusOf(), await statusOf()]).toEqual([200, 429]);
	await control('POST', 'behaviour', { rateLimit: null });
	await control('POST', 'faults', { answer: { kind: 'quota' }, match: { customerCode: 'C000055' }, times: 'always' });
	expect(await statusOf()).toBe(403);
	await control('DELETE', 'faults');
	expect(await statusOf()).toBe(200);
	await control('POST', 'behaviour', { acceptPastedToken: false });
	expect(await statusOf()).toBe(401);
	expect(await control('POST', 'expire-tokens')).toEqual({ tokens: 'none' });
	await control('POST', 'reset');
	expect(await statusOf()).toBe(200);
	expect(await control('GET', 'behaviour')).toEqual(sandbox.behaviour);
});

test('customers and events', async () => {
	expect(await control('POST', 'customers', { count: 3, events: 2 })).toEqual({ customerCodes: ['BULK0001', 'BULK0002', 'BULK0003'] });
	expect(await control('POST', 'customers', { customerCode: 'BIG', events: 1000 })).toEqual({ customerCodes: ['BIG'] });
	expect(sandbox.store.findEvents('BIG')).toHaveLength(1000);
	const event = { customerCode: 'BULK0003', eventName: 'ใหม่', eventType: 2, eventDate: '2026-01-01T08:00:00' };
	const made = (await control('POST', 'events', event)) as { eventId: number };
	expect(made).toMatchObject({ eventName: 'ใหม่', eventDate: '2026-01-01T08:00:00+0700' });
	expect(await control('PUT', `events/${made.eventId}`, { eventName: 'Changed' })).toMatchObject({ eventName: 'Changed', eventType: 2 });
	expect(await control('DELETE', `events/${made.eventId}`)).toEqual({ deleted: true });
	expect(await control('GET', 'customers')).toContainEqual(expect.objectContaining({ customerCode: 'BULK0003', events: 2 }));
	expect(await control('GET', 'events')).toEqual(sandbox.store.events);
});

test.each([
	['behaviour', { delay: 5 }],
	['behaviour', { delayMs: 'long' }],
	['faults', { answer: { kind: 'nothing' } }],
	['faults', { answer: {} }],
	['faults', { answer: { kind: 'hang' }, time: 1 }],
	['events', { customerCode: 'C000055' }],
	['customers', { customer: 'C000055' }],
])('a misspelt call is refused: %s %j', async (path, body) => {
	expect(await control('POST', path, body)).toBe(400);
});

test('an unknown call is not taken for one of the API', async () => {
	expect(await control('GET', 'nothing')).toBe(404);
	expect(sandbox.requests).toEqual([]);
});

describe('from the command line', () => {
	const MAIN = ['--import', 'tsx', 'sandbox/main.mts', '--port'];
	const cwd = join(__dirname, '..', '..');

	test('it says where it listens and what to do next, and Ctrl-C ends it', async () => {
		const child = spawn(process.execPath, [...MAIN, '0'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
		const ended = once(child, 'exit');
		let text = '';
		for await (const line of createInterface(child.stdout)) {
			text += line;
			if (line.includes('Ctrl-C')) break;
		}
		expect(text).toContain('Next: ');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
		expect((await call(url, events('C000055'))).status).toBe(200);
		child.kill('SIGINT');
		expect(await ended).toEqual([0, null]);
	});

	test('a taken port is said to be taken', async () => {
		const taken = createServer();
		const port = await listening(taken);
		const { status, stderr } = spawnSync(process.execPath, [...MAIN, String(port)], { cwd, encoding: 'utf8' });
		expect([status, stderr]).toEqual([1, `Port ${port} is taken. Choose another one: --port ${port + 1}\n`]);
		taken.close();
	});
});
