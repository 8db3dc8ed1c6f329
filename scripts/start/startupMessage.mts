import { EXAMPLE_IDS } from '../instance/exampleIds.mts';
import { formatCredentialForm } from '../../sandbox/sandboxCredential.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { describeSandboxWrites } from '../instance/commandOptions.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';

/** Values of n8n's credential Basic Auth. */
interface BasicAuthData {
	user: string;
	password: string;
}

/** Details that the message shows. */
interface StartupDetails extends Pick<PreparedInstance, 'signIn' | 'examples'> {
	/** Address of the example of the main use case in n8n's editor. */
	workflowUrl: string;
	sandbox: Pick<Sandbox, 'url' | 'behaviour'>;
	mailServer: { url: string };
	/** Credential of the examples that ask for a user name and a password. */
	password: BasicAuthData;
}

/** Lists the examples of a purpose, one per line. */
function formatExamples([purpose, ids]: [string, string[]], examples: StartupDetails['examples']): string {
	const names = ids.map((id) => examples.find((example) => example.id === id)?.name);
	return [`    ${purpose}`, ...names.map((name) => `      ${name}`)].join('\n');
}

/** Formats the message that `npm start` prints when n8n runs. */
export function formatStartupMessage(details: StartupDetails): string {
	const { workflowUrl, signIn, sandbox, mailServer, password, examples } = details;
	return `
n8n with the GoFive node is running.

  Open      ${workflowUrl}
  Sign in   ${signIn.email}   ${signIn.password}
  Then      select "Execute workflow", and double-click the node "Create Excel file" to download last month's events of all customers.

  Emails    ${mailServer.url}   shows the emails of the examples. None is delivered.

  Example workflows, by their tag in n8n:
${Object.entries(EXAMPLE_IDS)
	.map((purpose) => formatExamples(purpose, examples))
	.join('\n')}

  Where a web page asks for a password: ${password.user}   ${password.password}
  Google Sheets, Slack, LINE, Telegram and AI models are not simulated, so these examples require your own account.

  The data is fictitious and comes from the sandbox at ${sandbox.url}. No data leaves this computer.
  ${describeSandboxWrites(sandbox)}
  This n8n is deleted when you stop it. Download the workflows that you want to keep.

The workflows use the credential "GoFive sandbox". To create a credential yourself, select + at the top left and New credential,
select GoFive API, and enter these values, which only the sandbox accepts:

${formatCredentialForm(sandbox.url)}

Press Ctrl-C to stop.`;
}
