import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Received {
	method: string;
	path: string;
	authorization: string;
	contentLength: string | undefined;
	body: string;
}

/**
 * A plain server without any library between the wire and the test: hands out tokens at /token, accepts only
 * the newest one elsewhere, echoes at /echo, answers something else at /page and never at /hang.
 */
export async function startExampleServer() {
	const received: Received[] = [];
	let tokens = 0;
	let accepted = '';
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const authorization = headers.authorization ?? '';
			const contentLength = headers['content-length'];
			const body = Buffer.concat(chunks).toString('utf8');
			received.push({ method, path, authorization, contentLength, body });
			const send = (status: number, json: object) => {
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
			};
			if (path === '/token') {
				tokens += 1;
				accepted = `token-${tokens}`;
				return send(200, { token: accepted });
			}
			if (authorization !== `Bearer ${accepted}`) return send(401, { message: 'Refused' });
			if (path === '/hang') return undefined;
			if (path === '/page') return send(200, ['no such page']);
			return send(200, { seen: received.length, method, body });
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		/** Accepts only this token from now on. */
		accept(token: string) {
			accepted = token;
		},
		/** Forgets tokens and requests. */
		reset() {
			received.length = 0;
			tokens = 0;
			accepted = '';
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
