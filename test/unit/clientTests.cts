import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { Client } from '../../nodes/GoFive/api/client';
import { GoFiveError, type ErrorText } from '../../nodes/GoFive/api/errors';
import { messages } from '../../nodes/GoFive/api/messages';
import { sealToken, SIGNING_STATE, type RequestOptions } from '../../nodes/GoFive/api/signing';
import { toThrowable } from '../../nodes/GoFive/api/tokenRequest';
import { clock } from '../../nodes/GoFive/time/clock';
import {
	rateLimited,
	responseOf,
	RESPONSES,
	success,
	temporaryFailure,
	toFullResponse,
	type HttpResponse,
} from '../support/responses.cts';

const UNAUTHORIZED = responseOf({ message: 'No' }, 401);
const QUOTE = 'GoFive\'s message: "No". ';
const CREDENTIAL = {
	authentication: 'clientCredentials',
	clientId: 'id-1',
	clientSecret: 'client-secret-1',
	subscriptionApiKey: 'subscription-key-1',
	baseUrl: 'https://api.example',
};
const waitForOthers = async () => await new Promise((resolve) => setImmediate(resolve));

/** Part of n8n and of GoFive: stores and issues tokens, and accepts those of a list. */
class SimulatedServer {
	credential: Record<string, unknown> = CREDENTIAL;
	storedToken = 'expired';
	acceptedTokens = ['new-1'];
	/** Set to an error if no token can be fetched. */
	tokenError?: Error;
	/** What a request with an accepted token gets. Defaults to its token as data. */
	answer?: () => unknown;
	/** Held requests by path. */
	readonly held = new Map<string, Promise<void>>();
	fetchCount = 0;
	sendCount = 0;
	maxFetches = 0;
	private fetching = 0;
	/** Authorization headers that must not be sent. */
	readonly rejectedAuthorizations: string[] = [];
	/** Paths of the requests that were sent. */
	readonly sentPaths: string[] = [];

	readonly context = {
		helpers: { httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => this.send(options) },
		getCredentials: async () => ({ ...this.credential, sessionToken: sealToken(this.storedToken, this.credential) }),
		logger: { debug: () => undefined, error: (text: string) => void this.loggedErrors.push(text) },
	} as unknown as ILoadOptionsFunctions;
	readonly loggedErrors: string[] = [];

	private async fetchToken(): Promise<void> {
		this.fetchCount += 1;
		this.fetching += 1;
		this.maxFetches = Math.max(this.maxFetches, this.fetching);
		await waitForOthers();
		this.fetching -= 1;
		if (this.tokenError) throw this.tokenError;
		this.storedToken = `new-${this.fetchCount}`;
	}

	private async send(options: RequestOptions): Promise<unknown> {
		const state = options[SIGNING_STATE] ?? {};
		const { rejectedAuthorization } = state;
		if (rejectedAuthorization !== undefined) this.rejectedAuthorizations.push(rejectedAuthorization);
		if (rejectedAuthorization === `Bearer ${this.storedToken}`) await this.fetchToken();
		this.sendCount += 1;
		this.sentPaths.push(new URL(options.url).pathname);
		const token = this.storedToken;
		state.authorization = `Bearer ${token}`;
		await (this.held.get(new URL(options.url).pathname) ?? waitForOthers());
		if (!this.acceptedTokens.includes(token)) return toFullResponse(UNAUTHORIZED);
		return this.answer?.() ?? toFullResponse(success(token));
	}
}

/** Builds a response whose text throws when it is read. */
const respondUnreadably = () => ({
	statusCode: 200,
	headers: {},
	get body(): string {
		throw new TypeError('secret');
	},
});

let server: SimulatedServer;
let client: Client;
let requestCount: number;
/** Waits in ms. */
let waits: number[];
/** What happens elsewhere during a pause. */
let onPause: () => void;
const realClock = { ...clock };
beforeEach(() => {
	server = new SimulatedServer();
	client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 128 });
	requestCount = 0;
	waits = [];
	onPause = () => undefined;
	let now = 1_000_000;
	clock.now = () => now;
	clock.random = () => 0;
	clock.timeoutSignal = () => new AbortController().signal;
	clock.sleep = async (milliseconds) => {
		waits.push(milliseconds);
		now += milliseconds;
		onPause();
		await Promise.resolve();
	};
});
afterEach(() => void Object.assign(clock, realClock));

const sumWaits = () => waits.reduce((sum, wait) => sum + wait, 0);
/** Sends a request of its own, and returns its data or its error. */
const send = async (path = `/${(requestCount += 1)}`): Promise<unknown> =>
	await client.send({ method: 'GET', path }).catch((error: unknown) => error);
const sendMany = async (count: number) => await Promise.all(Array.from({ length: count }, async () => await send()));

const expectRejection = (result: unknown, { kind, message, description }: ErrorText) => {
	expect(result).toBeInstanceOf(GoFiveError);
	expect(result).toMatchObject({ kind, message, description, httpCode: '401' });
};

describe('client credentials', () => {
	test('many requests with an expired token cause one renewal, without a pause', async () => {
		expect(await sendMany(20)).toEqual(Array.from({ length: 20 }, () => 'new-1'));
		// The requests beyond the 16 in flight are sent with the new token only.
		expect([server.fetchCount, server.sendCount, waits]).toEqual([1, 36, []]);
		expect(server.rejectedAuthorizations).toEqual(['Bearer expired']);
	});

	test('a request whose old token is rejected after the renewal is sent again, without another renewal', async () => {
		let rejectLate = () => {};
		server.held.set('/late', new Promise<void>((resolve) => (rejectLate = resolve)));
		const lateResult = send('/late');
		expect(await send()).toBe('new-1');
		rejectLate();
		expect(await lateResult).toBe('new-1');
		expect([server.fetchCount, server.rejectedAuthorizations]).toEqual([1, ['Bearer expired']]);
	});

	test('a token that expires while a request is in flight is renewed by this request', async () => {
		server.storedToken = 'new-0';
		server.acceptedTokens = ['new-0'];
		let rejectLate = () => {};
		server.held.set('/late', new Promise<void>((resolve) => (rejectLate = resolve)));
		const lateResult = send('/late');
		expect(await send()).toBe('new-0');
		server.acceptedTokens = ['new-1'];
		rejectLate();
		expect(await lateResult).toBe('new-1');
		expect([server.fetchCount, server.sentPaths]).toEqual([1, ['/late', '/1', '/late']]);
	});

	test('each token that expires after it was accepted is renewed', async () => {
		server.acceptedTokens = ['new-1', 'new-2', 'new-3'];
		for (const token of ['new-1', 'new-2', 'new-3']) {
			expect(await send()).toBe(token);
			server.acceptedTokens.shift();
		}
		expect(server.fetchCount).toBe(3);
	});

	test.each([
		[0, 250],
		[1, 1000],
	])('with random %d, a newer token than the rejected new one is looked for after %d ms', async (random, pauseMs) => {
		clock.random = () => random;
		server.acceptedTokens = [];
		expectRejection(await send(), messages.newTokenRejected);
		expect(sumWaits()).toBe(pauseMs);
		expect(server.rejectedAuthorizations).toEqual(['Bearer expired']);
		expect([server.fetchCount, server.sendCount]).toEqual([1, 2]);
	});

	test('a token that another process has stored during the pause is used, and no request renews it', async () => {
		server.acceptedTokens = ['other'];
		onPause = () => (server.storedToken = 'other');
		expect(await sendMany(3)).toEqual(['other', 'other', 'other']);
		expect([server.fetchCount, server.sendCount]).toEqual([1, 3 + 2 + 2]);
	});

	test('if other requests succeed, a request whose new token is rejected is forbidden', async () => {
		server.storedToken = 'new-0';
		server.acceptedTokens = ['new-0'];
		await send();
		server.acceptedTokens = [];
		expectRejection(await send(), messages.forbidden(QUOTE));
	});

	test('the run ends after ten rejected tokens in a row', async () => {
		server.acceptedTokens = [];
		for (let count = 1; count <= 10; count++) expectRejection(await send(), messages.newTokenRejected);
		expect(server.sendCount).toBe(11);
		expectRejection(await send(), messages.newTokenRejected);
		expect([server.fetchCount, server.sendCount]).toEqual([1, 11]);
	});

	test('an accepted request ends the row of rejected tokens', async () => {
		server.acceptedTokens = [];
		for (let count = 1; count < 10; count++) await send();
		server.acceptedTokens = [server.storedToken];
		await send();
		server.acceptedTokens = [];
		await send();
		server.acceptedTokens = [server.storedToken];
		expect(await send()).toBe(server.storedToken);
	});

	test('a response with an error accepts the token, a lost connection shows nothing', async () => {
		server.answer = () => {
			throw new Error('certificate has expired');
		};
		expect(await send()).toMatchObject(messages.certificateInvalid);
		server.acceptedTokens = [];
		expectRejection(await send(), messages.newTokenRejected);
		// Without a response, the next rejection may be that of an old token.
		expect(server.fetchCount).toBe(2);

		server.acceptedTokens = ['new-2'];
		server.answer = () => toFullResponse(responseOf({}, 400));
		expect(await send()).toMatchObject(messages.rejected(400, '', 'read'));
		server.answer = undefined;
		server.acceptedTokens = ['new-3'];
		expect(await send()).toBe('new-3');
	});

	test('if no token can be fetched, all requests of the run end, and none fetches again', async () => {
		server.tokenError = toThrowable(new GoFiveError(messages.clientCredentialsRejected));
		for (const result of await sendMany(3)) expect(result).toMatchObject(messages.clientCredentialsRejected);
		expect(await send()).toMatchObject(messages.clientCredentialsRejected);
		expect([server.fetchCount, server.sendCount, waits]).toEqual([1, 3, []]);
	});

	test('if no token can be fetched for a time, all requests wait for one of them', async () => {
		server.tokenError = toThrowable(new GoFiveError(messages.serverError(502, '')), { next: 'waitForToken' });
		onPause = () => (server.fetchCount === 4 ? (server.tokenError = undefined) : undefined);
		server.acceptedTokens = ['new-5'];
		expect(await sendMany(20)).toEqual(Array.from({ length: 20 }, () => 'new-5'));
		expect([server.fetchCount, server.maxFetches, server.sendCount]).toEqual([5, 1, 36]);
		expect(client.retries.requests).toBe(1);
		expect(sumWaits()).toBe(250 + 500 + 1000 + 2000);
	});

	test('after five attempts to fetch a token, the run ends', async () => {
		server.tokenError = toThrowable(new GoFiveError(messages.serverError(502, '')), { next: 'waitForToken' });
		const [first, ...others] = await sendMany(20);
		expect(first).toMatchObject({ message: 'GoFive could not handle the request (HTTP 502, tried 5 times)' });
		expect(others).toEqual(others.map(() => first));
		expect(server.fetchCount).toBe(5);
	});

	test('if the new token is rejected, waiting requests fail without another renewal', async () => {
		server.acceptedTokens = [];
		for (const result of await sendMany(3)) expectRejection(result, messages.newTokenRejected);
		expect(server.fetchCount).toBe(1);
	});
});

describe('a request that the token does not permit', () => {
	/** Sends a request that is never permitted. */
	const sendForbidden = async () => {
		server.answer = () => toFullResponse(UNAUTHORIZED);
		const result = await send();
		server.answer = undefined;
		return result;
	};
	const acceptAll = () => (server.acceptedTokens = ['expired', ...Array.from({ length: 20 }, (_, n) => `new-${n}`)]);

	test('between others that are permitted, causes at most ten renewals', async () => {
		acceptAll();
		for (let count = 1; count <= 12; count++) {
			expect(await send()).toBe(server.storedToken);
			expectRejection(await sendForbidden(), messages.forbidden(QUOTE));
		}
		expect(server.fetchCount).toBe(10);
	});

	test('is not forbidden while no request has succeeded', async () => {
		acceptAll();
		expectRejection(await sendForbidden(), messages.newTokenRejected);
		expect(await send()).toBe('new-1');
		expectRejection(await sendForbidden(), messages.forbidden(QUOTE));
	});

	test('nine times in a row, before and after one that succeeds, does not end the run', async () => {
		acceptAll();
		for (let round = 0; round < 2; round++) {
			for (let count = 1; count <= 9; count++) await sendForbidden();
			expect(await send()).toBe(server.storedToken);
		}
		for (let count = 1; count <= 9; count++) await sendForbidden();
		expectRejection(await sendForbidden(), messages.newTokenRejected);
		expectRejection(await send(), messages.newTokenRejected);
	});
});

describe('access token', () => {
	beforeEach(() => {
		server.credential = { ...CREDENTIAL, authentication: 'accessToken', accessToken: 'pasted' };
		server.storedToken = 'pasted';
	});

	test('a pasted token is not renewed, even if it was accepted before', async () => {
		server.acceptedTokens = ['pasted'];
		expect(await send()).toBe('pasted');
		server.acceptedTokens = [];
		expectRejection(await send(), messages.tokenRejected);
		expect([server.fetchCount, server.sendCount]).toEqual([0, 2]);
	});

	test('each of several requests in flight is sent once, without a wait', async () => {
		server.acceptedTokens = [];
		for (const result of await sendMany(3)) expectRejection(result, messages.tokenRejected);
		expect([server.sendCount, waits]).toEqual([3, []]);
	});

	test('ten rejections in a row end the run', async () => {
		for (let count = 1; count <= 10; count++) expectRejection(await send(), messages.tokenRejected);
		expectRejection(await send(), messages.tokenRejected);
		expect(server.sendCount).toBe(10);
	});
});

describe('what follows a failure', () => {
	/** Responses in turn, or null for a lost connection. After the last one, requests succeed. */
	const respondWith = (...responses: Array<HttpResponse | null>) =>
		(server.answer = () => {
			const response = responses.length > 0 ? responses.shift() : success(true);
			if (!response) throw new Error('socket hang up');
			return toFullResponse(response);
		});
	const TEMPORARY_QUOTE = 'GoFive\'s message: "Bad Gateway". ';
	const sendWrite = async () => await client.send({ method: 'POST', path: '/write' }).catch((error: unknown) => error);
	beforeEach(() => void (server.storedToken = 'new-1'));

	test('wait: a read is sent again after increasing waits, at most five times', async () => {
		respondWith(null, temporaryFailure(), temporaryFailure(3));
		expect(await send()).toBe(true);
		expect([server.sendCount, sumWaits()]).toEqual([4, 250 + 500 + 3000]);
		expect(client.retries).toEqual({ requests: 1, longestWaitMs: 3750 });
		server.answer = () => toFullResponse(temporaryFailure());
		const { message, ...text } = messages.serverError(502, TEMPORARY_QUOTE);
		expect(await send()).toMatchObject({ ...text, message: message.replace(')', ', tried 5 times)') });
		expect(server.sendCount).toBe(9);
		expect(await sendWrite()).toMatchObject({ processed: 'maybe' });
		respondWith();
		expect(await send()).toBe(true);
	});

	test('wait: other requests go on meanwhile', async () => {
		client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
		respondWith(temporaryFailure());
		expect(await Promise.all([send('/down'), send('/other')])).toEqual([true, true]);
		expect(server.sentPaths).toEqual(['/down', '/other', '/down']);
	});

	test('wait: a request that has failed five times leaves its place to one other request only', async () => {
		client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
		server.answer = () => toFullResponse(temporaryFailure());
		await send('/down');
		let respondToFirst = () => {};
		server.held.set('/first', new Promise<void>((resolve) => (respondToFirst = resolve)));
		respondWith();
		const results = Promise.all([send('/first'), send('/second')]);
		await waitForOthers();
		expect(server.sentPaths.slice(5)).toEqual(['/first']);
		respondToFirst();
		expect(await results).toEqual([true, true]);
	});

	test('without a stored token, one request is sent first, because it may have to fetch the token', async () => {
		server.storedToken = '';
		server.acceptedTokens = [''];
		let respondToFirst = () => {};
		server.held.set('/1', new Promise<void>((resolve) => (respondToFirst = resolve)));
		const results = sendMany(3);
		await waitForOthers();
		expect(server.sentPaths).toEqual(['/1']);
		respondToFirst();
		await results;
		expect(server.sentPaths).toEqual(['/1', '/2', '/3']);
	});

	test('pause: a read that the rate limit has rejected counts as sent', async () => {
		respondWith(RESPONSES.rateLimited);
		onPause = () => client.stop();
		expect(await send()).toMatchObject({ aborted: 'inProgress' });
	});

	test('pause: no other request is sent before its end', async () => {
		client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
		respondWith(rateLimited(60));
		onPause = () => expect(server.sentPaths).toEqual(['/limited']);
		expect(await Promise.all([send('/limited'), send('/other')])).toEqual([true, true]);
		expect([server.sentPaths, sumWaits()]).toEqual([['/limited', '/other', '/limited'], 60_000]);
	});

	test('pause: a request is sent again after the pause, without using up its attempts', async () => {
		respondWith(...Array.from({ length: 7 }, () => rateLimited(60)));
		expect(await sendWrite()).toBe(true);
		expect([server.sendCount, sumWaits(), client.limiter.pausedMs]).toEqual([8, 420_000, 420_000]);
		server.answer = () => toFullResponse(rateLimited(60));
		expect(await send()).toMatchObject(messages.rateLimit(60_000));
		expect(server.sendCount).toBe(8 + 11);
		respondWith();
		expect(await send()).toMatchObject(messages.rateLimit(60_000));
		expect(server.sendCount).toBe(8 + 11);
	});

	test('pause: a request with a renewed token is sent again after the pause', async () => {
		server.storedToken = 'expired';
		respondWith(rateLimited(60));
		expect(await send()).toBe(true);
		expect([server.fetchCount, server.sendCount, sumWaits()]).toEqual([1, 3, 60_000]);
	});

	test('endRun: after a wrong key, nothing else is sent', async () => {
		respondWith(RESPONSES.keyInvalid);
		for (let count = 0; count < 2; count++) expect(await send()).toMatchObject(messages.subscriptionKeyInvalid);
		const { message, description } = messages.subscriptionKeyInvalid;
		expect(await sendWrite()).toMatchObject({ message, description: `${description} Nothing was sent for this item.` });
		expect(server.sendCount).toBe(1);
	});

	test('endRun: a read that waits to be sent again does not count as unsent', async () => {
		client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
		respondWith(temporaryFailure(), RESPONSES.keyInvalid);
		const results = await Promise.all([send('/busy'), send('/other')]);
		for (const result of results)
			expect(result).toMatchObject({ ...messages.subscriptionKeyInvalid, aborted: undefined });
		expect(server.sentPaths).toEqual(['/busy', '/other']);
	});

	test('wait: the number of attempts follows a message without parentheses', async () => {
		server.answer = () => {
			throw new Error('socket hang up');
		};
		expect(await send()).toMatchObject({ message: 'The connection to GoFive was lost (tried 5 times)' });
	});

	test('of a stopped run: nothing is sent, and only a read that was sent before counts as in progress', async () => {
		respondWith(temporaryFailure());
		onPause = () => client.stop();
		expect(await send()).toMatchObject({ ...messages.cancelledInProgress, aborted: 'inProgress' });
		expect(await send()).toMatchObject({ ...messages.cancelledRead, aborted: 'beforeSending' });
		expect(server.sendCount).toBe(1);
		client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
		respondWith(RESPONSES.rateLimited);
		expect(await sendWrite()).toMatchObject({ ...messages.cancelledWrite, aborted: 'beforeSending' });
	});

	test('equal reads in flight share a request, equal writes do not', async () => {
		await Promise.all([send('/same'), send('/same'), send('/same'), sendWrite(), sendWrite()]);
		expect(server.sentPaths.sort()).toEqual(['/same', '/write', '/write']);
		await send('/same');
		expect(server.sendCount).toBe(4);
	});

	test('reads in flight with different bodies do not share a request, also if they are GET requests', async () => {
		const read = (day: string) => client.send({ method: 'GET', path: '/events', body: { DateFrom: day } });
		await Promise.all([read('2025-01-01'), read('2025-02-01')]);
		expect(server.sentPaths).toEqual(['/events', '/events']);
	});
});

describe('a server that is down', () => {
	const DOWN = { message: 'GoFive is not available', aborted: 'beforeSending' };
	const listFailed = (results: unknown[]) =>
		results.filter((result) => result instanceof GoFiveError && !result.aborted);
	/** Lets requests time out after this time. Those that are in flight together time out together. */
	const timeOutAfter = (seconds: number) => {
		clock.timeoutSignal = () => {
			const controller = new AbortController();
			const endsAt = clock.now() + seconds * 1000;
			const tick = () => {
				if (clock.now() >= endsAt) controller.abort();
				else setImmediate(tick);
			};
			tick();
			return controller.signal;
		};
		server.answer = () => new Promise(() => undefined);
		const advance = () => {
			now += 10_000;
			if (!isOver) setTimeout(advance, 2);
		};
		let isOver = false;
		let now = clock.now();
		clock.now = () => now;
		setTimeout(advance, 2);
		return () => (isOver = true);
	};
	beforeEach(() => void (server.storedToken = 'new-1'));

	test.each([
		[16, 3000],
		[1, 20],
	])('ends %i parallel requests after ten timeouts in a row, and does not send the rest', async (parallel, count) => {
		client = new Client(server.context, { timeoutSeconds: 60, totalTimeoutSeconds: 60, maxParallelRequests: parallel });
		const startedAt = clock.now();
		const stop = timeOutAfter(60);
		const results = await sendMany(count);
		stop();
		const failed = listFailed(results);
		expect(failed[0]).toMatchObject(messages.timeout(60));
		// Ten times as many as are in flight, because the end of the total time does not decrease their number.
		expect(failed.length).toBeLessThanOrEqual(10 * parallel);
		expect(failed.length).toBe(server.sendCount);
		expect(results.at(-1)).toMatchObject(DOWN);
		// Requests that time out together count once.
		expect(clock.now() - startedAt).toBeGreaterThanOrEqual(10 * 60_000);
		expect(clock.now() - startedAt).toBeLessThan(15 * 60_000);
	});

	test('is not assumed after fast failures of a few seconds', async () => {
		let count = 0;
		server.answer = () => toFullResponse(responseOf({}, (count += 1) <= 500 ? 500 : 400));
		const results = await sendMany(600);
		expect(listFailed(results)).toHaveLength(600);
		expect(server.sendCount).toBe(600);
	});

	/** Sends requests that fail one at a time, each after a pause. */
	const failFor = async (count: number, pauseMs = 10_000) => {
		server.answer = () => toFullResponse(responseOf({}, 500));
		for (let index = 0; index < count; index += 1) {
			await clock.sleep(pauseMs);
			expect(await send()).toMatchObject({ httpCode: '500' });
		}
		server.answer = undefined;
	};

	test('is assumed after ten failures in exactly a minute, and not before', async () => {
		await failFor(9, 0);
		await failFor(1, 59_999);
		expect(await send()).toBe('new-1');
		await failFor(9, 0);
		await failFor(1, 60_000);
		expect(await send()).toMatchObject(DOWN);
	});

	test('is assumed after ten failures between which a request was cancelled', async () => {
		await failFor(9);
		const cancelled = client.send({ method: 'GET', path: '/cancelled' }, { isObsolete: () => true });
		await expect(cancelled).rejects.toMatchObject({ aborted: 'beforeSending' });
		await failFor(1);
		expect(await send()).toMatchObject(DOWN);
	});

	test('is not assumed after nine failures before a computer sleeps for two hours, and one after it', async () => {
		server.answer = () => toFullResponse(responseOf({}, 500));
		for (let count = 0; count < 9; count += 1) expect(await send()).toMatchObject({ httpCode: '500' });
		await clock.sleep(2 * 60 * 60_000);
		for (let count = 0; count < 9; count += 1) expect(await send()).toMatchObject({ httpCode: '500' });
		server.answer = undefined;
		expect(await send()).toBe('new-1');
	});

	test('is not assumed if the computer sleeps while the tenth request is in flight', async () => {
		server.answer = () => toFullResponse(responseOf({}, 500));
		for (let count = 0; count < 9; count += 1) expect(await send()).toMatchObject({ httpCode: '500' });
		server.answer = async () => {
			await clock.sleep(2 * 60 * 60_000);
			return toFullResponse(responseOf({}, 500));
		};
		expect(await send()).toMatchObject({ httpCode: '500' });
		server.answer = undefined;
		expect(await send()).toBe('new-1');
	});

	test('is assumed although each request waits for a long Retry-After and takes its total time', async () => {
		client = new Client(server.context, { timeoutSeconds: 5, maxParallelRequests: 1 });
		server.answer = async () => {
			await clock.sleep(50_000);
			return toFullResponse(responseOf({}, 503, { 'retry-after': '120' }));
		};
		for (let count = 0; count < 10; count += 1) expect(await send()).toMatchObject({ httpCode: '503' });
		expect(await send()).toMatchObject(DOWN);
	});

	test('is assumed after ten failures in more than a minute, unless one request has a response', async () => {
		await failFor(9);
		expect(await send()).toBe('new-1');
		await failFor(9);
		server.answer = () => toFullResponse(responseOf({}, 404));
		expect(await send()).toMatchObject({ httpCode: '404' });
		await failFor(10);
		expect(await send()).toMatchObject(DOWN);
		expect(await client.send({ method: 'POST', path: '/write' }).catch((error: unknown) => error)).toMatchObject({
			...DOWN,
			processed: undefined,
			description: expect.stringContaining('the last time with this message: GoFive could not handle the request'),
		});
		expect(server.sendCount).toBe(30);
	});
});

test('a request that is not needed any more is not sent, and does not end an equal one', async () => {
	server.storedToken = 'new-1';
	client = new Client(server.context, { timeoutSeconds: 60, maxParallelRequests: 1 });
	const request = { method: 'GET', path: '/same' } as const;
	const results = await Promise.all([
		send('/first'),
		client.send(request, { isObsolete: () => true }).catch((error: unknown) => error),
		client.send(request),
	]);
	expect(results).toEqual(['new-1', expect.objectContaining({ aborted: 'beforeSending' }), 'new-1']);
	expect(server.sentPaths).toEqual(['/first', '/same']);
});

test.each([
	['the rate limit', 429],
	['a proxy', 407],
	['a server error', 500],
])('%s shows nothing about the token, so a rejected one is not called a missing permission', async (_, status) => {
	server.acceptedTokens = ['expired'];
	server.answer = () => toFullResponse(responseOf({}, status));
	onPause = () => (server.acceptedTokens = []);
	await send();
	server.acceptedTokens = [];
	expectRejection(await send(), messages.newTokenRejected);
});

describe('a request that renews the token for all', () => {
	const respond = (statusCode: number) => ({ statusCode, headers: {}, body: '{}' });
	/** Sends requests, of which the first one meets this response instead of an accepted token. */
	const sendManyWith = async (answer: () => unknown) => {
		let isFirst = true;
		server.answer = () => {
			if (!isFirst) return respond(400);
			isFirst = false;
			return answer();
		};
		return await sendMany(20);
	};
	const expectOthersAreSent = (results: unknown[], count = 19) => {
		const rejected = results.filter((result) => result instanceof GoFiveError && result.httpCode === '400');
		expect(rejected).toHaveLength(count);
	};

	test('lets the others go on if the rate limit rejects it, and is sent again', async () => {
		const results = await sendManyWith(() => respond(429));
		expectOthersAreSent(results, 20);
		expect([server.fetchCount, client.limiter.isClosed]).toEqual([1, false]);
		expect(client.limiter.pausedMs).toBeGreaterThan(0);
	});

	test('lets the others go on while it waits for a server that is down', async () => {
		const results = await sendManyWith(() => toFullResponse(temporaryFailure()));
		expectOthersAreSent(results, 20);
		expect([server.fetchCount, client.limiter.isClosed, client.retries.requests]).toEqual([1, false, 1]);
	});

	test('lets the others go on if it fails', async () => {
		const results = await sendManyWith(() => respond(500));
		expectOthersAreSent(results);
		expect([server.fetchCount, client.limiter.isClosed]).toEqual([1, false]);
	});

	test('is not sent again if it is a write whose response is lost', async () => {
		let writeCount = 0;
		server.answer = () => {
			writeCount += 1;
			throw new Error('socket hang up');
		};
		const [write] = await Promise.all([
			client.send({ method: 'POST', path: '/write' }).catch((error: unknown) => error),
			send(),
		]);
		expect(write).toMatchObject({ message: messages.connectionLost.message, processed: 'maybe' });
		// The write, and five attempts of the read.
		expect([writeCount, client.limiter.isClosed]).toEqual([6, false]);
	});

	test.each<[string, () => void]>([
		['waits for the token of another process', () => (server.acceptedTokens = [])],
		[
			'waits for a token endpoint that is down',
			() => (server.tokenError = toThrowable(new GoFiveError(messages.serverError(502, '')), { next: 'waitForToken' })),
		],
	])('ends, and so do the others, if the run is stopped while it %s', async (_, prepare) => {
		prepare();
		onPause = () => client.stop();
		const results = await sendMany(20);
		for (const result of results) expect(result).toBeInstanceOf(GoFiveError);
		expect(results).toContainEqual(expect.objectContaining({ aborted: 'beforeSending' }));
		expect([server.fetchCount, client.limiter.isClosed]).toEqual([1, false]);
	});
});

test('an error of n8n keeps its text, and nothing is sent', async () => {
	const context = { ...server.context, getCredentials: async () => await Promise.reject(new Error('No credential')) };
	client = new Client(context, { timeoutSeconds: 60, maxParallelRequests: 128 });
	expect(await send()).toMatchObject({ message: 'No credential', kind: 'input' });
	expect(server.sendCount).toBe(0);
});

test('a token that another process has stored is masked in the error', async () => {
	server.acceptedTokens = ['token-of-another-process'];
	onPause = () => (server.storedToken = 'token-of-another-process');
	server.answer = () => ({ statusCode: 400, headers: {}, body: `{"message":"${server.storedToken}"}` });
	expect(await send()).toMatchObject(messages.rejected(400, 'GoFive\'s message: "***". ', 'read'));
});

test('secrets in a response are masked in the error', async () => {
	server.storedToken = 'token-of-the-run';
	server.acceptedTokens = [server.storedToken];
	const message = 'client-secret-1 subscription-key-1 token-of-the-run';
	server.answer = () => ({ statusCode: 400, headers: {}, body: JSON.stringify({ message }) });
	const quote = 'GoFive\'s message: "*** *** ***". ';
	expect(await send()).toMatchObject(messages.rejected(400, quote, 'read'));
	const rejectedPath = await send('https://other.example/client-secret-1');
	expect(rejectedPath).toMatchObject({ message: "'https://other.example/***' is not below the base URL" });
	expect(client.toError(new GoFiveError({ message, description: message }))).toMatchObject({
		message: '*** *** ***',
		description: '*** *** ***',
	});
});

describe('a run that ends', () => {
	const ABORT_TEXT = messages.pollEnded('Advice.');
	let endController: AbortController;
	beforeEach(() => {
		server.storedToken = 'new-1';
		endController = new AbortController();
		const { signal } = endController;
		client = new Client(server.context, {
			timeoutSeconds: 60,
			maxParallelRequests: 1,
			signal,
			getAbortText: () => ABORT_TEXT,
		});
	});

	test('has its own text in the errors of requests that were sent, and of those that were not', async () => {
		server.held.set('/1', new Promise(() => undefined));
		const results = sendMany(3);
		await waitForOthers();
		endController.abort();
		const [first, ...others] = await results;
		expect(first).toMatchObject({ ...ABORT_TEXT, aborted: 'inProgress' });
		for (const other of others) expect(other).toMatchObject({ ...ABORT_TEXT, aborted: 'beforeSending' });
		expect(server.sendCount).toBe(1);
	});

	test('gives the requests in flight one second', async () => {
		const timeouts: Array<{ milliseconds: number; controller: AbortController }> = [];
		clock.timeoutSignal = (milliseconds) => {
			const controller = new AbortController();
			timeouts.push({ milliseconds, controller });
			return controller.signal;
		};
		server.held.set('/1', new Promise(() => undefined));
		const results = sendMany(2);
		await waitForOthers();
		client.stop();
		client.stop();
		// The timeout of the request in flight, and the second for it.
		expect(timeouts.map(({ milliseconds }) => milliseconds)).toEqual([600_000, 1000]);
		timeouts[1]?.controller.abort();
		expect((await results).map((result) => (result as GoFiveError).aborted)).toEqual(['inProgress', 'beforeSending']);
	});
});

test('only the first exception of a run is logged, without its text, and a write after it may be processed', async () => {
	server.storedToken = 'new-1';
	server.answer = respondUnreadably;
	await sendMany(3);
	const write = await client.send({ method: 'POST', path: '/write' }).catch((error: unknown) => error);
	expect(write).toMatchObject({ message: messages.unexpectedFormat.message, processed: 'maybe' });
	expect(client.toError(new RangeError('secret'))).toMatchObject(messages.unexpectedFormat);
	expect(server.loggedErrors).toEqual(['The GoFive node could not process a response (TypeError)']);
});
