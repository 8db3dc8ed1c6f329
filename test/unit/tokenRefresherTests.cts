import { GoFiveError, type ErrorText } from '../../nodes/GoFive/api/errors';
import { messages } from '../../nodes/GoFive/api/messages';
import type { CredentialVerdict, Failure, RequestResult } from '../../nodes/GoFive/api/outcome';
import { TokenRefresher, type Attempt } from '../../nodes/GoFive/api/tokenRefresher';
import { clock } from '../../nodes/GoFive/time/clock';

const QUOTE = 'GoFive\'s message: "No". ';
const createFailure = (credential: CredentialVerdict, text: ErrorText = messages.tls): Failure => ({
	error: new GoFiveError(text, { httpCode: '500' }),
	credential,
	load: 'completed',
	quote: QUOTE,
});
const TOKEN_REJECTED = createFailure('tokenRejected', messages.tokenRejected);

/** Part of n8n and of GoFive: stores and issues tokens, and accepts those of a list. */
class SimulatedServer {
	storedToken = 'expired';
	acceptedTokens = ['new-1'];
	/** Set to a failure if no token can be fetched. */
	tokenFailure?: Failure;
	fetchCount = 0;
	sendCount = 0;
	/** Authorization headers with which a request was signed again. */
	readonly rejectedAuthorizations: string[] = [];

	/** Sends a request. If the rejected token is stored, a new one is fetched first. */
	readonly send = async (rejectedAuthorization?: string, acceptedResult?: RequestResult): Promise<Attempt> => {
		if (rejectedAuthorization !== undefined) this.rejectedAuthorizations.push(rejectedAuthorization);
		if (rejectedAuthorization === `Bearer ${this.storedToken}`) {
			this.fetchCount += 1;
			await waitForOthers();
			if (this.tokenFailure) return { result: this.tokenFailure };
			this.storedToken = `new-${this.fetchCount}`;
		}
		this.sendCount += 1;
		const token = this.storedToken;
		await waitForOthers();
		const isAccepted = this.acceptedTokens.includes(token);
		const result = isAccepted ? (acceptedResult ?? { data: token }) : TOKEN_REJECTED;
		return { result, authorization: `Bearer ${token}` };
	};
}

const waitForOthers = async () => await new Promise((resolve) => setImmediate(resolve));

let server: SimulatedServer;
const readAuthorization = async () => await Promise.resolve(`Bearer ${server.storedToken}`);
/** Waits in ms. */
let waits: number[];
/** What happens elsewhere during a pause. */
let onPause: () => void;
const realClock = { ...clock };
beforeEach(() => {
	server = new SimulatedServer();
	waits = [];
	onPause = () => undefined;
	let now = 1_000_000;
	clock.now = () => now;
	clock.random = () => 0;
	clock.sleep = async (milliseconds) => {
		waits.push(milliseconds);
		now += milliseconds;
		onPause();
		await Promise.resolve();
	};
});
afterEach(() => void Object.assign(clock, realClock));

const sumWaits = () => waits.reduce((sum, wait) => sum + wait, 0);

/** Returns message, description and verdict of a failure, which the result must be. */
function describeFailure(result: RequestResult) {
	if ('data' in result) throw new Error(`Not a failure: ${JSON.stringify(result)}`);
	const { error, credential } = result;
	return { message: error.message, description: error.description, credential, origin: error.origin };
}

const buildRejection = ({ message, description }: ErrorText, credential = 'tokenRejected') => ({
	message,
	description,
	credential,
	origin: { httpCode: '401' },
});

describe('client credentials', () => {
	let refresher: TokenRefresher;
	beforeEach(() => void (refresher = new TokenRefresher(true, readAuthorization)));
	const send = async () => await refresher.send(server.send);

	test('an accepted token is not refreshed', async () => {
		server.storedToken = 'new-1';
		expect(await send()).toEqual({ data: 'new-1' });
		expect([server.fetchCount, server.sendCount]).toEqual([0, 1]);
	});

	test('many requests with an expired token cause one refresh, without a pause', async () => {
		const results = await Promise.all(Array.from({ length: 20 }, send));
		expect(results).toEqual(results.map(() => ({ data: 'new-1' })));
		expect([server.fetchCount, server.sendCount, waits]).toEqual([1, 40, []]);
		expect(server.rejectedAuthorizations).toEqual(['Bearer expired']);
	});

	test('a request whose old token is rejected after the refresh is sent again, without another refresh', async () => {
		let isFirst = true;
		let rejectLate = () => {};
		const late = new Promise<void>((resolve) => (rejectLate = resolve));
		const lateResult = refresher.send(async (rejectedAuthorization) => {
			if (!isFirst) return await server.send(rejectedAuthorization);
			isFirst = false;
			await late;
			return { result: TOKEN_REJECTED, authorization: 'Bearer expired' };
		});
		await send();
		rejectLate();
		expect(await lateResult).toEqual({ data: 'new-1' });
		expect([server.fetchCount, server.rejectedAuthorizations]).toEqual([1, ['Bearer expired']]);
	});

	test('each token that expires after it was accepted is refreshed', async () => {
		server.acceptedTokens = ['new-1', 'new-2', 'new-3'];
		for (const token of ['new-1', 'new-2', 'new-3']) {
			expect(await send()).toEqual({ data: token });
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
		expect(describeFailure(await send())).toEqual(buildRejection(messages.newTokenRejected));
		expect(sumWaits()).toBe(pauseMs);
		expect(server.rejectedAuthorizations).toEqual(['Bearer expired']);
		expect([server.fetchCount, server.sendCount]).toEqual([1, 2]);
	});

	test('a token that another process has stored during the pause is used', async () => {
		server.acceptedTokens = ['other'];
		onPause = () => (server.storedToken = 'other');
		expect(await send()).toEqual({ data: 'other' });
		expect([server.fetchCount, server.sendCount]).toEqual([1, 3]);
	});

	test('a cancelled execution ends the pause', async () => {
		server.acceptedTokens = [];
		refresher = new TokenRefresher(true, readAuthorization, AbortSignal.abort());
		expect(describeFailure(await send())).toEqual(buildRejection(messages.newTokenRejected));
		expect(waits).toEqual([]);
	});

	test('a new token that was never accepted is not refreshed again', async () => {
		server.acceptedTokens = [];
		await send();
		expect(describeFailure(await send())).toEqual(buildRejection(messages.newTokenRejected));
		expect(server.fetchCount).toBe(1);
	});

	test('if other requests succeed, a request whose new token is rejected is forbidden', async () => {
		server.storedToken = 'new-0';
		server.acceptedTokens = ['new-0'];
		await send();
		server.acceptedTokens = [];
		expect(describeFailure(await send())).toEqual(buildRejection(messages.forbidden(QUOTE)));
	});

	test('the credential is unusable after ten rejected tokens in a row', async () => {
		server.acceptedTokens = [];
		for (let count = 1; count < 10; count++) expect(describeFailure(await send()).credential).toBe('tokenRejected');
		expect(describeFailure(await send())).toEqual(buildRejection(messages.newTokenRejected, 'unusable'));
		expect(server.fetchCount).toBe(1);
	});

	test('an accepted request ends the row of rejected tokens', async () => {
		server.acceptedTokens = [];
		for (let count = 1; count < 10; count++) await send();
		server.acceptedTokens = [server.storedToken];
		await send();
		server.acceptedTokens = [];
		expect(describeFailure(await send()).credential).toBe('tokenRejected');
	});

	test('a response with an error accepts the token, a lost connection shows nothing', async () => {
		server.acceptedTokens = ['new-1'];
		const lost = createFailure('unknown');
		expect(await refresher.send(async (header) => await server.send(header, lost))).toBe(lost);
		server.acceptedTokens = [];
		expect(describeFailure(await send())).toEqual(buildRejection(messages.newTokenRejected));
		// Without a response, the next rejection may be that of an old token.
		expect(server.fetchCount).toBe(2);

		server.acceptedTokens = ['new-2'];
		const accepted = createFailure('accepted');
		expect(await refresher.send(async (header) => await server.send(header, accepted))).toBe(accepted);
		server.acceptedTokens = ['new-3'];
		expect(await send()).toEqual({ data: 'new-3' });
	});

	test('if no token can be fetched, all waiting requests end, and a later one fetches again', async () => {
		server.tokenFailure = createFailure('unusable', messages.clientCredentialsRejected);
		const results = await Promise.all([send(), send(), send()]);
		for (const result of results) expect(result).toBe(server.tokenFailure);
		expect([server.fetchCount, server.sendCount, waits]).toEqual([1, 3, []]);
		server.tokenFailure = undefined;
		server.acceptedTokens = ['new-2'];
		expect(await send()).toEqual({ data: 'new-2' });
	});

	test('if the new token is rejected, waiting requests fail without another refresh', async () => {
		server.acceptedTokens = [];
		const results = await Promise.all([send(), send(), send()]);
		for (const result of results) expect(describeFailure(result)).toEqual(buildRejection(messages.newTokenRejected));
		expect(server.fetchCount).toBe(1);
	});
});

describe('access token', () => {
	let refresher: TokenRefresher;
	beforeEach(() => void (refresher = new TokenRefresher(false, readAuthorization)));
	const send = async () => await refresher.send(server.send);

	test('a pasted token is not refreshed, even if it was accepted before', async () => {
		server.storedToken = 'pasted';
		server.acceptedTokens = ['pasted'];
		expect(await send()).toEqual({ data: 'pasted' });
		server.acceptedTokens = [];
		expect(describeFailure(await send())).toEqual(buildRejection(messages.tokenRejected));
		expect([server.fetchCount, server.sendCount]).toEqual([0, 2]);
	});

	test('ten rejections in a row make it unusable', async () => {
		for (let count = 1; count < 10; count++) expect(describeFailure(await send()).credential).toBe('tokenRejected');
		expect(describeFailure(await send())).toEqual(buildRejection(messages.tokenRejected, 'unusable'));
	});
});
