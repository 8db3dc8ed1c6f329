import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { findFreePort } from './ports.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ImportedCredential } from './exampleWorkflowFiles.mts';
import type { ScriptContext } from './scriptContext.mts';

/** Time limit in ms for the start of the mail server. */
const START_TIMEOUT_MS = 60_000;

/** Local mail server. It delivers nothing, and shows what it receives on a web page. */
export interface MailServer {
	/** Address of the web page and of its REST API, without a slash at the end. */
	url: string;
	/** Values of n8n's credential SMTP. */
	credentialData: ImportedCredential['data'];
}

/**
 * Starts a mail server, which ends with the script.
 * @param webPort - Port of the web page. Defaults to a free one.
 * @throws UserFacingError if it does not start
 */
export async function startMailServer(script: ScriptContext, webPort?: number): Promise<MailServer> {
	const port = await findFreePort();
	const web = webPort ?? (await findFreePort());
	const program = createRequire(import.meta.url).resolve('maildev/bin/maildev');
	// maildev responds to pages of every origin, also to DELETE. Only a page that knows the path can read the emails.
	const path = `/${randomBytes(12).toString('base64url')}`;
	const settings = [`--smtp=${port}`, `--web=${web}`, `--base-pathname=${path}`, '--ip=127.0.0.1', '--silent'];
	void script.startProcess(process.execPath, [program, ...settings]);
	const url = `http://127.0.0.1:${web}${path}`;
	const hasStarted = (): Promise<boolean> =>
		fetch(`${url}/healthz`).then(
			({ ok }) => ok,
			() => false,
		);
	if (!(await script.waitFor(hasStarted, START_TIMEOUT_MS)))
		throw new UserFacingError('The mail server did not start.', `See ${script.logFile}`);
	return { url, credentialData: { host: '127.0.0.1', port, secure: false, disableStartTls: true } };
}

/** Creates the credential with which Send Email sends to the mail server. */
export const createMailCredential = ({ credentialData }: MailServer): ImportedCredential => ({
	id: 'sandbox-mail',
	name: 'Sandbox mail',
	type: 'smtp',
	data: credentialData,
});
