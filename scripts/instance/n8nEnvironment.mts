import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import type { N8nInstallation } from './n8nInstallation.mts';
import type { N8nRelease } from './n8nReleases.mts';

/** Temporary login of the owner of one n8n. */
export interface OwnerLogin {
	email: string;
	password: string;
}

/** Folder and ports of one n8n. */
export interface InstanceSettings {
	/** Folder that contains .n8n. */
	userFolder: string;
	port: number;
	/** Port between n8n and its task runners. */
	brokerPort: number;
}

/** Variables of the user's own n8n, or of the npm that started the script, which must not reach this n8n. */
const HOST_SETTINGS_PATTERN =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|NODES|CREDENTIALS|GENERIC|WORKFLOWS|npm)_|^NODE_OPTIONS$/iu;

/** Time zone of the servers of n8n's users: of its schedules and expressions, and of its process. */
const SERVER_TIME_ZONE = 'Asia/Bangkok';

/** Creates a login. n8n requires a capital letter and a digit in the password. */
export function createOwnerLogin(): OwnerLogin {
	return { email: 'you@example.com', password: `Try-${randomBytes(4).toString('hex')}-${randomInt(10, 100)}` };
}

/** Builds the complete environment of n8n. It sends no telemetry and listens on loopback only. */
export function buildN8nEnvironment(
	n8n: N8nInstallation,
	release: N8nRelease,
	settings: InstanceSettings,
): NodeJS.ProcessEnv {
	const inheritedVariables = Object.entries(process.env).filter(([name]) => !HOST_SETTINGS_PATTERN.test(name));
	const noProxy = [process.env['NO_PROXY'] ?? process.env['no_proxy'], '127.0.0.1', 'localhost'].filter(Boolean).join();
	return {
		...Object.fromEntries(inheritedVariables),
		PATH: [path.dirname(n8n.nodePath), process.env['PATH']].join(path.delimiter),
		// The sandbox is on loopback, so a proxy cannot reach it.
		NO_PROXY: noProxy,
		no_proxy: noProxy,
		N8N_USER_FOLDER: settings.userFolder,
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		GENERIC_TIMEZONE: SERVER_TIME_ZONE,
		TZ: SERVER_TIME_ZONE,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// The host in the addresses of forms, webhooks and emails. A browser signs in to one host only.
		N8N_HOST: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		// The tests of queue mode read which worker started an execution.
		N8N_LOG_LEVEL: 'info',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		...release.env,
	};
}
