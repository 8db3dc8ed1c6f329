import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isReachable } from '../instance/n8nProcess.mts';
import { findFreePort } from '../instance/ports.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { UserFacingError } from '../instance/userFacingError.mts';

/** Path of nginx in Debian's package. */
const NGINX_PATH = '/usr/sbin/nginx';
/** Time limit in ms for the start of nginx. */
const NGINX_START_TIMEOUT_MS = 10_000;

/** Whether nginx is installed. */
export const isNginxInstalled = existsSync(NGINX_PATH);

/**
 * Builds a configuration with one path per limit. All files of nginx are inside its own folder.
 * @see https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
 */
const buildConfiguration = (url: string, sandboxUrl: string): string => `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
	uwsgi_temp_path temporary; scgi_temp_path temporary;
	limit_req_zone $server_name zone=rate:1m rate=20r/s;
	limit_req_status 429;
	limit_conn_zone $server_name zone=connections:1m;
	upstream sandbox { server ${new URL(sandboxUrl).host}; keepalive 64; }
	proxy_http_version 1.1;
	proxy_set_header Connection "";
	server {
		listen ${new URL(url).host};
		server_name sandbox;
		location /nginx-rate/ { limit_req zone=rate burst=5; proxy_pass http://sandbox/; }
		location /nginx-burst/ { limit_req zone=rate burst=5 nodelay; proxy_pass http://sandbox/; }
		location /nginx-connections/ { limit_conn connections 6; proxy_pass http://sandbox/; }
	}
}
`;

/**
 * Starts nginx in front of the sandbox. It ends with the script.
 * @param folder - Folder for nginx's files, which is created
 * @returns the URL of nginx. The base URL of a case is the path with its name
 * @throws UserFacingError if it does not start
 */
export async function startNginx(script: ScriptContext, folder: string, sandboxUrl: string): Promise<string> {
	const url = `http://127.0.0.1:${await findFreePort()}`;
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'nginx.conf'), buildConfiguration(url, sandboxUrl));
	void script.startProcess(NGINX_PATH, ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf']);
	if (await script.waitFor(() => isReachable(`${url}/nginx-connections/__sandbox/behaviour`), NGINX_START_TIMEOUT_MS))
		return url;
	throw new UserFacingError('nginx did not start.', `The output of nginx is in ${script.logFile}`);
}
