/**
 * Preloaded into n8n's process (`NODE_OPTIONS=--import=...`).
 * Redirects HTTPS requests for other machines to the recorder, and blocks all other connections to other machines.
 * Compiled separately, so it imports only modules of Node.
 */
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { urlToHttpOptions } from 'node:url';

type ResponseCallback = (response: IncomingMessage) => void;

const RECORDER_HOST = '127.0.0.1';
const port = Number(process.env['SERVICES_PORT']);
/** Hosts that are not redirected: this machine, and those below .invalid, which do not exist. */
const DIRECT_HOSTS = /^(localhost|127(\.\d+){3}|::1)$|\.invalid$/u;

const { request } = https;

/** Replaces https.request. The header Host contains the requested host. */
https.request = (
	urlOrOptions: string | URL | RequestOptions,
	second?: RequestOptions | ResponseCallback,
	third?: ResponseCallback,
): ClientRequest => {
	const input =
		typeof urlOrOptions === 'string' || urlOrOptions instanceof URL
			? urlToHttpOptions(new URL(urlOrOptions))
			: urlOrOptions;
	const options: RequestOptions = { ...input, ...(typeof second === 'object' ? second : {}) };
	const callback = typeof second === 'function' ? second : third;
	const targetHost = options.hostname ?? options.host ?? 'localhost';
	if (DIRECT_HOSTS.test(targetHost)) return request(options, callback);
	const { method, path, headers, timeout, signal } = options;
	return http.request(
		{ method, path, timeout, signal, headers: { ...headers, host: targetHost }, host: RECORDER_HOST, port },
		callback,
	);
};
syncBuiltinESMExports();

const socketPrototype = net.Socket.prototype as unknown as {
	connect: (this: net.Socket, ...connectArguments: unknown[]) => net.Socket;
};
const { connect } = socketPrototype;

/** Replaces the start of every connection, including TLS and fetch. */
socketPrototype.connect = function (...input) {
	// Node's own callers pass a list with the options and the callback.
	const [first, second] = input.flat();
	const { host, path } = (typeof first === 'object' ? first : { host: second }) as { host?: unknown; path?: unknown };
	const targetHost = typeof host === 'string' ? host : 'localhost';
	if (typeof path === 'string' || DIRECT_HOSTS.test(targetHost)) return connect.apply(this, input);
	http
		.get({
			host: RECORDER_HOST,
			port,
			path: `/?to=${encodeURIComponent(targetHost)}`,
			headers: { host: 'outside' },
		})
		.on('error', () => undefined);
	process.nextTick(() =>
		this.destroy(new Error(`Nothing leaves this machine in the tests, and this was meant for ${targetHost}`)),
	);
	return this;
};
