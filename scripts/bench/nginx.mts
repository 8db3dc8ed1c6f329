import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../start/machine.mts';
import { PlainStop } from '../start/plain.mts';
import { answers } from '../start/server.mts';
import type { Session } from '../start/session.mts';

/** Where Debian's package puts it. */
const PROGRAM = '/usr/sbin/nginx';
/** Milliseconds that it may take to start. */
const PATIENCE = 10_000;

/** Whether nginx is installed. */
export const hasNginx = existsSync(PROGRAM);

/** What nginx limits, each at an address of its own. */
const LIMITS = {
	/** Requests a second; up to five wait for their turn, the rest is refused. */
	rate: 'limit_req zone=rate burst=5;',
	/** The same, but the five go on at once. */
	burst: 'limit_req zone=rate burst=5 nodelay;',
	/** Requests under way. */
	connections: 'limit_conn connections 6;',
};

/** A limit of nginx. */
export type Limit = keyof typeof LIMITS;

/** The addresses at which nginx stands before the sandbox, by what each limits. */
export type Gateways = Record<Limit, string>;

/** nginx as its documentation shows each limit. All it writes goes into its own folder, and no log is kept. */
const configuration = (sandbox: string, gateways: Gateways): string => `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path temporary;
	proxy_temp_path temporary;
	fastcgi_temp_path temporary;
	uwsgi_temp_path temporary;
	scgi_temp_path temporary;
	limit_req_zone $server_name zone=rate:1m rate=20r/s;
	limit_req_status 429;
	limit_req_log_level info;
	limit_conn_zone $server_name zone=connections:1m;
	limit_conn_log_level info;
	upstream sandbox {
		server ${new URL(sandbox).host};
		keepalive 64;
	}
	proxy_http_version 1.1;
	proxy_set_header Connection "";
${Object.entries(gateways)
	.map(
		([limit, url]) => `
	server {
		listen ${new URL(url).host};
		server_name ${limit};
		location / {
			${LIMITS[limit as Limit]}
			proxy_pass http://sandbox;
		}
	}`,
	)
	.join('')}
}
`;

/**
 * Starts nginx before the sandbox; it ends with the session.
 * @param folder for what it writes; it is made
 * @throws PlainStop when it does not start
 */
export async function startNginx(session: Session, folder: string, sandbox: string): Promise<Gateways> {
	const address = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;
	const gateways = { rate: await address(), burst: await address(), connections: await address() };
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'nginx.conf'), configuration(sandbox, gateways));
	void session.start(PROGRAM, ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf']);
	if (await session.until(() => answers(`${gateways.connections}/__sandbox/behaviour`), PATIENCE)) return gateways;
	throw new PlainStop('nginx did not start.', `What it printed is in ${session.log}`);
}
