import { formatCredentialForm } from '../../sandbox/sandboxCredential.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';

/** Details that the message shows. */
interface StartupDetails extends Pick<PreparedInstance, 'signIn' | 'examples'> {
	/** Address of the example of the main use case in n8n's editor. */
	workflowUrl: string;
	sandbox: { url: string };
}

/** Formats the message that `npm start` prints when n8n runs. */
export function formatStartupMessage({ workflowUrl, signIn, sandbox, examples }: StartupDetails): string {
	return `
n8n with the GoFive node is running.

  Open      ${workflowUrl}
  Sign in   ${signIn.email}   ${signIn.password}
  Then      select "Execute workflow", and double-click the node "Create Excel file" to download last month's events of all customers.

  Example workflows, at least one for each resource of the node:
${examples.map(({ name }) => `    ${name}`).join('\n')}

  The data is fictitious and comes from the sandbox at ${sandbox.url}. No data leaves this computer.
  The sandbox stores what your workflows create or change until you stop it. An update keeps the fields that are not sent. It is not known whether GoFive does.
  This n8n is deleted when you stop it. Download the workflows that you want to keep.

The workflows use the credential "GoFive sandbox". To create a credential yourself, select + at the top left and New credential,
select GoFive API, and enter these values, which only the sandbox accepts:

${formatCredentialForm(sandbox.url)}

Press Ctrl-C to stop.`;
}
