import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findFreePort } from '../instance/systemRequirements.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import { isReachable } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';

/** Path of nginx in Debian's package. */
const NGINX_PATH = '/usr/sbin/nginx';
/** Time limit in ms for the start of nginx. */
const NGINX_START_TIMEOUT_MS = 10_000;

/** Whether nginx is installed. */
export const isNginxInstalled = existsSync(NGINX_PATH);

/** Directives by limit. Each limit has an address of its own. */
const NGINX_LIMITS = {
	/** Requests per second. Up to five are delayed, the others rejected. */
	rate: 'limit_req zone=rate burst=5;',
	/** Requests per second. Up to five pass at once, the others are rejected. */
	burst: 'limit_req zone=rate burst=5 nodelay;',
	/** Concurrent requests. */
	connections: 'limit_conn connections 6;',
};

/** Name of a limit of nginx. */
export type NginxLimit = keyof typeof NGINX_LIMITS;

/** Base URLs of the sandbox behind nginx, by limit. */
export type GatewayUrls = Record<NginxLimit, string>;

/**
 * Builds the configuration with each limit as nginx documents it. All files are inside nginx's own folder.
 * @see https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
 */
const buildConfiguration = (sandboxUrl: string, gatewayUrls: GatewayUrls): string => `
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
		server ${new URL(sandboxUrl).host};
		keepalive 64;
	}
	proxy_http_version 1.1;
	proxy_set_header Connection "";
${Object.entries(gatewayUrls)
	.map(
		([limit, url]) => `
	server {
		listen ${new URL(url).host};
		server_name ${limit};
		location / {
			${NGINX_LIMITS[limit as NginxLimit]}
			proxy_pass http://sandbox;
		}
	}`,
	)
	.join('')}
}
`;

/**
 * Starts nginx in front of the sandbox. It ends with the script.
 * @param folder folder for nginx's files, which is created
 * @throws UserFacingError if it does not start
 */
export async function startNginx(script: ScriptContext, folder: string, sandboxUrl: string): Promise<GatewayUrls> {
	const findLocalUrl = async (): Promise<string> => `http://127.0.0.1:${await findFreePort()}`;
	const gatewayUrls = { rate: await findLocalUrl(), burst: await findLocalUrl(), connections: await findLocalUrl() };
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'nginx.conf'), buildConfiguration(sandboxUrl, gatewayUrls));
	void script.startProcess(NGINX_PATH, ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf']);
	if (await script.waitFor(() => isReachable(`${gatewayUrls.connections}/__sandbox/behaviour`), NGINX_START_TIMEOUT_MS))
		return gatewayUrls;
	throw new UserFacingError('nginx did not start.', `What it printed is in ${script.logFile}`);
}
