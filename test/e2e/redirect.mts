/**
 * Loaded into n8n's process before all else (`NODE_OPTIONS=--import=...`): calls to Slack and Google go to their stand-ins,
 * and nothing else leaves this machine. It is compiled by itself, so it imports nothing but Node's own.
 */
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { urlToHttpOptions } from 'node:url';

type OnAnswer = (answer: IncomingMessage) => void;

const HOST = '127.0.0.1';
const port = Number(process.env['STAND_INS_PORT']);
const PLAYED = /^slack\.com$|\.googleapis\.com$/u;
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/u;

const { request } = https;

/** As https.request; who is meant travels in the header Host. */
https.request = (first: string | URL | RequestOptions, second?: RequestOptions | OnAnswer, third?: OnAnswer): ClientRequest => {
	const given = typeof first === 'string' || first instanceof URL ? urlToHttpOptions(new URL(first)) : first;
	const options: RequestOptions = { ...given, ...(typeof second === 'object' ? second : {}) };
	const onAnswer = typeof second === 'function' ? second : third;
	const meant = options.hostname ?? options.host ?? '';
	if (!PLAYED.test(meant)) return request(options, onAnswer);
	const { method, path, headers, timeout, signal } = options;
	return http.request({ method, path, timeout, signal, headers: { ...headers, host: meant }, host: HOST, port }, onAnswer);
};
syncBuiltinESMExports();

const prototype = net.Socket.prototype as unknown as { connect: (this: net.Socket, ...given: unknown[]) => net.Socket };
const { connect } = prototype;

/** Every connection, those of TLS and of fetch too, begins here. */
prototype.connect = function (...given) {
	// Node's own callers hand over a list: the options and the callback.
	const [first, second] = given.flat();
	const { host, path } = (typeof first === 'object' ? first : { host: second }) as { host?: unknown; path?: unknown };
	const meant = typeof host === 'string' ? host : 'localhost';
	if (typeof path === 'string' || LOOPBACK.test(meant)) return connect.apply(this, given);
	http.get({ host: HOST, port, path: `/?to=${encodeURIComponent(meant)}`, headers: { host: 'outside' } }).on('error', () => undefined);
	process.nextTick(() => this.destroy(new Error(`Nothing leaves this machine in the tests, and this was meant for ${meant}`)));
	return this;
};
